/** What is wrong with a status file, though it can be read. Rules: swarm reference, section 6. */
import type { JsonScan } from './jsonScan';
import { FaultList, type Position, quoted } from './problems';
import { isTimeZone, type Timestamp } from './timestamps';

export interface StatusWarning {
  readonly kind: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly key: string | null;
}

export interface StatusTime {
  readonly key: string;
  readonly raw: string | number;
  readonly time: Timestamp;
  /** Where the key stands, in its own document. */
  readonly at: Position;
}

type Place = { readonly line: number; readonly column: number };

/** Collects the warnings of one file or agent. */
export class StatusWarnings {
  private readonly list = new FaultList<StatusWarning>();

  readonly add = (kind: string, message: string, at: Place | undefined, key: string | null = null): void => {
    this.list.add({ kind, message, line: at?.line ?? 1, column: at?.column ?? 1, key });
  };

  /** What stands in a text beside the one object that should. */
  ofText(scan: Extract<JsonScan, { ok: true }>): void {
    if (scan.bom) this.add('bom', 'The file starts with a byte order mark', { line: 1, column: 1 });
    const second = scan.documents[1];
    if (second)
      this.add(
        'several-documents',
        'A second JSON object follows the first; later keys replace earlier ones',
        second.start,
      );
    if (scan.trailing) this.add('trailing-text', 'Text follows the JSON object', scan.trailing);
    for (const duplicate of scan.duplicates)
      this.add(
        'duplicate-key',
        `The key ${quoted(duplicate.path)} stands twice; the last one counts`,
        duplicate,
        duplicate.path,
      );
  }

  /** Times that prove nothing, or less than they seem to. */
  ofTimes(times: readonly StatusTime[], timeZone: string, start: Place | undefined): void {
    const [first] = times;
    if (!first) this.add('no-timestamp', 'There is no timestamp', start);
    else if (first.time.precision === 'no-zone')
      this.add('timestamp-no-zone', `${first.key} names no time zone; read in the local one`, first.at, first.key);
    for (const one of times) {
      if (one.time.precision === 'unparsable')
        this.add(
          'timestamp-unparsable',
          isTimeZone(timeZone)
            ? `${one.key} is no time: ${quoted(one.raw)}`
            : `${one.key} cannot be read: ${quoted(timeZone)} is no time zone, or it is no time`,
          one.at,
          one.key,
        );
      if (one.time.precision === 'date-only')
        this.add('timestamp-date-only', `${one.key} is a date without a time; it proves no activity`, one.at, one.key);
    }
  }

  all(): readonly StatusWarning[] {
    return this.list.all();
  }
}
