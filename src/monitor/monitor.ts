/**
 * The application: keeps the code of a workspace analysed, its status files read and its objectives evaluated, over an
 * injected file system and clock. Every view is a function of the report it gives.
 */

import type { AnalyzerOptions } from '../analyzer/analyzer';
import { builtIn } from '../analyzer/resources/catalogue';
import { completeKind } from '../analyzer/resources/custom';
import type { ResourceKind } from '../analyzer/resources/model';
import type { RefreshReport, WorkspaceReport } from '../report/report';
import type { AlertAct } from '../slo/alerts/handling';
import type {
  AlertPolicyDefinition,
  DataSourceDefinition,
  Definition,
  ObjectiveDefinition,
} from '../slo/definition/model';
import type { SourceReading } from '../slo/indicatorInput';
import type { Preview } from '../slo/preview/preview';
import { defaultLiveness, type LivenessOptions } from '../sources/liveness';
import type { SourceProblem } from '../sources/problems';
import { ActivityLog } from './activityLog';
import { AgentReports, type Fleet } from './agentReports';
import { AgentsReader, nextExpiry } from './agentsReader';
import { buildCodePart, buildReport, type CodePart, type CodeReportInputs } from './buildReport';
import { cacheFileOf, pruneCacheFolder } from './cacheFolder';
import { CodeScan, isScript } from './code/codeScan';
import type { ScanResult } from './code/scanResult';
import { CodeReports } from './codeReports';
import { emptyConfig, readConfig, type WorkspaceConfig } from './config';
import { DefinitionInForce, type DefinitionText } from './definitionInForce';
import { HistoryReports } from './historyReports';
import { readModuleMap } from './moduleMap';
import { ObjectiveWatch } from './objectiveWatch';
import { readOutputs } from './outputSettings';
import type {
  Cancellation,
  Clock,
  CommandRunner,
  FileSystem,
  GitFacts,
  Logger,
  MessageSender,
  ProcessReader,
} from './ports';
import { leakReading, type ReadScope, readWorkspaceSources, type WorkspaceSources, withFindings } from './readSources';
import { RecordsReader } from './recordsReader';
import { fileAt, HashStore, isProblem, type Root, readText } from './rootFiles';
import type { HistorySettings } from './sessionHistory';
import { type RefreshCommand, SnapshotRefresh } from './snapshotRefresh';
import { excluder, type Walk, walkRoot } from './walk';

export interface MonitorPorts {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly git: GitFacts;
  readonly runner: CommandRunner;
  /** Absent where the shell reads no processes. */
  readonly processes?: ProcessReader;
  /** URI of an absolute native path. */
  readonly toUri: (path: string) => string;
  /** Lets other work have its turn amid a scan; by default just one turn. */
  readonly breathe?: () => Promise<void>;
  /** Hands alerts to the outputs of the settings; without it there are none. */
  readonly sender?: MessageSender;
  /** The report has changed beside the calls of this object: an output took an alert, or did not. */
  readonly changed?: () => void;
}

export interface MonitorSettings {
  readonly roots: readonly Root[];
  readonly trusted: boolean;
  readonly minConfidence: 'high' | 'medium' | 'low';
  readonly exclude: readonly string[];
  readonly severityOverrides: AnalyzerOptions['severityOverrides'];
  readonly agents: Partial<LivenessOptions>;
  readonly refreshCommands: readonly string[];
  readonly refreshTimeoutSeconds: number;
  /** Folder for the analysis cache; null keeps it in memory only. */
  readonly cacheFolder: string | null;
  /** Where slices and alerts are remembered between sessions; null: for this session only. Read once, at the start. */
  readonly history: HistorySettings | null;
  /** `sloLens.alerts.outputs` as the user wrote it. */
  readonly alertOutputs?: unknown;
  /** Definition files that count instead of the workspace's; absolute paths. */
  readonly definitionFiles: readonly string[];
  /** What wins over the workspace's own configuration: the words of a command line. */
  readonly overrides?: {
    readonly minConfidence?: 'high' | 'medium' | 'low';
    readonly agents?: Partial<LivenessOptions>;
  };
  /** What the first root's scan is about. Files outside `within` are not walked; those that are no subject only serve links. */
  readonly subject?: { readonly within: readonly string[]; readonly isSubject: (path: string) => boolean };
}

