/** The roots of a workspace: what was walked and configured in each, and what the user's settings say of them. */
import { analyzer } from '../analyzer/onDemand';
import { completeKind } from '../analyzer/resources/custom';
import type { ResourceKind } from '../analyzer/resources/model';
import { defaultLiveness, type LivenessOptions } from '../sources/liveness';
import type { SourceProblem } from '../sources/problems';
import { CodeScan } from './code/codeScan';
import { RootCache } from './code/rootCache';
import type { ScanResult } from './code/scanResult';
import { emptyConfig, readConfig, type WorkspaceConfig } from './config';
import type { MonitorSettings } from './monitorSettings';
import type { Cancellation, MonitorPorts } from './ports';
import { fileAt, isProblem, type Root, readText } from './rootFiles';
import type { RefreshCommand } from './snapshotRefresh';
import { excluder, type Walk, walkRoot } from './walk';

/** One root of a workspace, and what is known of it. */
export interface RootState {
  readonly root: Root;
  readonly scan: CodeScan;
  readonly cache: RootCache;
  walk: Walk | null;
  config: WorkspaceConfig;
  result: ScanResult | null;
  /** The first scan of the root is running. */
  isFirstScan: boolean;
}

type Confidence = MonitorSettings['minConfidence'];

export class Workspace {
  private current: readonly RootState[] = [];
  private problems: readonly { readonly root: Root; readonly problem: SourceProblem }[] = [];

  constructor(
    private readonly ports: Pick<MonitorPorts, 'fs' | 'clock' | 'logger' | 'breathe'>,
    private settings: MonitorSettings,
  ) {
    this.configure(settings);
  }

  /** Other settings, maybe other roots; roots that stay keep what is known of them. */
  configure(settings: MonitorSettings): void {
    this.settings = settings;
    const before = this.current;
    this.current = settings.roots.map(
      (root) => before.find((state) => state.root.path === root.path) ?? this.newRoot(root),
    );
    for (const state of this.current) this.applyOptions(state);
  }

  private newRoot(root: Root): RootState {
    const { fs, clock, breathe } = this.ports;
    const scan = new CodeScan(fs, clock, { severityOverrides: this.settings.severityOverrides }, breathe);
    const cache = new RootCache(this.ports, root.path, scan);
    return { root, scan, cache, walk: null, config: emptyConfig, result: null, isFirstScan: false };
  }

  private applyOptions(state: RootState): void {
    const { severity, custom } = state.config;
    state.scan.setOptions({ severityOverrides: { ...this.settings.severityOverrides, ...severity }, custom });
  }

  get states(): readonly RootState[] {
    return this.current;
  }

  get roots(): readonly Root[] {
    return this.current.map((state) => state.root);
  }

  /** Names of the roots. */
  get name(): string {
    return this.settings.roots.map(({ name }) => name).join(', ');
  }

  /** What is wrong with the configuration files. */
  get configProblems(): readonly { readonly root: Root; readonly problem: SourceProblem }[] {
    return this.problems;
  }

  /** Every kind that may be reported: the built-in ones, and those of the workspaces' own. */
  get kinds(): readonly ResourceKind[] {
    const own = this.current.flatMap(({ config }) => config.custom.kinds.map(completeKind));
    return own.length === 0
      ? analyzer().builtIn.kinds
      : [...new Map([...own, ...analyzer().builtIn.kinds].map((kind) => [kind.id, kind])).values()];
  }

  /** What the problems of a definition file name it by. */
  definitionKey(path: string, absolute: string): string {
    return this.current.length > 1 ? absolute : path;
  }

  /** Confidence below which findings are not shown, for a root. */
  minConfidence(root: Root): Confidence {
    return (
      this.settings.overrides?.minConfidence ??
      this.current.find((state) => state.root === root)?.config.minConfidence ??
      this.settings.minConfidence
    );
  }

  /** Root and relative path of an absolute path; the innermost root wins. */
  locate(absolute: string): { readonly root: Root; readonly path: string } | null {
    const inside = this.current
      .map(({ root }) => ({ root, base: root.path.replace(/[\\/]+$/, '') }))
      .filter(({ base }) => absolute.startsWith(`${base}/`) || absolute.startsWith(`${base}\\`))
      .sort((a, b) => b.base.length - a.base.length)[0];
    return inside ? { root: inside.root, path: absolute.slice(inside.base.length + 1).replaceAll('\\', '/') } : null;
  }

  /** Does the configuration leave this path out? */
  isExcluded(root: Root, path: string): boolean {
    return this.excluderOf(this.current.find((state) => state.root === root))(path);
  }

  /** Which paths of a root the settings and its configuration leave out. */
  excluderOf(state: RootState | undefined): (path: string) => boolean {
    return excluder([...this.settings.exclude, ...(state?.config.exclude ?? [])]);
  }

  /** The scan of a root, for single documents. */
  scanOf(root: Root): CodeScan | null {
    return this.current.find((state) => state.root === root)?.scan ?? null;
  }

  /** When agents count as silent: by the command line, else the configuration, else the settings. */
  get liveness(): LivenessOptions {
    const merged = Object.assign(
      {},
      this.settings.agents,
      ...this.current.map((state) => state.config.agents),
      this.settings.overrides?.agents,
    ) as Partial<LivenessOptions>;
    return { ...defaultLiveness, ...merged };
  }

  /** Commands that Refresh Snapshots would run: the workspace's own, else those of the settings, in the first root. */
  get refreshCommands(): readonly RefreshCommand[] {
    const { refreshCommands, refreshTimeoutSeconds } = this.settings;
    const own = this.current.flatMap(({ root, config: { refresh } }) =>
      refresh.commands.map((command) => ({
        command,
        root,
        timeoutSeconds: refresh.timeoutSeconds ?? refreshTimeoutSeconds,
      })),
    );
    const [first] = this.current;
    if (own.length > 0 || !first) return own;
    const timeoutSeconds = first.config.refresh.timeoutSeconds ?? refreshTimeoutSeconds;
    return refreshCommands.map((command) => ({ command, root: first.root, timeoutSeconds }));
  }

  /** Walks the roots again and reads their configuration. @returns false when it was cancelled: half a walk changes nothing */
  async walk(cancellation: Cancellation): Promise<boolean> {
    const problems: { root: Root; problem: SourceProblem }[] = [];
    for (const state of this.current) {
      const { subject } = this.settings;
      const walk = await walkRoot(this.ports.fs, state.root.path, [], cancellation, subject?.within, state.walk);
      // Half a walk would show fewer files than there are.
      if (walk.cancelled) return false;
      state.walk = walk;
      const found = await this.readConfigOf(state, walk);
      problems.push(...found.map((problem) => ({ root: state.root, problem })));
      this.applyOptions(state);
    }
    this.problems = problems;
    return true;
  }

  /** Takes the configuration of a root as it lies there; a broken file changes nothing. @returns what is wrong with it */
  private async readConfigOf(state: RootState, walk: Walk): Promise<readonly SourceProblem[]> {
    const file = fileAt(walk, '.slo-lens/config.json');
    if (!file) {
      state.config = emptyConfig;
      return [];
    }
    const text = await readText(this.ports.fs, file, state.root.path);
    if (isProblem(text)) return [text];
    const { config, problems } = readConfig(text.text, file.path);
    if (!problems.some((problem) => problem.kind === 'config-syntax')) state.config = config;
    return problems;
  }
}
