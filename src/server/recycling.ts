/** A process that has grown large is started anew by the client: no other way gives all of its memory back. */
import type { Vitals } from './vitals';

export interface MemoryBounds {
  /** Above this the server asks to be started anew, unless it is young: then the workspace is so large. */
  readonly ceilingMegabytes: number;
  readonly afterSeconds: number;
}

const usualBounds: MemoryBounds = { ceilingMegabytes: 1024, afterSeconds: 600 };

export class Recycling {
  private isAsked = false;

  /** @param ask asks the client, once; told the resident megabytes */
  constructor(
    private readonly vitals: Vitals,
    private readonly bounds: MemoryBounds = usualBounds,
    private readonly ask: (residentMegabytes: number) => Promise<void>,
  ) {}

  /** Asks where the process has grown too large. */
  async check(): Promise<void> {
    const residentMegabytes = this.vitals.residentMegabytes();
    const { ceilingMegabytes, afterSeconds } = this.bounds;
    if (this.isAsked || residentMegabytes < ceilingMegabytes || this.vitals.ageSeconds() < afterSeconds) return;
    this.isAsked = true;
    await this.ask(residentMegabytes);
  }
}