interface RootState {
  readonly root: Root;
  readonly scan: CodeScan;
  walk: Walk | null;
  config: WorkspaceConfig;
  result: ScanResult | null;
  /** The first scan of the root is running. */
  isFirstScan: boolean;
  isCacheRead: boolean;
  /** Before this instant the cache is not written again, ms. */
  saveAfter: number;
  /** Why it was not written last; told once. */
  cacheError: string | null;
}

export interface ScanState {
  readonly state: 'not-scanned' | 'scanning' | 'complete' | 'failed';
  readonly at: number | null;
  readonly durationMs: number | null;
  readonly error: string | null;
}

const maxCacheBytes = 256 * 1024 * 1024;
/** So long at least between two writes of the cache, ms. */
const saveEveryMs = 20_000;
/** From so many agents on they are looked at each second; below, the editor's watcher is quick enough. */
const manyAgents = 1000;

/** One workspace, watched. Methods may be called in any order; the report is always of what is known. */
export class Monitor {
  private readonly agents: AgentsReader;
  private readonly hashes: HashStore;
  private readonly records: RecordsReader;
  private readonly definitions: DefinitionInForce;
  private readonly objectives: ObjectiveWatch;
  private readonly snapshotRefresh: SnapshotRefresh;
  private readonly activity = new ActivityLog();
  private states: RootState[] = [];
  private settings: MonitorSettings;
  private sources: WorkspaceSources | null = null;
  private configProblems: readonly { readonly root: Root; readonly problem: SourceProblem }[] = [];
  private scanState: ScanState = { state: 'not-scanned', at: null, durationMs: null, error: null };
  private readonly histories = new HistoryReports();
  private outputProblems: readonly string[] = [];
  private isPruned = false;
  private readonly agentReports = new AgentReports();
  private readonly codeReports = new CodeReports();

  constructor(
    private readonly ports: MonitorPorts,
    settings: MonitorSettings,
  ) {
    this.settings = settings;
    this.definitions = new DefinitionInForce(ports.fs);
    this.objectives = new ObjectiveWatch(ports, settings.history, this.activity);
    this.snapshotRefresh = new SnapshotRefresh(ports);
    this.agents = new AgentsReader(ports.fs, ports.clock, settings.trusted ? ports.git : null);
    this.hashes = new HashStore(ports.fs);
    this.records = new RecordsReader(
      ports.fs,
      (ms) => new Promise((resolve) => void ports.clock.setTimeout(resolve, ms)),
    );
    this.setSettings(settings);
  }

  setSettings(settings: MonitorSettings): void {
    this.settings = settings;
    this.agents.setGit(settings.trusted ? this.ports.git : null);
    this.states = settings.roots.map((root) => {
      const known = this.states.find((state) => state.root.path === root.path);
      return (
        known ?? {
          root,
          scan: new CodeScan(
            this.ports.fs,
            this.ports.clock,
            { severityOverrides: settings.severityOverrides },
            this.ports.breathe,
          ),
          walk: null,
          config: emptyConfig,
          result: null,
          isFirstScan: false,
          isCacheRead: false,
          saveAfter: 0,
          cacheError: null,
        }
      );
    });
    for (const state of this.states) this.applyOptions(state);
    const { outputs, problems } = readOutputs(settings.alertOutputs);
    const isUntrusted = outputs.length > 0 && !settings.trusted;
    this.objectives.configureOutputs(settings.trusted ? outputs : [], settings.roots[0]?.path ?? null);
    this.outputProblems = isUntrusted
      ? ['Alerts are not sent to sloLens.alerts.outputs: the workspace is not trusted']
      : problems;
  }

  private applyOptions(state: RootState): void {
    const { severity, custom } = state.config;
    state.scan.setOptions({ severityOverrides: { ...this.settings.severityOverrides, ...severity }, custom });
  }

  /** Every kind that may be reported: the built-in ones, and those of the workspaces' own. */
  get kinds(): readonly ResourceKind[] {
    const own = this.states.flatMap(({ config }) => config.custom.kinds.map(completeKind));
    return own.length === 0
      ? builtIn.kinds
      : [...new Map([...own, ...builtIn.kinds].map((kind) => [kind.id, kind])).values()];
  }

  get roots(): readonly Root[] {
    return this.states.map((state) => state.root);
  }

