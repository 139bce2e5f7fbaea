/** Documents that were edited since the views were told: they are told when nobody has typed for a while. */
import type { Clock } from '../monitor/ports';

/** After the last keystroke, before the views follow. The squiggles do not wait: each pull analyses its document. */
const settleMs = 300;

export class Edits {
  private readonly edited = new Set<string>();
  private timer: { dispose: () => void } | null = null;

  /** @param settled called when the pause is long enough */
  constructor(
    private readonly clock: Clock,
    private readonly settled: () => void,
  ) {}

  add(uri: string): void {
    this.edited.add(uri);
    this.wait();
  }

  /** The views are being told: nothing is waited for. */
  begin(): Iterable<string> {
    this.timer = null;
    return this.edited;
  }

  /** The next keystroke may be on its way: waits anew, where something is waited for. */
  delay(): void {
    if (this.timer) this.wait();
  }

  /** The views are told of all of them. */
  clear(): void {
    this.edited.clear();
  }

  dispose(): void {
    this.timer?.dispose();
  }

  private wait(): void {
    this.timer?.dispose();
    this.timer = this.clock.setTimeout(this.settled, settleMs);
  }
}
