/** The scan of all roots of a workspace: how it stands, and the caches that its analyses outlive the process in. */
import { pruneCacheFolder } from './cacheFolder';
import { isScript } from './code/codeScan';
import { readModuleMap } from './moduleMap';
import type { MonitorSettings } from './monitorSettings';
import type { Cancellation, MonitorPorts } from './ports';
import type { RootState, Workspace } from './workspace';

export interface ScanState {
  readonly state: 'not-scanned' | 'scanning' | 'complete' | 'failed';
  readonly at: number | null;
  readonly durationMs: number | null;
  readonly error: string | null;
}

export class WorkspaceScan {
  private current: ScanState = { state: 'not-scanned', at: null, durationMs: null, error: null };
  private isPruned = false;

  constructor(
    private readonly ports: Pick<MonitorPorts, 'fs' | 'clock' | 'logger'>,
    private readonly workspace: Workspace,
  ) {}

  get state(): ScanState {
    return this.current;
  }

  /** Was the code scanned to its end at least once? */
  get wasScanned(): boolean {
    return this.current.at !== null;
  }

  /** A first scan is running. */
  get isFirst(): boolean {
    return this.current.state === 'scanning' && !this.wasScanned;
  }

  /** Says that a scan is running, or soon will be. */
  announce(): void {
    this.current = { ...this.current, state: 'scanning' };
  }

  /**
   * Scans the code of all roots. A cancelled scan keeps what was known.
   * @param walk brings the files of the roots up to date
   */
  async run(
    settings: MonitorSettings,
    walk: () => Promise<void>,
    cancellation: Cancellation,
    progress: (share: number) => void,
  ): Promise<void> {
    const { clock, logger } = this.ports;
    const started = clock.now();
    this.announce();
    let isStopped = false;
    try {
      await walk();
      const { states } = this.workspace;
      for (const [index, state] of states.entries()) {
        const share = (done: number): void => progress((index + done) / states.length);
        isStopped = (await this.scanRoot(state, settings, cancellation, share)) || isStopped;
      }
      const now = clock.now();
      this.current =
        isStopped || cancellation.isCancelled()
          ? { ...this.current, state: this.wasScanned ? 'complete' : 'not-scanned' }
          : { state: 'complete', at: now, durationMs: now - started, error: null };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      logger.error(`The scan failed: ${message}`);
      this.current = { ...this.current, state: 'failed', error: message };
    }
  }

  /** @returns whether it was stopped amid it */
  private async scanRoot(
    state: RootState,
    settings: MonitorSettings,
    cancellation: Cancellation,
    progress: (share: number) => void,
  ): Promise<boolean> {
    if (cancellation.isCancelled() || !state.walk) return false;
    const { cacheFolder } = settings;
    await state.cache.load(cacheFolder);
    const isExcluded = this.workspace.excluderOf(state);
    const isSubject = settings.subject?.isSubject ?? (() => true);
    const files = state.walk.files.filter((file) => !isExcluded(file.path));
    state.scan.setModules(await readModuleMap(this.ports.fs, state.walk.files));
    // Amid a long scan too: a process that is killed for its memory would else begin anew each time.
    let saving: Promise<void> | null = null;
    const isFirst = state.result === null;
    if (isFirst) state.cache.postpone();
    state.isFirstScan = isFirst;
    const result = await state.scan.scan(
      files,
      cancellation,
      (share) => {
        progress(share);
        if (state.cache.isDue) saving = this.save(state, cacheFolder);
      },
      isSubject,
    );
    await saving;
    state.isFirstScan = false;
    if (isFirst || state.cache.isDue) await this.save(state, cacheFolder);
    const ignored = state.walk.files.filter(({ path }) => isScript(path) && isSubject(path) && isExcluded(path)).length;
    // Half a scan has new findings, but its counts are of half the files.
    if (result.cancelled) state.result = isFirst || !state.result ? null : { ...state.result, files: result.files };
    else state.result = ignored === 0 ? result : { ...result, skipped: { ...result.skipped, ignored } };
    return result.cancelled;
  }

  /** Takes what the running first scans have found so far for their results. */
  takeSoFar(): void {
    for (const state of this.workspace.states) if (state.isFirstScan) state.result = state.scan.soFar();
  }

  /** Links again after single documents changed. */
  async relink(): Promise<void> {
    for (const state of this.workspace.states) {
      const files = await state.scan.relink((path) => this.ports.fs.join(state.root.path, ...path.split('/')));
      if (state.result && !state.isFirstScan) state.result = { ...state.result, files };
    }
  }

  /** Writes down what is known of the code, for the next process. */
  async saveCaches(folder: string | null): Promise<void> {
    for (const state of this.workspace.states) await this.save(state, folder);
  }

  private async save({ cache }: RootState, folder: string | null): Promise<void> {
    const file = await cache.save(folder);
    if (file === null || folder === null || this.isPruned) return;
    this.isPruned = true;
    await pruneCacheFolder(this.ports.fs, this.ports.clock, folder, file);
  }
}