  /** The definition that verdicts are given by. */
  get definitionInForce(): Definition {
    return this.definitions.definition;
  }

  /** Definition files as they were read last. */
  get definitionTexts(): readonly DefinitionText[] {
    return this.definitions.info.files;
  }

  /** Is the definition in force that of the files, the one before their errors, or none? */
  get definitionState(): 'ok' | 'last-good' | 'invalid' {
    return this.definitions.info.state;
  }

  /** What the problems of a definition file name it by. */
  definitionKey(path: string, absolute: string): string {
    return this.states.length > 1 ? absolute : path;
  }

  /** What an edited objective would say, with what is read and recorded now; null where it cannot be told. Changes nothing. */
  preview(edited: ObjectiveDefinition, policies: readonly AlertPolicyDefinition[]): Preview | null {
    const { sources } = this;
    return sources && this.objectives.preview(edited, policies, this.definitionInForce, sources);
  }

  /** The findings of the last completed scan, as a data source of them counts. */
  leaksOf({ connectionDetails }: DataSourceDefinition): SourceReading {
    return leakReading({ scan: this.scanState, states: this.states }, connectionDetails);
  }

  /** Confidence below which findings are not shown, for a root. */
  minConfidence(root: Root): 'high' | 'medium' | 'low' {
    return (
      this.settings.overrides?.minConfidence ??
      this.states.find((state) => state.root === root)?.config.minConfidence ??
      this.settings.minConfidence
    );
  }

  /** Root and relative path of an absolute path; the innermost root wins. */
  locate(absolute: string): { readonly root: Root; readonly path: string } | null {
    const inside = this.states
      .map(({ root }) => ({ root, base: root.path.replace(/[\\/]+$/, '') }))
      .filter(({ base }) => absolute.startsWith(`${base}/`) || absolute.startsWith(`${base}\\`))
      .sort((a, b) => b.base.length - a.base.length)[0];
    return inside ? { root: inside.root, path: absolute.slice(inside.base.length + 1).replaceAll('\\', '/') } : null;
  }

  /** Does the configuration leave this path out? */
  isExcluded(root: Root, path: string): boolean {
    const config = this.states.find((state) => state.root === root)?.config;
    return excluder([...this.settings.exclude, ...(config?.exclude ?? [])])(path);
  }

  /** The scan of a root, for single documents. */
  scanOf(root: Root): CodeScan | null {
    return this.states.find((state) => state.root === root)?.scan ?? null;
  }

  /** Walks the roots again and reads their configuration and definitions. A cancelled walk changes nothing. */
  async walk(cancellation: Cancellation): Promise<void> {
    const problems: { root: Root; problem: SourceProblem }[] = [];
    for (const state of this.states) {
      const { subject } = this.settings;
      const walk = await walkRoot(this.ports.fs, state.root.path, [], cancellation, subject?.within, state.walk);
      // Half a walk would show fewer files than there are.
      if (walk.cancelled) return;
      state.walk = walk;
      const file = fileAt(walk, '.slo-lens/config.json');
      if (!file) state.config = emptyConfig;
      else {
        const text = await readText(this.ports.fs, file, state.root.path);
        if (isProblem(text)) problems.push({ root: state.root, problem: text });
        else {
          const read = readConfig(text.text, file.path);
          problems.push(...read.problems.map((problem) => ({ root: state.root, problem })));
          // A broken file changes nothing.
          if (!read.problems.some((problem) => problem.kind === 'config-syntax')) state.config = read.config;
        }
      }
      this.applyOptions(state);
    }
    this.configProblems = problems;
    this.hashes.keepOnly(new Set(this.states.flatMap((state) => state.walk?.files.map((one) => one.absolute) ?? [])));
    await this.definitions.read(this.states, this.settings.definitionFiles, (path, absolute) =>
      this.definitionKey(path, absolute),
    );
  }

