/** A whole history as one text, to be kept elsewhere or handed to others, and back. Its lines are those of the files on disk. */
import { DAY_MS } from '../duration';
import { History } from './history';

const FORMAT = 'slo-lens-history';
/** One text is read whole. */
export const MAX_TRANSFER_BYTES = 256 * 1024 * 1024;

/**
 * The text: a head, the hours, the days in their compact form, and a last line that says how many lines there are, so that
 * a text that was cut is known.
 * @param at when it is made, ms since the epoch
 */
export function historyText(history: History, at: number): string {
  const head = JSON.stringify({ format: FORMAT, version: 1, exportedAt: new Date(at).toISOString() });
  const days = history.days.map((day) => history.packDay(day)).join('');
  const lines = days.split('\n').length - 1;
  return `${head}\n${history.hoursText()}${days}${JSON.stringify({ end: true, lines })}\n`;
}

export type HistoryTransfer =
  | { readonly ok: true; readonly history: History; readonly damagedLines: number }
  | { readonly ok: false; readonly message: string };

function refused(message: string): HistoryTransfer {
  return { ok: false, message };
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Reads such a text. Slices that lie in the future are left out, as of a clock that was wrong.
 * @returns the history, and how many lines are none; or why nothing is taken from the text
 */
export function readHistoryText(text: string, now: number): HistoryTransfer {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [first = '', hours = '', ...rest] = lines;
  const head = parsed(first);
  if (head?.format !== FORMAT) return refused('this is no exported history of SLO Lens');
  if (head.version !== 1) return refused(`its version is ${String(head.version)}; this program reads version 1`);
  const last = parsed(rest.pop() ?? '');
  if (last?.end !== true || last.lines !== rest.length)
    return refused('the file is cut: its last line, which counts the others, does not fit. Export it again');
  const history = new History(0);
  if (!history.readHours(`${hours}\n`)) return refused('the hours in its second line are damaged');
  if (history.minutesFrom > Math.floor(now / DAY_MS) * DAY_MS)
    return refused('it comes from a clock that is ahead of this one');
  const damagedLines = history.read(`${rest.join('\n')}\n`, now);
  return { ok: true, history, damagedLines };
}

/** What an import did, in words. */
export function importedWords(damagedLines: number): string {
  return damagedLines === 0
    ? 'The history was imported; what both know counts once'
    : `The history was imported but for ${damagedLines} ${damagedLines === 1 ? 'line that is' : 'lines that are'} damaged`;
}
