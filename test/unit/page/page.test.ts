/** The page as a value: what it says, in which order, and that text from files stays text. */
import assert from 'node:assert/strict';
import { anchor, complianceTable, shownServices } from '../../../src/page/compliance';
import { FIRST_VIEW, type PageContext, type View, windowKey } from '../../../src/page/context';
import { type El, h, textOf } from '../../../src/page/element';
import { neededText, objectiveDetails } from '../../../src/page/objective';
import { page } from '../../../src/page/page';
import { budgetLeftText, clockface, percentText, spanText, trendText } from '../../../src/page/words';
import type { HistoryReport, HistoryWindow } from '../../../src/report/historyReport';
import type { BudgetReport, ObjectiveReport, WorkspaceReport } from '../../../src/report/report';
import { code, finding, objective, place, workspace } from '../report/reports';

const T = Date.parse('2025-10-06T20:30:00Z');

function budget(changes: Partial<BudgetReport> = {}): BudgetReport {
  return {
    kind: 'time',
    allowed: 43.2,
    used: 10,
    remaining: 0.75,
    text: '10 of 43.2 min used (75% left)',
    burn: null,
    outage: null,
    ...changes,
  };
}

function historyWindow(key: HistoryWindow['key'], states: string): HistoryWindow {
  return {
    key,
    label: key === '1h' ? '1 hour' : '7 days',
    from: new Date(T - states.length * 60_000).toISOString(),
    stepMinutes: 1,
    states,
    measured: [...states].map((state) => (state === 'g' ? 12 : state === 'b' ? 3 : null)),
    remaining: [...states].map((state) => (state === '.' ? null : 0.5)),
    summary: `Summary of ${key}.`,
  };
}

const history: HistoryReport = {
  measure: 'value',
  measureText: 'agents, the worst of each step',
  limit: 8,
  better: 'higher',
  budget: 'judged',
  windows: [
    historyWindow('1h', '.'.repeat(10) + 'g'.repeat(40) + 'b'.repeat(10)),
    historyWindow('7d', `${'.'.repeat(150)}gggg`),
  ],
  own: '7d',
};

function context(report: WorkspaceReport, view: Partial<View> = {}, interactive = true): PageContext {
  return { report, now: T, view: { ...FIRST_VIEW, ...view }, clock: clockface('UTC'), interactive };
}

function find(element: El | string, matches: (element: El) => boolean): readonly El[] {
  if (typeof element === 'string') return [];
  return [...(matches(element) ? [element] : []), ...element.children.flatMap((one) => find(one, matches))];
}
const tagged = (root: El, tag: string): readonly El[] => find(root, (one) => one.tag === tag);

describe('words', () => {
  it('round shares down, also below 0', () => {
    assert.deepEqual([0.9995, 1, 0.506, -7.5, -0.0001].map(percentText), ['99.9%', '100%', '50.6%', '−750%', '−0.1%']);
  });
  it('say spans by their two largest units', () => {
    assert.deepEqual([30_000, 90_000, 3_900_000, 90_000_000].map(spanText), [
      'under 1 min',
      '1 min',
      '1 h 5 min',
      '1 d 1 h',
    ]);
  });
  it('say what is left of a budget, and nothing where there is none', () => {
    assert.equal(budgetLeftText({ budget: null }), null);
    assert.equal(budgetLeftText({ budget: budget() }), '75% left');
    assert.equal(budgetLeftText({ budget: budget({ remaining: -7.5 }) }), '−750%, overspent');
    const counted = budget({ kind: 'count', remaining: -7.5, text: '34 findings, 4 allowed' });
    assert.equal(budgetLeftText({ budget: counted }), '34 findings, 4 allowed');
    assert.equal(
      budgetLeftText({ budget: budget({ kind: 'zero', remaining: 1, text: 'met; no failure is allowed' }) }),
      'met; no failure is allowed',
    );
    assert.equal(trendText({ trend: null }), null);
  });
});