  /** Scans the code of all roots. A cancelled scan keeps what was known. */
  async scan(cancellation: Cancellation, progress: (share: number) => void = () => undefined): Promise<void> {
    const started = this.ports.clock.now();
    this.scanState = { ...this.scanState, state: 'scanning' };
    let isStopped = false;
    try {
      await this.walk(cancellation);
      for (const [index, state] of this.states.entries()) {
        if (cancellation.isCancelled() || !state.walk) continue;
        await this.loadCache(state);
        const isExcluded = excluder([...this.settings.exclude, ...state.config.exclude]);
        const isSubject = this.settings.subject?.isSubject ?? (() => true);
        const files = state.walk.files.filter((file) => !isExcluded(file.path));
        state.scan.setModules(await readModuleMap(this.ports.fs, state.walk.files));
        // Amid a long scan too: a process that is killed for its memory would else begin anew each time.
        let saving: Promise<void> | null = null;
        const isFirst = state.result === null;
        if (isFirst) state.saveAfter = this.ports.clock.now() + saveEveryMs;
        state.isFirstScan = isFirst;
        const result = await state.scan.scan(
          files,
          cancellation,
          (share) => {
            progress((index + share) / this.states.length);
            if (this.ports.clock.now() >= state.saveAfter) saving = this.saveCache(state);
          },
          isSubject,
        );
        await saving;
        state.isFirstScan = false;
        if (isFirst || this.ports.clock.now() >= state.saveAfter) await this.saveCache(state);
        const ignored = state.walk.files.filter(
          ({ path }) => isScript(path) && isSubject(path) && isExcluded(path),
        ).length;
        // Half a scan has new findings, but its counts are of half the files.
        isStopped ||= result.cancelled;
        if (result.cancelled) state.result = isFirst || !state.result ? null : { ...state.result, files: result.files };
        else state.result = ignored === 0 ? result : { ...result, skipped: { ...result.skipped, ignored } };
      }
      const now = this.ports.clock.now();
      this.scanState =
        isStopped || cancellation.isCancelled()
          ? { ...this.scanState, state: this.scanState.at === null ? 'not-scanned' : 'complete' }
          : { state: 'complete', at: now, durationMs: now - started, error: null };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.ports.logger.error(`The scan failed: ${message}`);
      this.scanState = { ...this.scanState, state: 'failed', error: message };
    }
  }

  /** Was the code scanned to its end at least once? */
  get wasScanned(): boolean {
    return this.scanState.at !== null;
  }

  /** What needs no code, before a scan: agents, snapshots, objectives. It says that the scan is running. */
  async readAhead(cancellation: Cancellation): Promise<WorkspaceReport> {
    this.scanState = { ...this.scanState, state: 'scanning' };
    await this.walk(cancellation);
    return this.read(cancellation);
  }

  /**
   * The report amid the first scan, with what was found so far; the objectives wait for the whole.
   * @returns null when no first scan is running, or nothing was read yet
   */
  async soFar(): Promise<WorkspaceReport | null> {
    if (this.scanState.state !== 'scanning' || this.scanState.at !== null || !this.sources) return null;
    for (const state of this.states) if (state.isFirstScan) state.result = state.scan.soFar();
    return this.evaluate();
  }

  /** Links again after single documents changed. */
  private async relink(): Promise<void> {
    for (const state of this.states) {
      const files = await state.scan.relink((path) => this.ports.fs.join(state.root.path, ...path.split('/')));
      if (state.result && !state.isFirstScan) state.result = { ...state.result, files };
    }
  }

  /** After edits in open documents: links and evaluates again, and reads no file but those that depend on the edits. */
  async reevaluate(): Promise<WorkspaceReport> {
    await this.relink();
    if (this.sources)
      this.sources = withFindings(this.sources, {
        definition: this.definitionInForce,
        states: this.states,
        scan: this.scanState,
      });
    return this.evaluate();
  }

  /** Reads the sources again, all or those that are asked for, and evaluates. */
  async read(cancellation: Cancellation, scope: ReadScope = 'all'): Promise<WorkspaceReport> {
    this.sources = await readWorkspaceSources({
      fs: this.ports.fs,
      now: this.ports.clock.now(),
      agents: this.agents,
      hashes: this.hashes,
      records: this.records,
      processes: this.settings.trusted ? (this.ports.processes ?? null) : null,
      git: this.settings.trusted ? this.ports.git : null,
      definition: this.definitionInForce,
      states: this.states,
      liveness: this.livenessOptions(),
      scan: this.scanState,
      cancellation,
      previous: this.sources,
      scope: this.sources === null ? 'all' : scope,
    });
    return this.evaluate();
  }

  private livenessOptions(): LivenessOptions {
    const merged = Object.assign(
      {},
      this.settings.agents,
      ...this.states.map((state) => state.config.agents),
      this.settings.overrides?.agents,
    ) as Partial<LivenessOptions>;
    return { ...defaultLiveness, ...merged };
  }

