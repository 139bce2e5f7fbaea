/** Who speaks for a workspace: of several windows the one that holds the lease, a file that it renews while it lives. */
import type { Clock, FileSystem } from './ports';

/** Renewed this often; a holder that did not renew for `EXPIRES_MS` is gone. */
export const RENEW_MS = 10_000;
export const EXPIRES_MS = 30_000;
const MAX_BYTES = 10_000;

export class Lease {
  private held = false;
  private renewedAt = 0;
  private timer: { readonly dispose: () => void } | null = null;

  /**
   * @param file absolute path
   * @param owner name that no other process has
   */
  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
    private readonly file: string,
    private readonly owner: string,
  ) {}

  /** Takes the lease if nobody alive has it. Two that take it at the same moment are one again at the next renewal. */
  async hold(): Promise<boolean> {
    const now = this.clock.now();
    // Edits ask several times a second; the timer renews.
    if (this.held && now >= this.renewedAt && now < this.renewedAt + RENEW_MS) return true;
    const holder = await this.holder();
    // A lease that runs far into the future is of a clock that was wrong.
    const isAlive = holder !== null && holder.until > now && holder.until <= now + 2 * EXPIRES_MS;
    if (isAlive && holder.owner !== this.owner) {
      this.drop();
      return false;
    }
    const text = JSON.stringify({ owner: this.owner, until: now + EXPIRES_MS });
    const written = await this.fs.writeAtomic(this.file, text);
    // Where nothing can be written there is nobody to share with.
    this.held = !written.ok || (await this.holder())?.owner === this.owner;
    if (this.held) this.renewLater(now);
    else this.drop();
    return this.held;
  }

  /** Gives it back, so that the next window need not wait. */
  async release(): Promise<void> {
    const mine = this.held && (await this.holder())?.owner === this.owner;
    this.drop();
    if (mine) await this.fs.remove(this.file);
  }

  private renewLater(now: number): void {
    this.renewedAt = now;
    this.timer?.dispose();
    this.timer = this.clock.setTimeout(() => void this.hold(), RENEW_MS);
  }

  private drop(): void {
    this.held = false;
    this.timer?.dispose();
    this.timer = null;
  }

  private async holder(): Promise<{ readonly owner: string; readonly until: number } | null> {
    const read = await this.fs.read(this.file, MAX_BYTES);
    if (!read.ok) return null;
    try {
      const value: unknown = JSON.parse(new TextDecoder().decode(read.value));
      if (typeof value !== 'object' || value === null) return null;
      const { owner, until } = value as Readonly<Record<string, unknown>>;
      return typeof owner === 'string' && typeof until === 'number' ? { owner, until } : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }
}
