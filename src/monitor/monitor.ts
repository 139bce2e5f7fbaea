/**
 * The application: keeps the code of a workspace analysed, its status files read and its objectives evaluated, over an
 * injected file system and clock. Every view is a function of the report it gives.
 */

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
import { ActivityLog } from './activityLog';
import { AgentReports, type Fleet } from './agentReports';
import { AgentsReader, nextExpiry } from './agentsReader';
import { buildCodePart, buildReport, type CodeReportInputs } from './buildReport';
import type { CodePart } from './codePart';
import { CodeReports } from './codeReports';
import { DefinitionInForce, type DefinitionText } from './definitionInForce';
import { HistoryReports } from './historyReports';
import type { MonitorSettings } from './monitorSettings';
import { ObjectiveWatch } from './objectiveWatch';
import { readOutputs } from './outputSettings';
import type { Cancellation, MonitorPorts } from './ports';
import { leakReading, type ReadScope, readWorkspaceSources, type WorkspaceSources, withFindings } from './readSources';
import { RecordsReader } from './recordsReader';
import { HashStore } from './rootFiles';
import { SnapshotRefresh } from './snapshotRefresh';
import { Workspace } from './workspace';
import { WorkspaceScan } from './workspaceScan';

/** From so many agents on they are looked at each second; below, the editor's watcher is quick enough. */
const manyAgents = 1000;

/** One workspace, watched. Methods may be called in any order; the report is always of what is known. */
export class Monitor {
  readonly workspace: Workspace;
  private readonly code: WorkspaceScan;
  private readonly agents: AgentsReader;
  private readonly hashes: HashStore;
  private readonly records: RecordsReader;
  private readonly definitions: DefinitionInForce;
  private readonly objectives: ObjectiveWatch;
  private readonly snapshotRefresh: SnapshotRefresh;
  private readonly activity = new ActivityLog();
  private settings: MonitorSettings;
  private sources: WorkspaceSources | null = null;
  private readonly histories = new HistoryReports();
  private outputProblems: readonly string[] = [];
  private readonly agentReports = new AgentReports();
  private readonly codeReports = new CodeReports();

  constructor(
    private readonly ports: MonitorPorts,
    settings: MonitorSettings,
  ) {
    this.settings = settings;
    this.workspace = new Workspace(ports, settings);
    this.code = new WorkspaceScan(ports, this.workspace);
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
    this.workspace.configure(settings);
    const { outputs, problems } = readOutputs(settings.alertOutputs);
    const isUntrusted = outputs.length > 0 && !settings.trusted;
    this.objectives.configureOutputs(settings.trusted ? outputs : [], settings.roots[0]?.path ?? null);
    this.outputProblems = isUntrusted
      ? ['Alerts are not sent to sloLens.alerts.outputs: the workspace is not trusted']
      : problems;
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

  /** What an edited objective would say, with what is read and recorded now; null where it cannot be told. Changes nothing. */
  preview(edited: ObjectiveDefinition, policies: readonly AlertPolicyDefinition[]): Preview | null {
    const { sources } = this;
    return sources && this.objectives.preview(edited, policies, this.definitionInForce, sources);
  }

  /** The findings of the last completed scan, as a data source of them counts. */
  leaksOf({ connectionDetails }: DataSourceDefinition): SourceReading {
    return leakReading({ scan: this.code.state, states: this.workspace.states }, connectionDetails);
  }

  /** Walks the roots again and reads their configuration and definitions. A cancelled walk changes nothing. */
  async walk(cancellation: Cancellation): Promise<void> {
    if (!(await this.workspace.walk(cancellation))) return;
    const { states } = this.workspace;
    this.hashes.keepOnly(new Set(states.flatMap((state) => state.walk?.files.map((one) => one.absolute) ?? [])));
    await this.definitions.read(states, this.settings.definitionFiles, (path, absolute) =>
      this.workspace.definitionKey(path, absolute),
    );
  }

  /** Scans the code of all roots. A cancelled scan keeps what was known. */
  async scan(cancellation: Cancellation, progress: (share: number) => void = () => undefined): Promise<void> {
    await this.code.run(this.settings, () => this.walk(cancellation), cancellation, progress);
  }

  /** Was the code scanned to its end at least once? */
  get wasScanned(): boolean {
    return this.code.wasScanned;
  }

  /** What needs no code, before a scan: agents, snapshots, objectives. It says that the scan is running. */
  async readAhead(cancellation: Cancellation): Promise<WorkspaceReport> {
    this.code.announce();
    await this.walk(cancellation);
    return this.read(cancellation);
  }

  /**
   * The report amid the first scan, with what was found so far; the objectives wait for the whole.
   * @returns null when no first scan is running, or nothing was read yet
   */
  async soFar(): Promise<WorkspaceReport | null> {
    if (!this.code.isFirst || !this.sources) return null;
    this.code.takeSoFar();
    return this.evaluate();
  }

  /** After edits in open documents: links and evaluates again, and reads no file but those that depend on the edits. */
  async reevaluate(): Promise<WorkspaceReport> {
    await this.code.relink();
    if (this.sources)
      this.sources = withFindings(this.sources, {
        definition: this.definitionInForce,
        states: this.workspace.states,
        scan: this.code.state,
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
      states: this.workspace.states,
      liveness: this.workspace.liveness,
      scan: this.code.state,
      cancellation,
      previous: this.sources,
      scope: this.sources === null ? 'all' : scope,
    });
    return this.evaluate();
  }

  private async evaluate(): Promise<WorkspaceReport> {
    const { definitionInForce: definition, definitionState, sources } = this;
    const workspace = this.workspace.name;
    await this.objectives.evaluate({ definition, isInvalid: definitionState === 'invalid', sources, workspace });
    return this.report();
  }

  /** Takes what somebody says of alerts: remembered first, then shown. */
  async handleAlerts(keys: readonly string[], act: AlertAct): Promise<WorkspaceReport> {
    await this.objectives.handle(keys, act);
    return this.evaluate();
  }

  /** Sends a test to every output that is configured; how it went stands in the report, soon. */
  testOutputs(): WorkspaceReport {
    this.objectives.testOutputs(this.workspace.name);
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
    await this.code.saveCaches(this.settings.cacheFolder);
  }

  /** The agents as they were read last, each with its report for who asks. */
  fleet(now = this.ports.clock.now()): Fleet {
    const names = { toUri: this.ports.toUri, join: this.ports.fs.join, states: this.workspace.states };
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
      states: this.workspace.states,
      minConfidence: (root) => this.workspace.minConfidence(root),
      definitionInfo: this.definitions.info,
      sources: this.sources,
      scan: this.code.state,
      configProblems: this.workspace.configProblems,
      historyProblems: this.objectives.historyProblems,
      outputs: this.objectives.outputStates,
      outputProblems: this.outputProblems,
      fleet: this.fleet(now),
      codeReports: this.codeReports,
    };
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
    return this.snapshotRefresh.run(this.workspace.refreshCommands, this.settings.trusted, cancellation, progress);
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
}
