/** Details of an objective: its charts with their words and figures, where the value comes from, and what is to be done. */
import type { HistoryReport, HistoryWindow } from '../report/historyReport';
import type { Cause, FindingReport, ObjectiveReport } from '../report/report';
import { niceScale, type Scale } from './charts/scale';
import { runs, seriesChart, shareScale } from './charts/seriesChart';
import { age, button, historyWindow, link, type PageContext, table, windowKey, withCode } from './context';
import { type Child, type El, h } from './element';
import { fixAllTitle, type Told, toldOnce } from './omissions';
import { countsFindings, percentText, trendText, whereToSet } from './words';

const MAX_CAUSES = 20;

/** The scale of a value: from 0, with the limit in sight. */
export function valueScale({ limit }: HistoryReport, { measured }: HistoryWindow): Scale {
  return niceScale([0, limit, ...measured.filter((value) => value !== null)]);
}

function figure(value: number): string {
  return Math.abs(value) >= 10_000 ? `${Math.round(value / 1000)}k` : String(Number(value.toPrecision(4)));
}

function chartFigure(title: string, value: string, chart: El, note: string): El {
  return h(
    'figure',
    {},
    h('figcaption', {}, h('span', { class: 'title' }, title), h('span', { class: 'now' }, value)),
    chart,
    note === '' ? null : h('p', { class: 'muted' }, note),
  );
}

const stepWords: Readonly<Record<string, string>> = {
  g: 'good',
  b: 'bad',
  m: 'good and bad',
  n: 'no data',
  '.': 'not recorded',
};

/** The figures of both charts; steps in a row that are equal are one row. */
function figuresTable(
  objective: ObjectiveReport,
  history: HistoryReport,
  window: HistoryWindow,
  { clock }: PageContext,
): El {
  const format = history.measure === 'share' || objective.unit === 'ratio' ? percentText : figure;
  const from = Date.parse(window.from);
  const stepMs = window.stepMinutes * 60_000;
  const hasBudget = window.remaining.some((left) => left !== null);
  // A letter per distinct step: runs of them are the rows.
  const kinds: string[] = [];
  const letters = [...window.states].map((state, index) => {
    const text = JSON.stringify([state, window.measured[index] ?? null, window.remaining[index] ?? null]);
    const known = kinds.indexOf(text);
    return String.fromCodePoint(0x100 + (known >= 0 ? known : kinds.push(text) - 1));
  });
  const rows = runs(letters.join('')).map(({ first, end }) => {
    const measured = window.measured[first] ?? null;
    const remaining = window.remaining[first] ?? null;
    return [
      clock.full(from + first * stepMs),
      clock.full(from + end * stepMs),
      stepWords[window.states[first] ?? '.'] ?? '',
      measured === null ? '–' : format(measured),
      ...(hasBudget ? [remaining === null ? '–' : percentText(remaining)] : []),
    ];
  });
  return h(
    'details',
    { class: 'figures', key: `figures ${objective.name}` },
    h('summary', {}, `Figures of ${window.label} as a table`),
    table(
      `${objective.displayName}: ${history.measureText}`,
      ['From', 'To', 'State', history.measure === 'share' ? 'Share' : 'Value', ...(hasBudget ? ['Budget left'] : [])],
      rows,
    ),
  );
}