  private async evaluate(): Promise<WorkspaceReport> {
    const { definitionInForce: definition, definitionState, sources, workspace } = this;
    await this.objectives.evaluate({ definition, isInvalid: definitionState === 'invalid', sources, workspace });
    return this.report();
  }

  private get workspace(): string {
    return this.settings.roots.map(({ name }) => name).join(', ');
  }

  /** Takes what somebody says of alerts: remembered first, then shown. */
  async handleAlerts(keys: readonly string[], act: AlertAct): Promise<WorkspaceReport> {
    await this.objectives.handle(keys, act);
    return this.evaluate();
  }

  /** Sends a test to every output that is configured; how it went stands in the report, soon. */
  testOutputs(): WorkspaceReport {
    this.objectives.testOutputs(this.workspace);
    return this.report();
  }

  /** When the shell will evaluate again without any event, so that a slow rhythm is not taken for sleep. */
  expectLook(at: number): void {
    this.objectives.expectLook(at);
  }

  /** The history as one text; what could not be read of it, in words. */
  exportHistory(): Promise<{ readonly text: string; readonly problems: readonly string[] }> {
    return this.objectives.exportHistory();
  }

  /** Joins an exported history with that of this workspace, and evaluates with it. */
  async importHistory(text: string): Promise<{ readonly ok: boolean; readonly message: string }> {
    const done = await this.objectives.importHistory(text);
    if (!done.ok) return done;
    this.activity.record(this.ports.clock.now(), 'history-import', done.message);
    await this.evaluate();
    return done;
  }

  /** Ends the session: what was seen last is written. */
  async close(): Promise<void> {
    await this.objectives.close();
    await this.saveCaches();
  }

  /** Writes down what is known of the code, for the next process. */
  async saveCaches(): Promise<void> {
    for (const state of this.states) await this.saveCache(state);
  }

  /** The agents as they were read last, each with its report for who asks. */
  fleet(now = this.ports.clock.now()): Fleet {
    const names = { toUri: this.ports.toUri, join: this.ports.fs.join, states: this.states };
    return this.agentReports.fleet(this.sources?.agents ?? [], now, names);
  }

  /** The report of what is known now. */
  report(): WorkspaceReport {
    const now = this.ports.clock.now();
    const { definitionInForce: definition, objectives } = this;
    const { alerting } = objectives;
    return buildReport({
      ...this.codeInputs(now),
      trusted: this.settings.trusted,
      definition,
      evaluation: objectives.evaluation(definition),
      alerts: alerting.statuses,
      announcements: alerting.announcements,
      incidents: objectives.incidents,
      historyOf: (evaluation) => this.histories.of(evaluation, now),
      refresh: this.snapshotRefresh.state,
      activity: this.activity.entries,
    });
  }

  /** Of the report what says how the code is, and what is wrong: objectives are not looked at. */
  codePart(): CodePart {
    return buildCodePart(this.codeInputs(this.ports.clock.now()));
  }

  private codeInputs(now: number): CodeReportInputs {
    return {
      now,
      toUri: this.ports.toUri,
      join: this.ports.fs.join,
      states: this.states,
      minConfidence: (root) => this.minConfidence(root),
      definitionInfo: this.definitions.info,
      sources: this.sources,
      scan: this.scanState,
      configProblems: this.configProblems,
      historyProblems: this.objectives.historyProblems,
      outputs: this.objectives.outputStates,
      outputProblems: this.outputProblems,
      fleet: this.fleet(now),
      codeReports: this.codeReports,
    };
  }

  /** Commands that Refresh Snapshots would run: the workspace's own, else those of the settings, in the first root. */
  refreshCommands(): readonly RefreshCommand[] {
    const { refreshCommands, refreshTimeoutSeconds } = this.settings;
    const own = this.states.flatMap(({ root, config: { refresh } }) =>
      refresh.commands.map((command) => ({
        command,
        root,
        timeoutSeconds: refresh.timeoutSeconds ?? refreshTimeoutSeconds,
      })),
    );
    const [first] = this.states;
    if (own.length > 0 || !first) return own;
    const timeoutSeconds = first.config.refresh.timeoutSeconds ?? refreshTimeoutSeconds;
    return refreshCommands.map((command) => ({ command, root: first.root, timeoutSeconds }));
  }

