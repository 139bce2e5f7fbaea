/** The agents, and of each why it counts as active or not. */
import type { AgentReport } from '../report/report';
import { age, link, type PageContext, table } from './context';
import { type Child, type El, h } from './element';
import { agoText } from './words';

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

/** Why it counts or not; where that is not all there is to say, the signs of life that were weighed, and what is odd. */
function evidence(agent: AgentReport, context: PageContext): Child {
  const { active, fieldTime, fileTime, warnings } = agent;
  const ago = (instant: string | null): string => agoText(instant, context.now);
  const isPlain = active && (fieldTime === null || fileTime === null || ago(fieldTime) === ago(fileTime));
  return [
    h('span', { class: 'block' }, agent.activeReason),
    isPlain
      ? null
      : h(
          'span',
          { class: 'muted block' },
          'newest time in the file ',
          fieldTime === null ? 'none' : age(fieldTime, context),
          ', file written ',
          fileTime === null ? 'not known or not trusted' : age(fileTime, context),
        ),
    ...warnings.map((warning) =>
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
