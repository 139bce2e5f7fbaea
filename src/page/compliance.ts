/** The table of objectives by service: state, value, budget, trend and history at a glance, details on demand. */
import type { HistoryWindow } from '../report/historyReport';
import type { ObjectiveReport, ServiceReport } from '../report/report';
import { barShare, budgetBar } from './budgetBar';
import { shareScale, sparkline } from './charts/seriesChart';
import { age, does, historyWindow, objectivesOf, type PageContext, stateChip, windowKey } from './context';
import { type Child, type El, h } from './element';
import { objectiveDetails, valueScale } from './objective';
import {
  budgetLeftText,
  figureText,
  shortName,
  stateMarks,
  stateOrder,
  stateWords,
  trendArrows,
  whereToSet,
} from './words';

const COLUMNS = ['Objective', 'State', 'Value', 'Error budget', 'Trend', 'History', 'Age'] as const;

/** Buttons that count the states and show only one of them. */
export function stateFilter(context: PageContext): El {
  const all = objectivesOf(context.report);
  const { view, interactive } = context;
  const counts = stateOrder
    .map((state) => ({ state, number: all.filter((objective) => objective.state === state).length }))
    .filter(({ number }) => number > 0);
  if (!interactive)
    return h(
      'p',
      { class: 'counts' },
      ...counts.map(({ state, number }) =>
        h('span', { class: `state ${state}` }, `${stateMarks[state]} ${number} ${stateWords[state]}`),
      ),
    );
  const one = (text: readonly Child[], state: (typeof stateOrder)[number] | null, tone: string): El =>
    h(
      'button',
      {
        type: 'button',
        class: `count ${tone}`,
        'aria-pressed': String(view.state === state),
        key: `filter ${state ?? 'all'}`,
        ...does({ type: 'filter', state }),
      },
      text,
    );
  return h(
    'div',
    { class: 'counts', role: 'group', 'aria-label': 'Show objectives by state' },
    one([`All ${all.length}`], null, ''),
    ...counts.map(({ state, number }) =>
      one(
        [h('span', { 'aria-hidden': 'true' }, `${stateMarks[state]} `), `${number} ${stateWords[state]}`],
        state,
        `state ${state}`,
      ),
    ),
  );
}

function remainingOf({ budget }: ObjectiveReport): number {
  if (!budget) return 2;
  // A spent zero tolerance is worse than any share.
  return budget.remaining ?? (budget.kind === 'zero' ? Number.NEGATIVE_INFINITY : 1.5);
}

/** The services with the objectives that are to be shown, sorted as was chosen; across services where the order says so. */
export function shownServices({ report, view }: PageContext): readonly ServiceReport[] {
  const wanted = report.services
    .filter(({ name }) => view.service === null || name === view.service)
    .map((service) => ({
      ...service,
      objectives: service.objectives.filter(({ state }) => view.state === null || state === view.state),
    }))
    .filter(({ objectives }) => objectives.length > 0);
  if (view.sort === 'definition') return wanted;
  const worth = (objective: ObjectiveReport): number =>
    view.sort === 'budget' ? remainingOf(objective) : stateOrder.indexOf(objective.state);
  const sorted = wanted.map((service) => ({
    ...service,
    objectives: [...service.objectives].sort(
      (a, b) => compareNumbers(worth(a), worth(b)) || compareNumbers(remainingOf(a), remainingOf(b)),
    ),
  }));
  const first = ({ objectives: [objective] }: ServiceReport): number =>
    objective ? worth(objective) : Number.POSITIVE_INFINITY;
  return sorted.sort((a, b) => compareNumbers(first(a), first(b)));
}

/** Also of infinities, whose difference is no number. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Budget as a bar and in words. */
export function budgetCell(objective: ObjectiveReport): Child {
  const { budget, watched } = objective;
  const left = budgetLeftText(objective);
  if (left === null)
    return watched
      ? h('span', { class: 'muted' }, watched.text.replace(/ of .*/, ' of the time'))
      : h('span', { class: 'muted' }, '–');
  const share = barShare(budget);
  // What the first line says is not said again.
  const second =
    share === null
      ? null
      : budget?.burn?.exhaustedAt
        ? budget.burn.text.replace(/^burns.*, /, '')
        : budget?.text.replace(/ \(.*\)$/, '');
  return h(
    'span',
    { class: 'budget' },
    share === null ? null : budgetBar(share),
    h('span', {}, left),
    second ? h('span', { class: 'muted' }, second) : null,
  );
}

function trendCell({ trend }: ObjectiveReport): Child {
  if (!trend) return h('span', { class: 'muted' }, '–');
  const of = trend.of === 'budget' ? 'budget' : 'value';
  return h(
    'span',
    { class: `trend ${trend.meaning === 'level' ? 'steady' : trend.meaning}` },
    h('span', { 'aria-hidden': 'true', class: 'arrow' }, trendArrows[trend.direction]),
    h('span', {}, trend.text.replace(/ in .*$/, '')),
    h('span', { class: 'muted' }, `${of} in ${trend.over}`),
    trend.meaning === 'level' ? null : h('span', { class: 'unseen' }, `, ${trend.meaning}`),
  );
}

