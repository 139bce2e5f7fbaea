/** The file in which the analyses of one root outlive the process: read once, written when it is worth it. */
import { cacheFileOf } from '../cacheFolder';
import type { Clock, FileSystem, Logger } from '../ports';
import type { CodeScan } from './codeScan';

const maxBytes = 256 * 1024 * 1024;
/** So long at least between two writes, ms. */
const saveEveryMs = 20_000;

export interface CachePorts {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class RootCache {
  private isRead = false;
  /** Before this instant it is not written again, ms. */
  private saveAfter = 0;
  /** Why it was not written last; told once. */
  private error: string | null = null;

  /** @param root absolute path */
  constructor(
    private readonly ports: CachePorts,
    private readonly root: string,
    private readonly scan: CodeScan,
  ) {}

  /** Is writing worth it again? */
  get isDue(): boolean {
    return this.ports.clock.now() >= this.saveAfter;
  }

  /** A first scan begins: there is nothing to write for a while. */
  postpone(): void {
    this.saveAfter = this.ports.clock.now() + saveEveryMs;
  }

  /** Gives the scan what was written before; null keeps it in memory only. */
  async load(folder: string | null): Promise<void> {
    if (folder === null || this.isRead) return;
    this.isRead = true;
    const read = await this.ports.fs.read(cacheFileOf(this.ports.fs, folder, this.root), maxBytes);
    if (read.ok) await this.scan.load(read.value);
  }

  /**
   * Writes down what is new. A kill costs the work since; writing is to cost little beside it.
   * @returns the file that was written; null where there was nothing to write, or it failed
   */
  async save(folder: string | null): Promise<string | null> {
    const { clock, fs, logger } = this.ports;
    if (folder === null || !this.scan.hasUnsaved) return null;
    const file = cacheFileOf(fs, folder, this.root);
    const started = clock.now();
    this.saveAfter = Number.POSITIVE_INFINITY;
    const data = await this.scan.save();
    const written =
      data.length > maxBytes
        ? ({ ok: false, error: { code: 'ETOOBIG', message: `it would have ${data.length} bytes` } } as const)
        : await fs.writeAtomic(file, data);
    this.saveAfter = clock.now() + Math.max(saveEveryMs, (clock.now() - started) * 20);
    const error = written.ok ? null : written.error.message;
    if (error !== null && error !== this.error) logger.warn(`The analysis cache was not written: ${error}`);
    this.error = error;
    return error === null ? file : null;
  }
}