describe('compliance', () => {
  const one = (name: string, state: ObjectiveReport['state'], remaining: number | null): ObjectiveReport =>
    objective({
      name,
      displayName: `Agents: ${name}`,
      state,
      budget: remaining === null ? null : budget({ remaining }),
    });
  const report = workspace([
    one('a', 'meeting', 0.9),
    one('b', 'violating', -2),
    one('c', 'no_data', null),
    one('d', 'at_risk', 0.1),
  ]);
  const names = (view: Partial<View>): readonly string[] =>
    shownServices(context(report, view)).flatMap(({ objectives }) => objectives.map(({ name }) => name));

  it('sorts as defined, by state, and by what is left', () => {
    assert.deepEqual(names({}), ['a', 'b', 'c', 'd']);
    assert.deepEqual(names({ sort: 'worst' }), ['b', 'd', 'c', 'a']);
    assert.deepEqual(names({ sort: 'budget' }), ['b', 'd', 'a', 'c']);
  });

  it('filters by state and by service', () => {
    assert.deepEqual(names({ state: 'violating' }), ['b']);
    assert.deepEqual(names({ service: 'nobody' }), []);
    assert.match(textOf(complianceTable(context(report, { state: 'stale' }))), /No objective/);
  });

  it('heads every row and column, and folds details under the row that controls them', () => {
    const table = complianceTable(context(report, { open: ['b'] }));
    assert.ok(tagged(table, 'th').every(({ attributes }) => attributes.scope !== undefined));
    const fold = find(table, ({ attributes }) => attributes['aria-expanded'] === 'true');
    assert.equal(fold.length, 1);
    const id = fold[0]?.attributes['aria-controls'];
    assert.equal(find(table, ({ attributes }) => attributes.id === id).length, 1);
  });

  it('has a text for each picture', () => {
    const table = complianceTable(context(workspace([objective({ history, budget: budget() })]), { window: '1h' }));
    for (const svg of tagged(table, 'svg'))
      assert.ok(svg.attributes['aria-hidden'] === 'true' || svg.attributes['aria-label']);
    assert.match(textOf(table), /Summary of 1h\./);
    assert.match(textOf(table), /75% left/);
  });

  it('never gives an unknown state the mark of one that is met', () => {
    for (const state of ['no_data', 'stale', 'error'] as const)
      assert.doesNotMatch(textOf(complianceTable(context(workspace([one('x', state, null)])))), /✓/);
  });
});

describe('details of an objective', () => {
  const text = (objectiveReport: ObjectiveReport, view: Partial<View> = {}, all = workspace([objectiveReport])) =>
    h('div', {}, objectiveDetails(objectiveReport, context(all, view)));

  it('have both charts with their words and figures', () => {
    const details = text(objective({ history }), { window: '1h' });
    const labels = tagged(details, 'svg').map(({ attributes }) => attributes['aria-label'] ?? '');
    assert.deepEqual(
      labels.map((label) => /^Burn-down of the error budget/.test(label)),
      [true, false],
    );
    assert.match(textOf(details), /Summary of 1h\./);
    const rows = tagged(details, 'tr')
      .slice(1)
      .map((row) => row.children.map(textOf));
    assert.deepEqual(rows, [
      ['6 Oct 2025, 19:30', '6 Oct 2025, 19:40', 'not recorded', '–', '–'],
      ['6 Oct 2025, 19:40', '6 Oct 2025, 20:20', 'good', '12', '50%'],
      ['6 Oct 2025, 20:20', '6 Oct 2025, 20:30', 'bad', '3', '50%'],
    ]);
  });

  it('say so when nothing is remembered of the window, or it is shorter than a slice', () => {
    const empty = { ...history, windows: [historyWindow('1h', '.'.repeat(60))] };
    assert.match(textOf(text(objective({ history: empty }), { window: '1h' })), /No history of the last 1 hour yet/);
    assert.match(textOf(text(objective({ history: empty }), { window: '1d' })), /longer than the window/);
  });

  it('without a budget draw no burn-down', () => {
    const none = { ...history, budget: null };
    assert.equal(tagged(text(objective({ history: none }), { window: '1h' }), 'svg').length, 1);
  });

  it('of a memory objective lead to the lines, their trail and their fix', () => {
    const fix = { title: 'Add `clearInterval`', edits: [] };
    const one = finding({ fixes: [fix] } as unknown as Parameters<typeof finding>[0]);
    const memory = objective({
      value: 1,
      budget: budget({ kind: 'zero', allowed: 0, used: 1, remaining: null }),
      causes: [
        {
          kind: 'finding',
          label: 'src/a.ts:5',
          detail: 'This is never cleared.',
          severity: 'high',
          fingerprint: one.fingerprint,
          place: one.place,
        },
      ],
    });
    const report = workspace([memory], { code: code({ findings: [one] }) });
    const details = text(memory, {}, report);
    assert.match(textOf(details), /Fixing this finding meets this objective; it has a certain fix\./);
    assert.equal(tagged(details, 'ol')[0]?.children.length, one.trail.length);
    const actions = tagged(details, 'button').map(({ attributes }) => JSON.parse(attributes['data-action'] ?? '{}'));
    assert.ok(actions.some(({ type, title, line }) => type === 'fix' && title === fix.title && line === 4));
    assert.ok(actions.some(({ type }) => type === 'quickFixes'));
    const file = h('div', {}, objectiveDetails(memory, context(report, {}, false)));
    assert.equal(tagged(file, 'button').length, 0, 'a file has nothing to click');
    assert.match(textOf(file), /Certain fix: Add clearInterval/);
  });

  it('promise a met objective only when all that counts is listed', () => {
    const causes = Array.from(
      { length: 3 },
      (_, n) =>
        ({
          kind: 'finding',
          label: 'x',
          detail: '',
          severity: 'medium',
          fingerprint: String(n),
          place: place('a.ts', n, 0),
        }) as const,
    );
    const counted = objective({
      value: 6,
      budget: budget({ kind: 'count', allowed: 4, used: 6, remaining: -0.5 }),
      causes,
    });
    assert.equal(neededText(counted, []), null);
    assert.equal(
      neededText({ ...counted, value: 3, budget: budget({ allowed: 2 }) }, []),
      'Fixing one of these findings meets this objective; none of them has a certain fix.',
    );
    assert.equal(neededText({ ...counted, value: 3, budget: budget({ allowed: 4 }) }, []), null);
  });
});

