/** Node diagnostic reports (`process.report`): memory, heap and open handles by type of one process at one moment. */
import { isObject, type JsonObject, type JsonValue } from './jsonScan';
import type { FieldValue, LogRecord } from './records';
import { parseTimestamp } from './timestamps';

function figureOf(value: JsonValue | undefined): number | null {
  const figure = typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : value;
  return typeof figure === 'number' && Number.isFinite(figure) ? figure : null;
}

/** Is this a diagnostic report? */
export function isNodeReport(value: JsonValue): value is JsonObject {
  return isObject(value) && isObject(value.header) && Array.isArray(value.libuv);
}

/**
 * One sample of a process: `rss_bytes`, `heap_used_bytes`, `heap_total_bytes`, `open_handles` (active libuv handles without
 * the loop), and per type `handles_<type>` (`handles_tcp`, `handles_fs_event`, …). A figure that the report does not hold is
 * no field. `dumpEventTime` is not used: Node writes local time with a Z there.
 * @returns null when the value is no report
 */
export function recordOfReport(value: JsonValue): LogRecord | null {
  if (!isNodeReport(value) || !isObject(value.header)) return null;
  const { header } = value;
  const time = parseTimestamp(figureOf(header.dumpEventTimeStamp) ?? undefined, 'UTC');
  const usage = isObject(value.resourceUsage) ? value.resourceUsage : null;
  const heap = isObject(value.javascriptHeap) ? value.javascriptHeap : null;
  const fields: Record<string, FieldValue> = Object.create(null);
  const put = (name: string, figure: number | null): void => {
    if (figure !== null) fields[name] = figure;
  };
  let open = 0;
  for (const handle of value.libuv as readonly JsonValue[]) {
    if (!isObject(handle) || handle.is_active !== true || handle.type === 'loop') continue;
    open++;
    if (typeof handle.type !== 'string' || !/^\w{1,40}$/.test(handle.type)) continue;
    const name = `handles_${handle.type}`;
    fields[name] = Number(fields[name] ?? 0) + 1;
  }
  fields.open_handles = open;
  put('rss_bytes', usage && figureOf(usage.rss));
  put('heap_used_bytes', heap && figureOf(heap.usedMemory));
  put('heap_total_bytes', heap && figureOf(heap.totalMemory));
  const { processId } = header;
  return {
    time: time.precision === 'instant' ? time.ms : null,
    ...(typeof processId === 'number' ? { series: `process ${processId}` } : {}),
    fields,
  };
}
