/** What the reader of the panel chooses, and what a click on something does. Pure: messages in, messages out. */
import { FIRST_VIEW, type PageAction, type View } from '../page/context';
import type { FromDashboard, ToDashboard } from '../protocol/messages';
import type { HistoryKey } from '../report/historyReport';

/** What survives a reload of the panel. */
export interface Kept {
  readonly message: ToDashboard | null;
  readonly view: View;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isReport(value: unknown): value is Extract<ToDashboard, { readonly type: 'report' }> {
  return isMap(value) && value.type === 'report' && isMap(value.report);
}

export function isReveal(value: unknown): value is Extract<ToDashboard, { readonly type: 'reveal' }> {
  return isMap(value) && value.type === 'reveal' && typeof value.objective === 'string';
}

const KEYS: readonly string[] = ['1h', '1d', '7d', '30d', 'window'];
const SORTS: readonly string[] = ['definition', 'worst', 'budget'];

/** A view of an earlier time; what is none of ours is left out. */
export function readView(value: unknown): View {
  if (!isMap(value)) return FIRST_VIEW;
  return {
    window: KEYS.includes(String(value.window)) ? (value.window as HistoryKey) : null,
    state: typeof value.state === 'string' ? (value.state as View['state']) : null,
    service: typeof value.service === 'string' ? value.service : null,
    sort: SORTS.includes(String(value.sort)) ? (value.sort as View['sort']) : 'definition',
    open: Array.isArray(value.open) ? value.open.filter((one): one is string => typeof one === 'string') : [],
  };
}

/** What was kept; a state of an earlier version is none. */
export function readKept(value: unknown): Kept {
  if (!isMap(value)) return { message: null, view: FIRST_VIEW };
  return { message: isReport(value.message) ? value.message : null, view: readView(value.view) };
}

/** The view after a choice in one of its controls. */
export function choose(view: View, choice: string, value: string): View {
  switch (choice) {
    case 'window':
      return KEYS.includes(value) ? { ...view, window: value as HistoryKey } : view;
    case 'sort':
      return SORTS.includes(value) ? { ...view, sort: value as View['sort'] } : view;
    case 'service':
      return { ...view, service: value === '' ? null : value };
    default:
      return view;
  }
}

/** The view with an objective folded open, whatever was filtered. */
export function reveal(view: View, objective: string): View {
  return { ...view, state: null, service: null, open: [...view.open.filter((one) => one !== objective), objective] };
}

/** What follows from a click: another view, or a message to the editor. */
export function act(view: View, action: PageAction): { readonly view: View; readonly send: FromDashboard | null } {
  switch (action.type) {
    case 'toggle': {
      const { objective } = action;
      const open = view.open.includes(objective)
        ? view.open.filter((one) => one !== objective)
        : [...view.open, objective];
      return { view: { ...view, open }, send: null };
    }
    case 'filter':
      // A second click shows all again.
      return { view: { ...view, state: view.state === action.state ? null : action.state }, send: null };
    default:
      return { view, send: action };
  }
}