describe('page', () => {
  it('shows the longest window that is well known, until one is chosen', () => {
    const report = workspace([objective({ history })]);
    assert.equal(windowKey({ report, view: FIRST_VIEW }), '1h');
    assert.equal(windowKey({ report, view: { ...FIRST_VIEW, window: '30d' } }), '30d');
    assert.equal(windowKey({ report: workspace([objective()]), view: FIRST_VIEW }), '1h');
  });

  it('says of what its figures are, and what is assumed and where to set it', () => {
    const assumed = objective({ assumed: ['time window (30 days)'] });
    const told = (report: WorkspaceReport, open: readonly string[] = []): string =>
      textOf(h('main', {}, page(context(report, { open }))));
    const text = told(workspace([assumed]), [assumed.name]);
    assert.match(text, /Objectives met: 0% of measured \(0\/1\) · 1 of 2 no data/);
    assert.match(text, /Services that meet all of theirs: 0% of measured \(0\/1\)/);
    assert.match(
      text,
      /assumed Some numbers, such as the time window, were chosen .* run “SLO Lens: Create Definition”/,
    );
    assert.match(text, /Assumedtime window \(30 days\)\. To change them, run “SLO Lens: Create Definition”/);
    const own = workspace([assumed], {
      definition: {
        source: 'workspace',
        places: [place('.slo-lens/a.yaml', 0, 0)],
        state: 'ok',
        message: '',
        isApt: true,
      },
    });
    assert.match(told(own), /To change them, edit \.slo-lens\/a\.yaml/);
    assert.doesNotMatch(told(workspace([objective()])), /assumed/);
  });

  it('tells a ratio as a percentage, in charts and figures too', () => {
    const halves = { ...history, limit: 1, windows: [{ ...historyWindow('1h', 'gb'), measured: [1, 0.5] }] };
    const one = objective({ unit: 'ratio', history: halves });
    const text = textOf(h('div', {}, objectiveDetails(one, context(workspace([one]), { window: '1h' }))));
    assert.match(text, /bad50%/);
    assert.doesNotMatch(text, /0\.5/);
  });

  it('says whether there is no history at all, or none in this window', () => {
    const table = (windows: readonly HistoryWindow[]): string =>
      textOf(complianceTable(context(workspace([objective({ history: { ...history, windows } })]), { window: '1h' })));
    assert.match(table([historyWindow('1h', '..'), historyWindow('7d', 'gg')]), /none in 1 hour/);
    assert.match(table([historyWindow('1h', '..'), historyWindow('7d', '..')]), /none yet/);
    assert.match(table([historyWindow('1h', '..g')]), /just begun/);
    assert.doesNotMatch(table([historyWindow('1h', '.gg')]), /just begun/);
  });

  it('names each section by its heading, and ids are unique whatever objectives are called', () => {
    const hostile = objective({ name: '"><script>', history, displayName: '<img onerror=x>' });
    const root = h(
      'main',
      {},
      page(context(workspace([hostile, objective({ name: 'b' })]), { open: ['"><script>', 'b'] })),
    );
    const ids = find(root, ({ attributes }) => 'id' in attributes).map(({ attributes }) => attributes.id);
    assert.equal(new Set(ids).size, ids.length, ids.join());
    for (const section of tagged(root, 'section')) assert.ok(ids.includes(section.attributes['aria-labelledby'] ?? ''));
    assert.match(anchor('"><script> x'), /^[\w-]+$/);
  });
});
