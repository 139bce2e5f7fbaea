/** The agents, and of each why it counts as active or not. */
import type { AgentReport } from '../report/report';
import { age, link, type PageContext, table } from './context';
import { type Child, type El, h } from './element';

const readings: Readonly<Record<AgentReport['reading'], string | null>> = {
  ok: null,
  warnings: null,
  old: 'last good reading, the file is unreadable now',
  unreadable: 'unreadable',
  missing: 'no status file',
};

/** Active or not by mark and word. */
function counts({ active }: AgentReport): El {
  return h(
    'span',
    { class: `state ${active ? 'meeting' : 'no_data'}` },
    h('span', { 'aria-hidden': 'true' }, active ? '●' : '○'),
    active ? ' active' : ' not active',
  );
}

/** The signs of life that were weighed: which one counted, and what the others said. */
function evidence(agent: AgentReport, context: PageContext): Child {
  const by = agent.seenBy === 'mtime' ? 'file written' : agent.seenBy;
  const signs: readonly (readonly [string, string | null])[] = [
    ['newest time in the file', agent.fieldTime],
    ['file written', agent.fileTime],
  ];
  return [
    h('span', { class: 'block' }, agent.activeReason),
    h(
      'span',
      { class: 'muted block' },
      by === null ? 'no sign of life is trusted' : `${by} counts`,
      ...signs.flatMap(([name, at]) => [
        `; ${name} `,
        at === null ? (name === 'file written' ? 'not known or not trusted' : 'none') : age(at, context),
      ]),
    ),
    ...agent.warnings.map((warning) =>
      h(
        'span',
        { class: 'block warning' },
        link(
          warning.place ? `${warning.place.line + 1}:${warning.place.column + 1}` : warning.kind,
          warning.place,
          context,
        ),
        ` ${warning.message}`,
      ),
    ),
  ];
}

function tasks({ openTasks, doneTasks }: AgentReport): string {
  return openTasks === null && doneTasks === null ? '–' : `${openTasks ?? 0} open, ${doneTasks ?? 0} done`;
}

/** The section; active agents first. */
export function agentsSection(context: PageContext): El {
  const { found, active, expected, agents } = context.report.agents;
  const sorted = [...agents].sort((a, b) => Number(b.active) - Number(a.active));
  return h(
    'section',
    { 'aria-labelledby': 'agents' },
    h('h2', { id: 'agents' }, 'Agents'),
    found === 0
      ? h('p', {}, 'No agents found.')
      : [
          h(
            'p',
            {},
            `${active} of ${found} active${expected !== null && expected !== found ? `; ${expected} expected` : ''}. Folders alone count for nothing: a trusted sign of life must be fresh.`,
          ),
          table(
            'Agents, and why each counts as active or not',
            ['Agent', 'Counts', 'Last seen', 'Why', 'Declares', 'Tasks'],
            sorted.map((agent) => [
              [
                link(agent.folder, agent.place, context),
                agent.name ? h('span', { class: 'muted block' }, agent.name) : null,
              ],
              counts(agent),
              age(agent.lastSeen, context),
              evidence(agent, context),
              [
                agent.declared,
                readings[agent.reading] ? h('span', { class: 'warning block' }, readings[agent.reading]) : null,
              ],
              tasks(agent),
            ]),
            { hideCaption: true },
          ),
        ],
  );
}
