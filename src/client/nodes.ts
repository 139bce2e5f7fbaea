/** The trees as plain data: each view is a function of the report. No editor API, so that it is tested in plain Node. */

import { agoText, budgetLeftText, countsFindings, stateWords, trendArrows, trendText } from '../page/words';
import type {
  AgentReport,
  AlertReport,
  Cause,
  ObjectiveReport,
  ServiceReport,
  WorkspaceReport,
} from '../report/report';
import { alertNodes } from './alertNodes';
import { node, type TreeNode } from './treeNode';
import { agentTooltip, escapeMarkdown, objectiveTooltip, severityWords, stateIcons } from './words';

const maxShown = 50;

/** Services → objectives → causes. */
export function complianceNodes(report: WorkspaceReport, now: number): readonly TreeNode[] {
  const head =
    report.definition.state === 'ok'
      ? []
      : [
          node({
            id: 'definition',
            label: report.definition.message,
            icon: 'warning',
            color: 'list.warningForeground',
            place: report.definition.places[0] ?? null,
          }),
        ];
  const refresh =
    report.refresh.state === 'failed'
      ? [
          node({
            id: 'refresh',
            label: 'Refresh failed',
            description: agoText(report.refresh.at, now),
            tooltip: escapeMarkdown(report.refresh.message),
            icon: 'error',
            color: 'list.errorForeground',
          }),
        ]
      : [];
  return [...head, ...refresh, ...report.services.map((service) => serviceNode(service, report.alerts, now))];
}

function serviceNode(service: ServiceReport, alerts: readonly AlertReport[], now: number): TreeNode {
  const { icon, color } = stateIcons[service.state];
  const violating = service.objectives.filter((objective) => objective.state === 'violating').length;
  const description =
    violating > 0 ? `${violating} of ${service.objectives.length} violating` : stateWords[service.state];
  return node({
    id: `service/${service.name}`,
    label: service.displayName,
    description,
    tooltip: `**${escapeMarkdown(service.displayName)}**: ${stateWords[service.state]}\n\n${escapeMarkdown(service.description)}${service.declaredBudget ? `\n\n- Declared budget: ${escapeMarkdown(service.declaredBudget)}` : ''}`,
    icon,
    color,
    spoken: `${service.displayName}, ${stateWords[service.state]}`,
    context: 'service',
    expanded: true,
    children: service.objectives.map((objective) => objectiveNode(objective, alerts, now)),
  });
}

function objectiveNode(objective: ObjectiveReport, alerts: readonly AlertReport[], now: number): TreeNode {
  const { icon, color } = stateIcons[objective.state];
  // The service above says its own name.
  const label = objective.displayName.replace(/^[^:]+: /, '');
  const unknown = objective.state === 'no_data';
  const description = unknown
    ? objective.proxy
      ? `no data; stand-in: ${objective.proxy.valueText}`
      : 'no data'
    : knownDescription(objective);
  return node({
    id: `objective/${objective.name}`,
    label: label.charAt(0).toUpperCase() + label.slice(1),
    description,
    tooltip: objectiveTooltip(objective, now),
    icon,
    color,
    spoken: `${objective.displayName}, ${stateWords[objective.state]}, ${spokenTrend(objective, description)}`,
    context: countsFindings(objective) ? 'objective crossed' : 'objective',
    argument: objective.name,
    children: [
      ...alertNodes(alerts, objective.name, now),
      ...capped(
        objective.causes.map((cause, index) => causeNode(cause, `${objective.name}/${index}`)),
        `objective/${objective.name}/more`,
      ),
    ],
  });
}

/** What is short of room stands first: the budget that is left, how it moves, then the value. */
function knownDescription(objective: ObjectiveReport): string {
  const value = `${objective.valueText}${objective.proxy?.used ? ' (stand-in)' : ''}`;
  const left = budgetLeftText(objective);
  const { trend } = objective;
  const moves =
    trend === null ? '' : trend.direction === 'level' ? ` ${trendArrows.level}` : ` ${trendText(objective)}`;
  if (left === null) return `${value}${moves} · target ${objective.targetText}`;
  // A budget that counts says the value itself.
  if (left.startsWith(value)) return `${left}${moves}`;
  return trend?.of === 'value' ? `${left} · ${value}${moves}` : `${left}${moves} · ${value}`;
}

/** Arrows are for the eye: spoken, a trend is better or worse. */
function spokenTrend({ trend }: ObjectiveReport, description: string): string {
  const plain = description
    .replace(' → ·', ' ·')
    .replace(/ [↗↘→] /, ', ')
    .replace(/ · /g, ', ')
    .replace('−', 'minus ');
  if (!trend) return plain;
  return trend.meaning === 'level' ? `${plain}, ${trend.text}` : `${plain}, ${trend.meaning}`;
}

