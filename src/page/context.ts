/** What a page is a function of: the report, the moment, what the reader has chosen, and whether it can be clicked. */
import type { FromDashboard } from '../protocol/messages';
import type { HistoryKey, HistoryReport, HistoryWindow } from '../report/historyReport';
import type { ObjectiveReport, ObjectiveState, Place, WorkspaceReport } from '../report/report';
import { type Child, type El, h } from './element';
import { agoText, type Clockface, stateMarks, stateWords } from './words';

export type Sort = 'definition' | 'worst' | 'budget';

/** What the reader of the panel has chosen. JSON-serialisable: it survives a reload. */
export interface View {
  /** null: the longest window that is well known. */
  readonly window: HistoryKey | null;
  readonly state: ObjectiveState | null;
  readonly service: string | null;
  readonly sort: Sort;
  /** Names of objectives whose details are shown. */
  readonly open: readonly string[];
}

export const FIRST_VIEW: View = { window: null, state: null, service: null, sort: 'definition', open: [] };

export interface PageContext {
  readonly report: WorkspaceReport;
  /** ms since the epoch */
  readonly now: number;
  readonly view: View;
  readonly clock: Clockface;
  /** false: a file, in which nothing can be clicked. */
  readonly interactive: boolean;
}

/** What a click does: sent to the editor, or kept by the page. */
export type PageAction =
  | Exclude<FromDashboard, { readonly type: 'ready' }>
  | { readonly type: 'toggle'; readonly objective: string }
  | { readonly type: 'filter'; readonly state: ObjectiveState | null };

/** Attributes of what does something when it is clicked. */
export function does(action: PageAction): Readonly<Record<string, string>> {
  return { 'data-action': JSON.stringify(action) };
}

/** Text that opens a place where that is possible. */
export function link(text: string, place: Place | null, { interactive }: PageContext): El | string {
  if (!place || !interactive) return text;
  const { uri, line, column } = place;
  return h('button', { type: 'button', class: 'link', ...does({ type: 'open', uri, line, column }) }, text);
}

export function button(text: Child, action: PageAction, kind: 'secondary' | 'primary' = 'secondary'): El {
  return h('button', { type: 'button', class: kind, ...does(action) }, text);
}

/** Age of an instant; the instant itself in the title. */
export function age(instant: string | null, { now, clock }: PageContext): El | string {
  if (instant === null) return '–';
  return h('time', { datetime: instant, title: clock.full(Date.parse(instant)) }, agoText(instant, now));
}

/** A state by mark, word and colour; never by colour alone. */
export function stateChip(state: keyof typeof stateWords): El {
  return h(
    'span',
    { class: `state ${state}` },
    h('span', { 'aria-hidden': 'true' }, stateMarks[state]),
    ` ${stateWords[state]}`,
  );
}

/** A table with a caption and headed columns; the first cell of each row heads the row. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Child[])[],
  { hideCaption = false, narrow = false }: { readonly hideCaption?: boolean; readonly narrow?: boolean } = {},
): El {
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      narrow ? { class: 'narrow' } : {},
      h('caption', hideCaption ? { class: 'unseen' } : {}, caption),
      h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
      h(
        'tbody',
        {},
        ...rows.map((row) =>
          h('tr', {}, ...row.map((cell, index) => (index === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell)))),
        ),
      ),
    ),
  );
}

/** Text with what stands between backticks as code. */
export function withCode(text: string): readonly Child[] {
  const parts = text.split('`');
  return parts.length % 2 === 0 ? [text] : parts.map((part, index) => (index % 2 === 0 ? part : h('code', {}, part)));
}

export function objectivesOf(report: WorkspaceReport): readonly ObjectiveReport[] {
  return report.services.flatMap((service) => service.objectives);
}

const KEYS = ['1h', '1d', '7d', '30d'] as const;

/** The window that is shown: what was chosen, else the longest of which some objective knows at least half. */
export function windowKey({ view, report }: Pick<PageContext, 'view' | 'report'>): HistoryKey {
  if (view.window) return view.window;
  const known = (key: HistoryKey): boolean =>
    objectivesOf(report).some(({ history }) => {
      const states = history?.windows.find((one) => one.key === key)?.states ?? '';
      return [...states].filter((state) => state !== '.').length * 2 >= Math.max(1, states.length);
    });
  return KEYS.findLast(known) ?? '1h';
}

/** The window of an objective under a key; the objective's own may be one of the common ones. */
export function historyWindow(history: HistoryReport, key: HistoryKey): HistoryWindow | null {
  const wanted = key === 'window' ? history.own : key;
  return history.windows.find((one) => one.key === wanted) ?? null;
}
