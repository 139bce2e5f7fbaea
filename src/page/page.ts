/** The whole page: a function of the report and of what the reader has chosen. The panel shows it, the export writes it. */
import type { HistoryKey } from '../report/historyReport';
import { agentsSection } from './agents';
import { assumedNote, complianceTable, stateFilter } from './compliance';
import { button, type PageContext, type Sort, stateChip, windowKey } from './context';
import { type Child, type El, h } from './element';
import { findingsSection } from './findings';
import { incidentsSection } from './incidents';
import { snapshotsSection } from './snapshots';
import { activitySection, faultsSection, queuesSection, refreshSection } from './sources';

export const windows: readonly { readonly key: HistoryKey; readonly text: string; readonly spoken: string }[] = [
  { key: '1h', text: '1 h', spoken: '1 hour' },
  { key: '1d', text: '1 d', spoken: '1 day' },
  { key: '7d', text: '7 d', spoken: '7 days' },
  { key: '30d', text: '30 d', spoken: '30 days' },
  { key: 'window', text: 'Own window', spoken: 'each objective’s own window' },
];

const sorts: Readonly<Record<Sort, string>> = {
  definition: 'as defined',
  worst: 'worst state first',
  budget: 'least budget first',
};

/** Headline, and how the page may be read. */
function header(context: PageContext): El {
  const { report, interactive } = context;
  return h(
    'header',
    {},
    h('h1', {}, 'SLO Diagnostics'),
    h('p', { class: 'headline' }, stateChip(report.headline.worst), ` Objectives met: ${report.headline.text}`),
    h(
      'p',
      { class: report.definition.state === 'ok' ? 'muted' : 'fault' },
      `Services that meet all of theirs: ${report.serviceHeadline}. ${report.definition.message}.`,
    ),
    interactive
      ? h(
          'div',
          { class: 'actions' },
          button('Refresh Snapshots', { type: 'command', command: 'refreshSnapshots' }, 'primary'),
          button('Analyze Workspace', { type: 'command', command: 'analyzeWorkspace' }),
          button('Export Report', { type: 'command', command: 'exportReport' }),
        )
      : null,
  );
}

function select(label: string, choice: string, options: readonly (readonly [string, string])[], chosen: string): El {
  return h(
    'label',
    { class: 'select' },
    h('span', {}, label),
    h(
      'select',
      { 'data-choice': choice, key: `choose ${choice}` },
      ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
    ),
  );
}

/** What the reader can choose: states, order, service, and the window of every chart. */
function controls(context: PageContext): El {
  const { report, view } = context;
  const chosen = windowKey(context);
  return h(
    'div',
    { class: 'controls' },
    stateFilter(context),
    h(
      'fieldset',
      { class: 'windows' },
      h('legend', {}, 'History'),
      ...windows.map(({ key, text, spoken }) =>
        h(
          'label',
          { class: chosen === key ? 'chosen' : '' },
          h('input', {
            type: 'radio',
            name: 'window',
            value: key,
            checked: chosen === key,
            'data-choice': 'window',
            key: `window ${key}`,
            'aria-label': `History over ${spoken}`,
          }),
          h('span', { 'aria-hidden': 'true' }, text),
        ),
      ),
    ),
    select('Order', 'sort', Object.entries(sorts), view.sort),
    report.services.length > 1
      ? select(
          'Service',
          'service',
          [['', 'all'], ...report.services.map((one) => [one.name, one.displayName] as const)],
          view.service ?? '',
        )
      : null,
  );
}

/** All sections in order. */
export function page(context: PageContext): readonly (El | string)[] {
  const parts: readonly Child[] = [
    header(context),
    h(
      'section',
      { 'aria-labelledby': 'objectives' },
      h('h2', { id: 'objectives' }, 'Objectives'),
      context.interactive ? controls(context) : stateFilter(context),
      assumedNote(context),
      complianceTable(context),
    ),
    incidentsSection(context),
    findingsSection(context),
    agentsSection(context),
    snapshotsSection(context),
    queuesSection(context),
    refreshSection(context),
    faultsSection(context),
    activitySection(context),
  ];
  return h('main', {}, ...parts).children;
}
