/** What else was read and done: message queues, the last refresh, faults in the sources, activity. */
import { age, link, type PageContext, table } from './context';
import { type El, h } from './element';

const MAX_FAULTS = 200;
const MAX_ACTIVITY = 50;

export function queuesSection(context: PageContext): El | null {
  const { queues } = context.report;
  if (queues.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'queues' },
    h('h2', { id: 'queues' }, 'Message queues'),
    table(
      'Message queues',
      ['File', 'Entries', 'By status', 'Newest', 'Note'],
      queues.map((queue) => [
        queue.path,
        queue.entries.toLocaleString('en'),
        Object.entries(queue.byStatus)
          .map(([status, number]) => `${status} ${number}`)
          .join(', '),
        age(queue.newestAt, context),
        queue.note || '–',
      ]),
      { hideCaption: true },
    ),
  );
}

export function refreshSection(context: PageContext): El {
  const { refresh } = context.report;
  return h(
    'section',
    { 'aria-labelledby': 'refresh' },
    h('h2', { id: 'refresh' }, 'Refresh'),
    h(
      'p',
      refresh.state === 'failed' ? { class: 'fault' } : {},
      refresh.message,
      ...(refresh.at === null ? [] : [' (', age(refresh.at, context), ')']),
      '.',
    ),
    ...refresh.commands.map((command) =>
      h(
        'details',
        { open: command.outcome === 'failed', key: `command ${command.command}` },
        h(
          'summary',
          {},
          `${command.command}: ${command.outcome}${command.exitCode === null ? '' : `, exit code ${command.exitCode}`}, ${(command.durationMs / 1000).toFixed(1)} s`,
        ),
        h('pre', { tabindex: 0 }, command.output || 'no output'),
      ),
    ),
  );
}

export function faultsSection(context: PageContext): El | null {
  const shown = context.report.problems.filter(({ level }) => level !== 'hint');
  if (shown.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'faults' },
    h('h2', { id: 'faults' }, 'Faults in the sources'),
    table(
      'Faults in the sources',
      ['Where', 'Level', 'What'],
      shown
        .slice(0, MAX_FAULTS)
        .map(({ place, level, message }) => [
          link(place ? `${place.path}:${place.line + 1}:${place.column + 1}` : '–', place, context),
          level,
          message,
        ]),
      { hideCaption: true },
    ),
    shown.length > MAX_FAULTS ? h('p', { class: 'muted' }, `… and ${shown.length - MAX_FAULTS} more`) : null,
  );
}

export function activitySection(context: PageContext): El | null {
  const { activity } = context.report;
  if (activity.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'activity' },
    h('h2', { id: 'activity' }, 'Activity'),
    h(
      'ul',
      { class: 'activity' },
      ...activity
        .slice(0, MAX_ACTIVITY)
        .map((one) => h('li', {}, h('span', { class: 'when' }, age(one.at, context)), ' ', one.text)),
    ),
  );
}