function historyCell(objective: ObjectiveReport, context: PageContext): Child {
  const { history } = objective;
  const window = history && historyWindow(history, windowKey(context));
  if (!history || !window || isEmpty(window)) {
    const elsewhere = history?.windows.some((one) => !isEmpty(one)) ?? false;
    return h('span', { class: 'muted' }, elsewhere && window ? `none in ${window.label}` : 'none yet');
  }
  // One step is a speck, and no course of anything.
  if (window.states.replace(/\./g, '').length < 2)
    return [h('span', { class: 'muted' }, 'just begun'), h('span', { class: 'unseen' }, window.summary)];
  const scale = history.measure === 'share' ? shareScale(window.measured, null) : valueScale(history, window);
  return [sparkline(window.measured, window.states, scale), h('span', { class: 'unseen' }, window.summary)];
}

function isEmpty({ states }: HistoryWindow): boolean {
  return /^\.*$/.test(states);
}

/** What nobody asked for and the definition had to choose. */
function assumedBadge({ assumed }: ObjectiveReport): Child {
  return (
    assumed.length > 0 &&
    h('span', { class: 'badge', title: `Chosen by the definition, not given: ${assumed.join(', ')}` }, 'assumed')
  );
}

function nameCell(objective: ObjectiveReport, context: PageContext): Child {
  const { interactive, view } = context;
  if (!interactive) return [h('a', { href: `#objective-${anchor(objective.name)}` }, shortName(objective))];
  const isOpen = view.open.includes(objective.name);
  return [
    h(
      'button',
      {
        type: 'button',
        class: 'fold',
        'aria-expanded': String(isOpen),
        'aria-controls': isOpen ? `details-${anchor(objective.name)}` : null,
        ...does({ type: 'toggle', objective: objective.name }),
      },
      h('span', { 'aria-hidden': 'true', class: 'chevron' }, isOpen ? '▾' : '▸'),
      h('span', {}, shortName(objective)),
    ),
  ];
}

/** Names come from files: in an id only what an id may hold. */
export function anchor(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_');
}

function rows(objective: ObjectiveReport, context: PageContext): readonly El[] {
  const isOpen = context.interactive && context.view.open.includes(objective.name);
  return [
    h(
      'tr',
      { key: `row ${objective.name}`, class: isOpen ? 'objective open' : 'objective' },
      h('th', { scope: 'row' }, nameCell(objective, context)),
      h('td', {}, stateChip(objective.state)),
      h(
        'td',
        {},
        figureText(objective),
        h('span', { class: 'muted block' }, objective.targetText, assumedBadge(objective)),
      ),
      h('td', {}, budgetCell(objective)),
      h('td', {}, trendCell(objective)),
      h('td', { class: 'history' }, historyCell(objective, context)),
      h('td', {}, age(objective.evidence.observedAt, context)),
    ),
    ...(isOpen
      ? [
          h(
            'tr',
            { key: `details ${objective.name}`, class: 'details', id: `details-${anchor(objective.name)}` },
            h('td', { colspan: COLUMNS.length }, objectiveDetails(objective, context)),
          ),
        ]
      : []),
  ];
}

function serviceRow(service: ServiceReport): El {
  const carrier = service.objectives.find((objective) => objective.name === service.budgetFrom);
  const budget = service.declaredBudget
    ? `error budget ${service.declaredBudget}${carrier ? `, measured by “${shortName(carrier)}”` : ''}`
    : '';
  return h(
    'tr',
    { class: 'service' },
    h(
      'th',
      { colspan: COLUMNS.length, scope: 'rowgroup' },
      h('span', { class: 'name' }, service.displayName),
      stateChip(service.state),
      budget === '' ? null : h('span', { class: 'muted' }, budget),
    ),
  );
}

/** The table. */
export function complianceTable(context: PageContext): El {
  const services = shownServices(context);
  if (services.length === 0) return h('p', {}, 'No objective is in this state.');
  const own = new Map(context.report.services.map((service) => [service.name, service]));
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Compliance' },
    h(
      'table',
      { class: 'compliance' },
      h('caption', { class: 'unseen' }, 'Compliance of objectives by service'),
      h('thead', {}, h('tr', {}, ...COLUMNS.map((column) => h('th', { scope: 'col' }, column)))),
      ...services.map((service) =>
        h(
          'tbody',
          { key: `service ${service.name}` },
          serviceRow({ ...service, objectives: own.get(service.name)?.objectives ?? service.objectives }),
          ...service.objectives.flatMap((objective) => rows(objective, context)),
        ),
      ),
    ),
  );
}

/** What the chip “assumed” means, and where its numbers are set. */
export function assumedNote({ report, interactive }: PageContext): Child {
  if (!report.services.some(({ objectives }) => objectives.some(({ assumed }) => assumed.length > 0))) return null;
  const { definition } = report;
  return h(
    'p',
    { class: 'muted' },
    h('span', { class: 'badge first' }, 'assumed'),
    ` Some numbers, such as the time window, were chosen by the definition because nobody gave them; ${
      interactive ? 'the details of each objective name' : 'the evidence of each objective names'
    } them. ${whereToSet(definition)}.`,
  );
}
