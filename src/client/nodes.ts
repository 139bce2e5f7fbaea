/** The trees as plain data: each view is a function of the report. No editor API, so that it is tested in plain Node. */

import {
  agoText,
  budgetLeftText,
  countsFindings,
  isFirstScan,
  stateWords,
  trendArrows,
  trendText,
} from '../page/words';
import type {
  AgentReport,
  AlertReport,
  Cause,
  FindingReport,
  ObjectiveReport,
  Place,
  ServiceReport,
  WorkspaceReport,
} from '../report/report';
import { alertNodes } from './alertNodes';
import {
  agentTooltip,
  escapeMarkdown,
  objectiveTooltip,
  otherLanguageLines,
  severityWords,
  stateIcons,
  visible,
} from './words';

export interface TreeNode {
  /** Stable across reports, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly icon: string;
  readonly color: string | undefined;
  /** Said by a screen reader. */
  readonly spoken: string;
  readonly place: Place | null;
  readonly context: string;
  readonly argument: string | null;
  readonly expanded: boolean;
  readonly children: readonly TreeNode[];
}

const maxShown = 50;

function node(given: Partial<TreeNode> & Pick<TreeNode, 'id' | 'label'>): TreeNode {
  const label = plain(given.label);
  const description = plain(given.description ?? '');
  return {
    tooltip: escapeMarkdown(given.label),
    icon: 'circle-outline',
    color: undefined,
    spoken: `${label} ${description}`.trim(),
    place: null,
    context: '',
    argument: null,
    expanded: false,
    children: [],
    ...given,
    label,
    description,
  };
}

/** A tree has no code font: the marks around code would stand there as they are. */
function plain(text: string): string {
  return visible(text.replace(/`([^`]*)`/g, '$1'));
}

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
      ? `no data; proxy: ${objective.proxy.valueText}`
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
  const value = `${objective.valueText}${objective.proxy?.used ? ' (proxy)' : ''}`;
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

/** Findings by severity or by file, with their trail; then what was not analysed. */
export function findingNodes(report: WorkspaceReport, grouping: 'severity' | 'file', now: number): readonly TreeNode[] {
  const { code } = report;
  const nodes: TreeNode[] = [];
  if (code.state === 'failed')
    nodes.push(
      node({
        id: 'failed',
        label: 'The scan failed',
        description: code.error ?? '',
        icon: 'error',
        color: 'list.errorForeground',
      }),
    );
  if (isFirstScan(report))
    nodes.push(
      node({
        id: 'scanning',
        label: 'The first scan is running',
        description: `${code.files.analysed.toLocaleString('en')} files so far`,
        icon: 'loading~spin',
      }),
    );
  if (grouping === 'severity')
    for (const severity of ['high', 'medium', 'low'] as const) {
      const own = code.findings.filter((finding) => finding.severity === severity);
      if (own.length === 0) continue;
      const look = severityLook[severity];
      nodes.push(
        node({
          id: `severity/${severity}`,
          label: severityWords[severity],
          description: String(own.length),
          tooltip: `${own.length} findings, ${isFirstScan(report) ? 'so far' : `scanned ${agoText(code.scannedAt, now)}`}`,
          ...look,
          expanded: severity === 'high',
          context: 'group',
          children: own.map((finding) => findingNode(finding, false)),
        }),
      );
    }
  else {
    const byFile = new Map<string, FindingReport[]>();
    for (const finding of code.findings)
      byFile.set(finding.place.path, [...(byFile.get(finding.place.path) ?? []), finding]);
    for (const [path, own] of byFile) {
      const slash = path.lastIndexOf('/');
      nodes.push(
        node({
          id: `file/${path}`,
          label: path.slice(slash + 1),
          description: `${path.slice(0, Math.max(0, slash))}  ${own.length}`.trim(),
          tooltip: escapeMarkdown(path),
          icon: 'file-code',
          context: 'group',
          children: own.map((finding) => findingNode(finding, true)),
        }),
      );
    }
  }
  for (const { place, reason } of code.partialFiles)
    nodes.push(
      node({
        id: `partial/${place.path}`,
        label: place.path.slice(place.path.lastIndexOf('/') + 1),
        description: `partly analysed: ${reason}`,
        tooltip: escapeMarkdown(`${place.path}:${place.line + 1}: ${reason}`),
        icon: 'warning',
        place,
      }),
    );
  if (code.state !== 'not-scanned' && !isFirstScan(report))
    for (const line of otherLanguageLines(report))
      nodes.push(node({ id: `language/${line}`, label: line, icon: 'info' }));
  return nodes;
}

const severityLook = {
  high: { icon: 'error', color: 'list.errorForeground' },
  medium: { icon: 'warning', color: 'list.warningForeground' },
  low: { icon: 'info', color: undefined },
} as const;

function findingNode(finding: FindingReport, inFile: boolean): TreeNode {
  const { place } = finding;
  const file = `${place.path.slice(place.path.lastIndexOf('/') + 1)}:${place.line + 1}`;
  const { icon, color } = severityLook[finding.severity];
  return node({
    id: `finding/${place.path}/${finding.fingerprint}`,
    label: inFile ? `${place.line + 1}:${place.column + 1}` : file,
    description: finding.message,
    tooltip: `**${finding.kind}**, ${severityWords[finding.severity]}, confidence ${finding.confidence}\n\n${escapeMarkdown(finding.message)}\n\n${escapeMarkdown(finding.advice)}\n\n${escapeMarkdown(`${place.path}:${place.line + 1}`)}`,
    icon,
    color,
    spoken: `${severityWords[finding.severity]}, ${file}, ${finding.message}`,
    place,
    context: 'finding',
    argument: finding.kind,
    children: finding.trail.map((step, index) =>
      node({
        id: `trail/${place.path}/${finding.fingerprint}/${index}`,
        label: step.message,
        description: `line ${step.range.startLine + 1}`,
        icon: 'debug-stackframe-dot',
        place: {
          ...place,
          line: step.range.startLine,
          column: step.range.startColumn,
          endLine: step.range.endLine,
          endColumn: step.range.endColumn,
        },
        context: 'trail',
      }),
    ),
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