/** The two charts over the chosen window, with their text. */
export function objectiveCharts(objective: ObjectiveReport, context: PageContext): readonly Child[] {
  const { history } = objective;
  if (!history) return [];
  const window = historyWindow(history, windowKey(context));
  if (!window) return [h('p', { class: 'muted' }, 'A slice of this objective is longer than the window.')];
  if (/^\.*$/.test(window.states)) return [h('p', { class: 'muted' }, `No history of the last ${window.label} yet.`)];
  const base = { from: Date.parse(window.from), stepMs: window.stepMinutes * 60_000, states: window.states };
  const isShare = history.measure === 'share';
  const isPercent = isShare || objective.unit === 'ratio';
  const limitText = isPercent ? percentText(history.limit) : figure(history.limit);
  const measured = seriesChart(
    {
      ...base,
      values: window.measured,
      limit: { value: history.limit, text: limitText },
      scale: isShare ? shareScale(window.measured, history.limit) : valueScale(history, window),
      format: isPercent ? percentText : figure,
      floor: null,
      label: `${objective.displayName}, ${history.measureText}, over ${window.label}. ${window.summary}`,
      kind: 'measured',
    },
    context.clock,
  );
  const burnDown = history.budget !== null && window.remaining.some((left) => left !== null);
  const left = window.remaining.at(-1) ?? null;
  return [
    h(
      'div',
      { class: 'charts' },
      burnDown
        ? chartFigure(
            history.budget === 'judged' ? 'Error budget left' : 'Time budget left',
            left === null ? '–' : percentText(left),
            seriesChart(
              {
                ...base,
                values: window.remaining,
                limit: null,
                scale: shareScale(window.remaining, 0),
                format: percentText,
                floor: 0,
                label: `Burn-down of the error budget of ${objective.displayName} over ${window.label}. ${window.summary}`,
                kind: 'budget',
              },
              context.clock,
            ),
            history.budget === 'judged' ? '' : 'For information: the current value decides the state.',
          )
        : null,
      chartFigure(capitalised(history.measureText), `target ${objective.targetText}`, measured, ''),
    ),
    h('p', { class: 'summary' }, h('strong', {}, `${capitalised(window.label)}: `), window.summary),
    figuresTable(objective, history, window, context),
  ];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Source, age, way of counting and the rest of what a figure rests on. */
function evidence(objective: ObjectiveReport, context: PageContext): El {
  const { evidence: own, budget, watched, wouldFeed, assumed, seed, runbook } = objective;
  const places = own.places.slice(0, 3);
  const more = own.places.length - places.length;
  const rows: readonly (readonly [string, Child])[] = [
    ['Why', objective.stateReason],
    ...(budget ? ([['Budget', [budget.text, budget.burn ? `; ${budget.burn.text}` : '']]] as const) : []),
    ...(budget?.outage ? ([['Outage', budget.outage.text]] as const) : []),
    ...(trendText(objective) ? ([['Trend', `${objective.trend?.of}: ${trendText(objective)}`]] as const) : []),
    ...(watched ? ([['In its window', watched.text]] as const) : []),
    ['Source', own.source],
    ...(places.length > 0 && context.interactive
      ? ([
          [
            'Files',
            [
              places.map((place, index) => [index > 0 ? ', ' : '', link(place.path, place, context)]),
              more > 0 ? ` and ${more} more` : null,
            ],
          ],
        ] as const)
      : []),
    ['Age', age(own.observedAt, context)],
    ['Counted', own.method],
    ...(wouldFeed ? ([['Would be fed by', wouldFeed]] as const) : []),
    ...(assumed.length > 0
      ? ([['Assumed', `${assumed.join(', ')}. ${whereToSet(context.report.definition)}`]] as const)
      : []),
    ...(seed ? ([['As first asked for', seed]] as const) : []),
    ...(runbook
      ? ([['Runbook', context.interactive ? button(runbook, { type: 'runbook', path: runbook }) : runbook]] as const)
      : []),
  ];
  return h('dl', { class: 'evidence' }, ...rows.flatMap(([name, text]) => [h('dt', {}, name), h('dd', {}, text)]));
}

/** How many of the findings must go until the objective is met: "Both must go"; null where that is not what is counted. */
export function neededText(
  { budget, causes, value }: ObjectiveReport,
  findings: readonly FindingReport[],
): string | null {
  const own = causes.filter((cause) => cause.kind === 'finding');
  if (!budget || budget.allowed === null || value === null || value <= budget.allowed || own.length < value)
    return null;
  const needed = value - budget.allowed;
  const fixable = own.filter((cause) => (findingOf(cause, findings)?.fixes.length ?? 0) > 0).length;
  const which =
    needed === 1
      ? value === 1
        ? 'this finding'
        : 'one of these findings'
      : needed === value
        ? `these ${needed} findings`
        : `${needed} of these ${value} findings`;
  const certain =
    fixable === 0
      ? 'none of them has a certain fix'
      : fixable >= value
        ? value === 1
          ? 'it has a certain fix'
          : 'each has a certain fix'
        : `${fixable} of them ${fixable === 1 ? 'has' : 'have'} a certain fix`;
  return `Fixing ${which} meets this objective; ${certain}.`;
}

function findingOf(cause: Cause, findings: readonly FindingReport[]): FindingReport | undefined {
  if (cause.kind !== 'finding') return undefined;
  return findings.find(
    ({ fingerprint, place }) =>
      fingerprint === cause.fingerprint && place.uri === cause.place.uri && place.line === cause.place.line,
  );
}

function findingItem(
  cause: Extract<Cause, { readonly kind: 'finding' }>,
  finding: FindingReport | undefined,
  context: PageContext,
): El {
  const { place } = cause;
  const at = { uri: place.uri, line: place.line, column: place.column };
  return h(
    'li',
    { class: 'finding', key: `finding ${cause.fingerprint} ${place.path} ${place.line}` },
    h(
      'p',
      {},
      h('span', { class: `severity ${cause.severity}` }, cause.severity.toUpperCase()),
      ' ',
      link(cause.label, place, context),
      ' ',
      withCode(cause.detail),
    ),
    finding && finding.trail.length > 0
      ? h(
          'ol',
          { class: 'trail' },
          ...finding.trail.map((step) => {
            const { startLine: line, startColumn: column } = step.range;
            const label = step.file ? `${step.file}:${line + 1}` : `line ${line + 1}`;
            // A step in another file has no address of its own here: its words name it.
            return h(
              'li',
              {},
              step.file ? h('span', {}, label) : link(label, { ...place, line, column }, context),
              ' ',
              withCode(step.message),
            );
          }),
        )
      : null,
    finding && context.interactive
      ? h(
          'p',
          { class: 'actions' },
          ...finding.fixes
            .slice(0, 1)
            .map((fix) => button(withCode(fix.title), { type: 'fix', ...at, title: fix.title }, 'primary')),
          button(finding.fixes.length > 0 ? 'Other quick fixes' : 'Quick fixes', { type: 'quickFixes', ...at }),
          button('Explain', { type: 'explain', kind: finding.kind }),
        )
      : finding?.fixes[0]
        ? h('p', { class: 'muted' }, 'Certain fix: ', withCode(finding.fixes[0].title))
        : null,
  );
}

/** One item for each cause; findings of one omission stand below what they have in common. */
function causeItems(causes: readonly Cause[], findings: readonly FindingReport[], context: PageContext): readonly El[] {
  const known = new Map<FindingReport, El>();
  const told = toldOnce(
    causes.flatMap((cause) => {
      const finding = cause.kind === 'finding' ? findingOf(cause, findings) : undefined;
      if (!finding || cause.kind !== 'finding') return [];
      known.set(finding, findingItem(cause, finding, context));
      return [finding];
    }),
  );
  const items = (of: Told): readonly El[] => of.findings.flatMap((one) => known.get(one) ?? []);
  const groups = new Map(told.map((one) => [one.findings[0], one]));
  return causes.flatMap((cause): readonly El[] => {
    if (cause.kind !== 'finding')
      return [h('li', {}, link(cause.label, cause.place, context), ' ', h('span', { class: 'muted' }, cause.detail))];
    const finding = findingOf(cause, findings);
    if (!finding) return [findingItem(cause, undefined, context)];
    const group = groups.get(finding);
    if (!group) return [];
    return group.text === null ? items(group) : [omissionItem(group, group.text, items(group), context)];
  });
}

function omissionItem({ findings }: Told, text: string, items: readonly El[], context: PageContext): El {
  const [first] = findings;
  const { place, severity, omission } = first;
  const fixable = findings.filter(({ fixes }) => fixes.length > 0);
  const [mended] = fixable;
  return h(
    'li',
    { class: 'finding', key: `omission ${first.fingerprint} ${place.path}` },
    h('p', {}, h('span', { class: `severity ${severity}` }, severity.toUpperCase()), ' ', withCode(`${text}.`)),
    context.interactive && omission && mended && fixable.length > 1
      ? h(
          'p',
          { class: 'actions' },
          button(
            withCode(fixAllTitle(omission, fixable.length)),
            {
              type: 'fix',
              uri: mended.place.uri,
              line: mended.place.line,
              column: mended.place.column,
              title: fixAllTitle(omission, fixable.length),
            },
            'primary',
          ),
        )
      : null,
    h('ul', { class: 'causes' }, ...items),
  );
}

/** What makes the state: lines with their trail and fixes, agents, snapshots, files. */
function causes(objective: ObjectiveReport, context: PageContext): readonly Child[] {
  const { causes: own } = objective;
  if (own.length === 0) return [];
  const { findings } = context.report.code;
  const needed = neededText(objective, findings);
  return [
    h('h4', {}, 'Causes'),
    needed ? h('p', {}, needed) : null,
    context.interactive && countsFindings(objective)
      ? h(
          'p',
          { class: 'actions' },
          button('Which commit crossed the limit?', { type: 'firstCrossing', objective: objective.name }),
        )
      : null,
    h('ul', { class: 'causes' }, ...causeItems(own.slice(0, MAX_CAUSES), findings, context)),
    own.length > MAX_CAUSES ? h('p', { class: 'muted' }, `… and ${own.length - MAX_CAUSES} more`) : null,
  ];
}

/** Everything about one objective. */
export function objectiveDetails(objective: ObjectiveReport, context: PageContext): readonly Child[] {
  return [
    objective.description === '' ? null : h('p', { class: 'muted' }, objective.description),
    ...causes(objective, context),
    ...objectiveCharts(objective, context),
    h('h4', {}, 'Evidence'),
    evidence(objective, context),
  ];
}