  /**
   * Refresh Snapshots: the configured commands, then the scan, every source, the evaluation. A command that fails is
   * reported as failed with its output; the figures keep their age.
   */
  async refresh(
    cancellation: Cancellation,
    progress: (message: string, share: number) => void = () => undefined,
  ): Promise<WorkspaceReport> {
    await this.walk(cancellation);
    const commands = await this.runRefreshCommands(cancellation, progress);
    return this.finishRefresh(commands, cancellation, progress);
  }

  /**
   * First part of a refresh: runs the commands one after another, up to the first that fails. Everything else may go on
   * meanwhile; until the second part the report says that a refresh is running.
   */
  async runRefreshCommands(
    cancellation: Cancellation,
    progress: (message: string, share: number) => void = () => undefined,
  ): Promise<RefreshReport['commands']> {
    return this.snapshotRefresh.run(this.refreshCommands(), this.settings.trusted, cancellation, progress);
  }

  /** Second part of a refresh: reads everything again and records how the commands went. */
  async finishRefresh(
    commands: RefreshReport['commands'],
    cancellation: Cancellation,
    progress: (message: string, share: number) => void = () => undefined,
  ): Promise<WorkspaceReport> {
    if (!cancellation.isCancelled()) {
      progress('Scanning the code', 0.5);
      await this.scan(cancellation, (share) => progress('Scanning the code', 0.5 + share * 0.4));
      progress('Reading every source', 0.95);
    }
    const { state, message } = this.snapshotRefresh.finish(commands, cancellation.isCancelled());
    await this.read(cancellation);
    this.activity.record(this.ports.clock.now(), `refresh-${state}`, message);
    return this.report();
  }

  /** When the report will change without any event: an agent falls silent, a group of alerts is complete. */
  nextChange(): number | null {
    const due = [
      ...this.objectives.alerting.dueAt(),
      ...(this.sources?.agents ?? []).map(({ reading }) => nextExpiry(reading.agents)),
    ].filter((at) => at !== null);
    return due.length > 0 ? Math.min(...due) : null;
  }

  /** Too many agents for a watcher: whoever drives the monitor looks at them at a steady rhythm. */
  get hasManyAgents(): boolean {
    return (this.sources?.agents ?? []).some(({ reading }) => reading.agents.length >= manyAgents);
  }

  /** A sweep over the agents has begun and is not through: the next one goes on with it. */
  get isMidSweep(): boolean {
    return this.agents.isMidSweep;
  }

  /** Bytes of logs that wait to be read. */
  get lag(): number {
    return this.sources?.lag ?? 0;
  }

  private cacheFile(state: RootState): string | null {
    const { cacheFolder } = this.settings;
    return cacheFolder === null ? null : cacheFileOf(this.ports.fs, cacheFolder, state.root.path);
  }

  private async loadCache(state: RootState): Promise<void> {
    const file = this.cacheFile(state);
    if (file === null || state.isCacheRead) return;
    state.isCacheRead = true;
    const read = await this.ports.fs.read(file, maxCacheBytes);
    if (read.ok) await state.scan.load(read.value);
  }

  /** Writes down what is new. A kill costs the work since; so that writing costs little beside it, `saveAfter` says when it is worth it again. */
  private async saveCache(state: RootState): Promise<void> {
    const file = this.cacheFile(state);
    const { clock, fs, logger } = this.ports;
    if (file === null || !state.scan.hasUnsaved) return;
    const started = clock.now();
    state.saveAfter = Number.POSITIVE_INFINITY;
    const data = await state.scan.save();
    const written =
      data.length > maxCacheBytes
        ? ({ ok: false, error: { code: 'ETOOBIG', message: `it would have ${data.length} bytes` } } as const)
        : await fs.writeAtomic(file, data);
    state.saveAfter = clock.now() + Math.max(saveEveryMs, (clock.now() - started) * 20);
    if (!written.ok) {
      if (state.cacheError !== written.error.message)
        logger.warn(`The analysis cache was not written: ${written.error.message}`);
      state.cacheError = written.error.message;
      return;
    }
    state.cacheError = null;
    if (this.settings.cacheFolder !== null && !this.isPruned) {
      this.isPruned = true;
      await pruneCacheFolder(fs, clock, this.settings.cacheFolder, file);
    }
  }
}