function capped(nodes: readonly TreeNode[], id: string): readonly TreeNode[] {
  return nodes.length <= maxShown
    ? nodes
    : [...nodes.slice(0, maxShown), node({ id, label: `… and ${nodes.length - maxShown} more`, icon: 'ellipsis' })];
}

function causeNode(cause: Cause, id: string): TreeNode {
  const icons = { finding: 'symbol-event', agent: 'person', snapshot: 'file-binary', source: 'file' } as const;
  const severity = cause.kind === 'finding' ? `${severityWords[cause.severity]} ` : '';
  const file = cause.label.slice(cause.label.lastIndexOf('/') + 1);
  return node({
    id: `cause/${id}`,
    label: cause.kind === 'finding' || cause.kind === 'snapshot' ? file : cause.label,
    description: cause.detail,
    tooltip: `${severity}**${escapeMarkdown(cause.label)}**\n\n${escapeMarkdown(cause.detail)}`,
    icon: icons[cause.kind],
    spoken: `${severity}${cause.label}, ${cause.detail}`,
    place: cause.place,
    context: `cause-${cause.kind}`,
  });
}

/** Above this many, agents stand in groups by what they show, each with its first ones. */
const manyAgents = 200;

/** Agents, active first, each with its warnings; many of them in groups, what needs a look first. */
export function agentNodes(report: WorkspaceReport, now: number): readonly TreeNode[] {
  const { agents } = report.agents;
  if (agents.length > manyAgents) return agentGroups(agents, now);
  return [...agents].sort((a, b) => Number(b.active) - Number(a.active)).map((agent) => agentNode(agent, now));
}

function agentGroups(agents: readonly AgentReport[], now: number): readonly TreeNode[] {
  const groups = { unreadable: [] as AgentReport[], silent: [] as AgentReport[], active: [] as AgentReport[] };
  for (const agent of agents)
    (isBroken(agent) ? groups.unreadable : agent.active ? groups.active : groups.silent).push(agent);
  const group = (id: string, label: string, icon: string, members: readonly AgentReport[]): readonly TreeNode[] =>
    members.length === 0
      ? []
      : [
          node({
            id: `agents/${id}`,
            label,
            description: String(members.length),
            icon,
            context: 'group',
            expanded: id !== 'active',
            children: [
              ...members.slice(0, manyAgents).map((agent) => agentNode(agent, now)),
              ...(members.length > manyAgents
                ? [
                    node({
                      id: `agents/${id}/more`,
                      label: `… and ${members.length - manyAgents} more`,
                      icon: 'ellipsis',
                    }),
                  ]
                : []),
            ],
          }),
        ];
  return [
    ...group('unreadable', 'Status file missing or unreadable', 'warning', groups.unreadable),
    ...group('silent', 'Not active', 'circle-outline', groups.silent),
    ...group('active', 'Active', 'pass', groups.active),
  ];
}

function isBroken({ reading }: AgentReport): boolean {
  return reading === 'unreadable' || reading === 'old' || reading === 'missing';
}

function agentNode(agent: AgentReport, now: number): TreeNode {
  const broken = isBroken(agent);
  const said = agent.reading === 'old' ? `${agent.declared} (old reading)` : agent.declared;
  const seen =
    agent.reading === 'missing'
      ? 'no status file'
      : agent.reading === 'unreadable'
        ? agent.activeReason
        : `${agent.lastSeen === null ? 'no sign of life' : agoText(agent.lastSeen, now)}, says ${said}`;
  return node({
    id: `agent/${agent.id}`,
    label: agent.folder,
    description: seen,
    tooltip: agentTooltip(agent, now),
    icon: broken ? 'warning' : agent.active ? 'pass' : 'circle-outline',
    color: broken ? 'list.warningForeground' : agent.active ? 'testing.iconPassed' : 'disabledForeground',
    spoken: `${agent.folder}, ${agent.active ? 'active' : 'not active'}, ${seen}`,
    place: agent.place,
    context: 'agent',
    children: agent.warnings.map((warning, index) =>
      node({
        id: `agent/${agent.id}/${index}`,
        label: warning.message,
        description:
          warning.place && (warning.place.line > 0 || warning.place.column > 0)
            ? `${warning.place.line + 1}:${warning.place.column + 1}`
            : '',
        icon: warning.kind === 'unreadable' ? 'error' : 'info',
        place: warning.place,
        context: 'warning',
      }),
    ),
  });
}
