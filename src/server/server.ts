/**
 * The language server over one connection: pull diagnostics for open documents and the workspace, the report, and the
 * requests of the protocol. All work is the monitor's; this file schedules it.
 */
import { basename } from 'node:path';
import {
  type CancellationToken,
  type CodeAction,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  FileChangeType,
  type FileEvent,
  type FullDocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type UnchangedDocumentDiagnosticReport,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Confidence, FileFindings } from '../analyzer/findings';
import { Monitor, type MonitorPorts, type MonitorSettings } from '../monitor/monitor';
import type { Cancellation, GitRevisions } from '../monitor/ports';
import type { Root } from '../monitor/rootFiles';
import {
  type AnalyzeWorkspaceParams,
  type AnalyzeWorkspaceResult,
  agentsNotification,
  analyzeWorkspaceRequest,
  type DebugInformationResult,
  type DefinitionTextResult,
  debugInformationRequest,
  definitionTextRequest,
  type ExplainParams,
  type ExplainResult,
  type ExportHistoryResult,
  type ExportParams,
  type ExportResult,
  explainRequest,
  exportHistoryRequest,
  exportRequest,
  type HandleAlertsParams,
  type HandleAlertsResult,
  type HealthParams,
  handleAlertsRequest,
  healthNotification,
  type ImportHistoryParams,
  type ImportHistoryResult,
  type InitializationOptions,
  importHistoryRequest,
  type RecycleParams,
  type RefreshParams,
  type RefreshResult,
  recycleNotification,
  refreshRequest,
  reportNotification,
  type Settings,
  type SettingsParams,
  settingsNotification,
  type TestOutputsResult,
  testOutputsRequest,
  wholeReportNotification,
} from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import { rulePage } from '../report/rulePage';
import { newDefinitionText } from '../slo/newDefinition';
import { codeActionKinds, codeActions } from './codeActions';
import { offerFirstCrossing } from './crossings';
import { DefinitionDocuments } from './definitionDocuments';
import { DefinitionFeatures } from './definitionFeatures';
import { definitionCapabilities, offerDefinitionFeatures, registerDefinitionFeatures } from './definitionRequests';
import { diagnosticSource, diagnosticsOf, shownFrom } from './diagnostics';
import { offerDrafts } from './drafts';
import { exportedText } from './exportedText';
import { FaultPublisher } from './faultPublisher';
import { offerLanguageTools } from './languageTools';
import { LookPlan, type Watched } from './lookPlan';
import { ReportSender } from './reportSender';
import { watchProcess } from './vitals';
import { Watches } from './watches';
import { UpdateScheduler, type UpdateScope, WorkQueue } from './workQueue';

const languages = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact']);
/** After the last keystroke, before the views follow. The squiggles do not wait: each pull analyses its document. */
const editSettleMs = 300;
/** Diagnostics of an open document are asked for by the client; the report follows at most once a second. */
const reportEveryMs = 1000;
/** What the first scan has found so far is told this often. */
const tellEveryMs = 1_500;
/** Above this the server asks to be started anew, unless it is young: then the workspace is so large. */
const memoryCeilingMegabytes = 1024;
const recycleAfterSeconds = 600;
/** While somebody types, scanning waits this long between its stretches of work. */
const typingMs = 1_000;
const giveWayMs = 20;
export interface ServerOptions {
  readonly ports: Omit<MonitorPorts, 'logger' | 'toUri' | 'changed'>;
  readonly revisions: GitRevisions;
  readonly version: string;
  /** Name of this process in what it writes: lower-case letters and digits, never used before. */
  readonly writer: string;
  /** Other bounds of memory, for tests. */
  readonly memory?: { readonly ceilingMegabytes: number; readonly afterSeconds: number };
}

/** Wires a connection; it listens until the client ends it. */
export function startServer(connection: Connection, options: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  const { clock } = options.ports;
  let monitor: Monitor | null = null;
  let settings: Settings | null = null;
  let trusted = false;
  let storagePath: string | null = null;
  let roots: Root[] = [];
  let tick: { dispose: () => void } | null = null;
  let canRefreshDiagnostics = false;
  let canChangeFolders = false;
  let canRegister = false;
  let canRefreshLenses = false;
  let scanning = 0;
  /** Rises with everything that may change a diagnostic. */
  let generation = 0;
  let refreshing: Promise<unknown> = Promise.resolve();
  let ended = false;
  let typedAt = Number.NEGATIVE_INFINITY;
  let isRecycling = false;
  const vitals = watchProcess();
  const logger = {
    info: (message: string) => connection.console.info(message),
    warn: (message: string) => connection.console.warn(message),
    error: (message: string) => connection.console.error(message),
  };

  const monitorSettings = (): MonitorSettings => ({
    roots,
    trusted,
    minConfidence: settings?.minConfidence ?? 'medium',
    exclude: settings?.exclude ?? [],
    severityOverrides: settings?.severityOverrides ?? {},
    agents: settings?.agents ?? {},
    refreshCommands: settings?.refreshCommands ?? [],
    refreshTimeoutSeconds: settings?.refreshTimeoutSeconds ?? 600,
    alertOutputs: settings?.alertOutputs,
    cacheFolder: storagePath === null ? null : options.ports.fs.join(storagePath, 'cache'),
    history:
      storagePath === null
        ? null
        : { folder: options.ports.fs.join(storagePath, 'slo'), writer: options.writer, adds: true, speaks: true },
    definitionFiles: [],
  });

  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  /** What the client does not take, or takes no more, is its own affair. */
  const sent = (sending: Promise<unknown>): void => {
    sending.catch((error: unknown) => {
      if (!ended) logger.warn(`The client did not take a message: ${messageOf(error)}`);
    });
  };
  const health = (state: HealthParams['state'], message: string, progress: number | null = null): void =>
    sent(
      connection.sendNotification(healthNotification, {
        state,
        message,
        progress,
        residentMegabytes: vitals.residentMegabytes(),
      } satisfies HealthParams),
    );
  /** Every diagnostic given so far may be out of date. */
  const diagnosticsChanged = (): void => {
    generation++;
    if (canRefreshDiagnostics) sent(Promise.resolve(connection.languages.diagnostics.refresh()));
  };

  const work = new WorkQueue((error) => {
    logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    health('error', messageOf(error));
  });
  const sender = new ReportSender(clock, reportEveryMs, {
    report: (params) => {
      if (!ended) sent(connection.sendNotification(reportNotification, params));
    },
    agents: (params) => {
      if (!ended) sent(connection.sendNotification(agentsNotification, params));
    },
  });

  /** Processor time, where it is counted: on a busy machine a short job takes long. */
  const spent = (): number => clock.cpuMs?.() ?? clock.now();
  const plan = new LookPlan(clock);
  const scheduleTick = (): void => {
    tick?.dispose();
    if (ended || !monitor) return;
    const { inMs, scope } = plan.next(watchedBy(monitor));
    monitor.expectLook(clock.now() + inMs);
    tick = clock.setTimeout(() => work.background(() => updateInBackground(scope ?? scopeOfTick())), inMs);
  };
  const scopeOfTick = (): UpdateScope => (monitor ? plan.scope(watchedBy(monitor)) : 'files');

  const never: Cancellation = { isCancelled: () => ended };
  /** Work of the server's own that other settings or folders make stale. */
  let background = { isStale: false };
  const supersede = (): void => {
    background.isStale = true;
  };
  /** Scanning is nobody's hurry while somebody types. */
  const breathe = (): Promise<void> =>
    new Promise((done) => {
      if (clock.now() - typedAt < typingMs) clock.setTimeout(done, giveWayMs);
      else setImmediate(done);
    });
  const cancellationOf = (token: CancellationToken): Cancellation => ({
    isCancelled: () => ended || token.isCancellationRequested,
  });

  /** The same in the background, until it is stale. */
  const updateInBackground = async (scope: UpdateScope): Promise<void> => {
    const own = { isStale: false };
    background = own;
    await update(scope, { isCancelled: () => ended || own.isStale });
    await recycleIfLarge();
  };

  const recycleIfLarge = async (): Promise<void> => {
    const { ceilingMegabytes, afterSeconds } = options.memory ?? {
      ceilingMegabytes: memoryCeilingMegabytes,
      afterSeconds: recycleAfterSeconds,
    };
    const residentMegabytes = vitals.residentMegabytes();
    if (isRecycling || ended || residentMegabytes < ceilingMegabytes || vitals.ageSeconds() < afterSeconds) return;
    isRecycling = true;
    logger.info(`Memory has reached ${residentMegabytes} MB: the server asks to be started anew`);
    await monitor?.saveCaches();
    sent(connection.sendNotification(recycleNotification, { residentMegabytes } satisfies RecycleParams));
  };

  /** Agents, snapshots and objectives need no code: they are there before the first scan has begun. */
  const showFirst = async (current: Monitor, cancellation: Cancellation): Promise<void> => {
    const report = await current.readAhead(cancellation);
    if (cancellation.isCancelled()) return;
    offer(report);
    publishFaults(report);
  };

  /** Amid the first scan, now and then: what it has found so far. */
  const tellingSoFar = (current: Monitor): { readonly tell: () => void; readonly told: () => Promise<void> } => {
    let toldAt = clock.now();
    let telling: Promise<void> | null = null;
    const once = async (): Promise<void> => {
      try {
        const report = await current.soFar();
        if (report && current === monitor) offer(report);
      } catch (error) {
        logger.error(`What was found so far cannot be told: ${messageOf(error)}`);
      }
      toldAt = clock.now();
      telling = null;
    };
    return {
      tell: () => {
        if (!telling && clock.now() - toldAt >= tellEveryMs) telling = once();
      },
      told: async () => {
        await telling;
      },
    };
  };

  const scanCode = async (
    current: Monitor,
    isFirst: boolean,
    cancellation: Cancellation,
    progress?: (share: number) => void,
  ): Promise<void> => {
    scanning++;
    const waits = vitals.watchWaits();
    try {
      health('scanning', 'Scanning the workspace', 0);
      if (isFirst) await showFirst(current, cancellation);
      const found = isFirst ? tellingSoFar(current) : null;
      let lastShare = 0;
      await current.scan(cancellation, (share) => {
        progress?.(share);
        found?.tell();
        if (share - lastShare <= 0.05) return;
        lastShare = share;
        health('scanning', 'Scanning the workspace', share);
      });
      await found?.told();
    } finally {
      waits.end();
      scanning--;
    }
  };

  /** Brings everything up to date: the code where asked, then every source. */
  const update = async (
    scope: UpdateScope,
    cancellation: Cancellation = never,
    progress?: (share: number) => void,
  ): Promise<WorkspaceReport | null> => {
    if (!monitor) return null;
    try {
      const started = spent();
      const startedAt = clock.now();
      // Also after one that was given up: what it found is there again in a moment.
      const isFirstScan = scope === 'code' && !monitor.wasScanned;
      if (scope === 'code') {
        await scanCode(monitor, isFirstScan, cancellation, progress);
        plan.scanned(spent() - started);
        diagnosticsChanged();
      } else if (scope === 'files') await monitor.walk(cancellation);
      // What is stale is not shown: it is looked at again in a moment.
      if (cancellation !== never && background.isStale) return null;
      const report = await monitor.read(cancellation, scope === 'due' || scope === 'sweep' ? scope : 'all');
      plan.looked({ scope, beganAt: startedAt, spentMs: spent() - started }, watchedBy(monitor));
      // Whoever waits for the findings has waited long enough.
      if (isFirstScan) sender.hurry();
      show(report);
      if (scope === 'sweep') vitals.looked(spent() - started);
      return report;
    } finally {
      // Also after a failure: the next look may succeed.
      scheduleTick();
    }
  };

  /** The newest report, also for what stands in definition files. */
  let shown: WorkspaceReport | null = null;
  const offer = (report: WorkspaceReport): void => {
    shown = report;
    if (monitor) sender.offer(report, monitor.fleet());
    if (canRefreshLenses && documents.all().some(isTypedDefinition))
      sent(connection.sendRequest('workspace/codeLens/refresh'));
  };

  const watches = new Watches(connection, options.ports.fs.join, (error) => {
    if (!ended) logger.warn(`The client does not watch what it was asked to: ${messageOf(error)}`);
  });

  /** Hands a report to every view, and says how the server is. */
  const show = (report: WorkspaceReport): void => {
    if (monitor && !ended) watches.want(monitor.definitionInForce, roots, monitorSettings().history?.folder ?? null);
    offer(report);
    publishFaults(report);
    if (report.code.state === 'failed') health('error', `The scan failed: ${report.code.error ?? ''}`);
    else health('ready', `${report.code.files.analysed} files analysed`);
  };

  const updates = new UpdateScheduler(clock, work, () => plan.gatherMs, updateInBackground);
  const schedule = (scope: UpdateScope): void => updates.request(scope);

  const edited = new Set<string>();
  let editSettle: { dispose: () => void } | null = null;
  /** The views follow when nobody has typed for a while. */
  const settleEdits = (): void => {
    editSettle?.dispose();
    editSettle = clock.setTimeout(() => work.background(afterEdits), editSettleMs);
  };
  /** The report after edits: the edited documents are analysed, nothing is read from disk. */
  const afterEdits = async (): Promise<void> => {
    editSettle = null;
    for (const uri of edited) {
      const document = documents.get(uri);
      if (document) documentDiagnostics(document);
    }
    edited.clear();
    if (!monitor) return;
    offer(await monitor.reevaluate());
    diagnosticsChanged();
  };

  const faults = new FaultPublisher((uri, diagnostics) => sent(connection.sendDiagnostics({ uri, diagnostics })));
  const publishFaults = (report: WorkspaceReport): void => {
    const open = new Set(
      documents
        .all()
        .filter(isTypedDefinition)
        .map(({ uri }) => uri),
    );
    faults.publish(report, (uri) => open.has(uri));
  };

  const pathOf = (uri: string): string | null => {
    const parsed = URI.parse(uri);
    return parsed.scheme === 'file' ? parsed.fsPath : null;
  };

  const definitions = new DefinitionDocuments({
    monitor: () => monitor,
    pathOf: (uri) => pathOf(uri),
    open: () => documents.all(),
  });
  const isTypedDefinition = (document: TextDocument): boolean =>
    definitions.keyOf(document.uri) !== null && definitions.isReadable(document);
  const uriOfDefinition = (key: string): string | null => {
    const file = monitor?.definitionTexts.find((one) => one.key === key);
    if (!file) return documents.all().find(({ uri }) => definitions.keyOf(uri) === key)?.uri ?? null;
    return URI.file(file.root ? options.ports.fs.join(file.root.path, ...file.path.split('/')) : file.path).toString();
  };
  const features = new DefinitionFeatures({
    documents: definitions,
    monitor: () => monitor,
    report: () => shown,
    uriOfKey: uriOfDefinition,
    schemaElsewhere: () => settings?.definitions?.schemaElsewhere === true,
    now: () => clock.now(),
  });

  interface DocumentAnalysis {
    readonly analyze: (text: string, fixing?: 'now' | 'later') => FileFindings;
    readonly minConfidence: Confidence;
    readonly uriOf: (path: string) => string;
  }
  /** How a document is analysed where it lies; null when nothing is to be said about it. */
  const analysisOf = (document: TextDocument): DocumentAnalysis | null => {
    if (!monitor || settings?.run === 'off' || !languages.has(document.languageId)) return null;
    const absolute = pathOf(document.uri);
    const located = absolute === null ? null : monitor.locate(absolute);
    if (located && monitor.isExcluded(located.root, located.path)) return null;
    const scan = located
      ? monitor.scanOf(located.root)
      : monitor.scanOf(monitor.roots[0] ?? { name: '', uri: '', path: '' });
    const path = located?.path ?? untitledPath(document);
    if (!scan) return null;
    return {
      analyze: (text, fixing = 'now') => {
        const file = scan.analyzeOne(path, text, fixing);
        if (!located) scan.forget(path);
        return file;
      },
      minConfidence: located ? monitor.minConfidence(located.root) : (settings?.minConfidence ?? 'medium'),
      uriOf: (other) =>
        located ? URI.file(options.ports.fs.join(located.root.path, ...other.split('/'))).toString() : document.uri,
    };
  };

  /** Diagnostics of one open document, analysed now. */
  const documentDiagnostics = (document: TextDocument): readonly Diagnostic[] => {
    if (isTypedDefinition(document)) return features.diagnostics(document);
    const analysis = analysisOf(document);
    if (!analysis) return [];
    const { analyze, minConfidence, uriOf } = analysis;
    return diagnosticsOf(analyze(document.getText(), 'later'), document.uri, minConfidence, uriOf);
  };

  const results = new Map<string, { readonly id: string; readonly text: string }>();
  let resultCount = 0;
  const reportFor = (
    uri: string,
    previous: string | undefined,
    items: readonly Diagnostic[],
  ): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport => {
    const text = JSON.stringify(items);
    const known = results.get(uri);
    if (known && known.text === text && known.id === previous) return { kind: 'unchanged', resultId: known.id };
    const id = known && known.text === text ? known.id : String(++resultCount);
    results.set(uri, { id, text });
    return { kind: 'full', resultId: id, items: [...items] };
  };

  /** A failing handler gives its fallback and a line in the log; cancellation is no error. */
  const safe = <T>(what: string, fallback: T, handler: () => T): T => {
    try {
      return handler();
    } catch (error) {
      logger.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return fallback;
    }
  };

  connection.onInitialize((params) => {
    const given = params.initializationOptions as InitializationOptions | undefined;
    canRefreshDiagnostics = params.capabilities.workspace?.diagnostics?.refreshSupport === true;
    canChangeFolders = params.capabilities.workspace?.workspaceFolders === true;
    const watcher = params.capabilities.workspace?.didChangeWatchedFiles;
    watches.isAsked = watcher?.dynamicRegistration === true && watcher.relativePatternSupport === true;
    canRegister = params.capabilities.textDocument?.completion?.dynamicRegistration === true;
    canRefreshLenses = params.capabilities.workspace?.codeLens?.refreshSupport === true;
    settings = given?.settings ?? null;
    trusted = given?.trusted ?? false;
    storagePath = given?.storagePath ?? null;
    if (given?.takesPatches === true) sender.usePatches();
    roots = (params.workspaceFolders ?? []).flatMap(toRoot);
    monitor = new Monitor(
      {
        ...options.ports,
        logger,
        breathe,
        toUri: uriOfPath,
        changed: () => {
          if (monitor && !ended) offer(monitor.report());
        },
      },
      monitorSettings(),
    );
    return {
      serverInfo: { name: 'SLO Lens', version: options.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        diagnosticProvider: { identifier: diagnosticSource, interFileDependencies: true, workspaceDiagnostics: true },
        codeActionProvider: { codeActionKinds },
        ...(canRegister ? {} : definitionCapabilities),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (canRegister) sent(registerDefinitionFeatures(connection));
    if (canChangeFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        supersede();
        roots = [...roots.filter((root) => !gone.has(root.uri)), ...added.flatMap(toRoot)];
        monitor?.setSettings(monitorSettings());
        // What is open in a new root counts as it is typed, not as it lies on disk.
        if (settings?.run !== 'onSave')
          for (const document of documents.all())
            if (languages.has(document.languageId)) overrideOf(document, document.getText());
        schedule('code');
      });
    health('starting', 'Starting');
    work.background(() => updateInBackground('code'));
  });

  connection.onDidChangeWatchedFiles(({ changes: all }) => {
    // Events are hints: what they name is looked at again, nothing is taken from them.
    const changes = all.filter(({ uri }) => !watches.isOfAlerts(pathOf(uri)));
    if (changes.length < all.length)
      work.background(async () => {
        if (monitor) offer(await monitor.reevaluate());
      });
    if (changes.length === 0) return;
    const isCode = ({ uri }: FileEvent): boolean =>
      /\.(?:[cm]?[jt]s|[jt]sx|py|rs)$/i.test(uri) || uri.endsWith('/config.json');
    const isContent = (event: FileEvent): boolean =>
      event.type === FileChangeType.Changed &&
      !isCode(event) &&
      !event.uri.includes('/.slo-lens/') &&
      (/\/agent_workspaces\/[^/]+\/status\.json$/.test(event.uri) || watches.isNamed(pathOf(event.uri)));
    if (changes.every(isContent)) {
      // Of many agents the files are looked at each second anyway, and so are the others.
      if (!monitor?.hasManyAgents) schedule('sweep');
      return;
    }
    const code = changes.some(isCode);
    for (const { uri } of changes) results.delete(uri);
    generation++;
    schedule(code ? 'code' : 'files');
  });

  connection.onNotification(settingsNotification, (params: SettingsParams) => {
    supersede();
    settings = params.settings;
    trusted = params.trusted;
    monitor?.setSettings(monitorSettings());
    diagnosticsChanged();
    schedule('code');
  });

  connection.onNotification(wholeReportNotification, () => {
    sender.sendWhole();
    if (monitor && shown) offer(shown);
  });

  const overrideOf = (document: TextDocument, text: string | undefined): void => {
    const absolute = pathOf(document.uri);
    const located = absolute === null ? null : monitor?.locate(absolute);
    if (located) monitor?.scanOf(located.root)?.setOverride(located.path, text);
  };
  documents.onDidChangeContent(({ document }) => {
    if (!languages.has(document.languageId) || settings?.run === 'onSave') return;
    typedAt = clock.now();
    overrideOf(document, document.getText());
    edited.add(document.uri);
    settleEdits();
  });
  documents.onDidOpen(({ document }) => {
    if (isTypedDefinition(document)) features.open(document.uri);
    // What was said of the file on disk: from now on the document speaks for itself.
    if (isTypedDefinition(document)) faults.clear(document.uri);
  });
  documents.onDidSave(({ document }) => {
    if (definitions.keyOf(document.uri) !== null) schedule('files');
    if (languages.has(document.languageId)) {
      if (settings?.run === 'onSave') {
        results.delete(document.uri);
        diagnosticsChanged();
      }
      schedule('code');
    }
  });
  documents.onDidClose(({ document }) => {
    features.close(document.uri);
    overrideOf(document, undefined);
    results.delete(document.uri);
    schedule(languages.has(document.languageId) ? 'code' : 'files');
  });

  connection.languages.diagnostics.on(
    (params): DocumentDiagnosticReport =>
      safe('textDocument/diagnostic', { kind: 'full', items: [] } as DocumentDiagnosticReport, () => {
        const document = documents.get(params.textDocument.uri);
        const diagnostics = document ? documentDiagnostics(document) : [];
        // Answering a large file may have taken as long as the pause in typing: the next keystroke may be on its way.
        if (editSettle) settleEdits();
        return reportFor(params.textDocument.uri, params.previousResultId, diagnostics);
      }),
  );

  let saidNothingNew = '';
  connection.languages.diagnostics.onWorkspace(async (params, token) => {
    await work.settled;
    if (token.isCancellationRequested || !monitor) return { items: [] };
    const current = monitor;
    const previous = new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]));
    // Clients ask every two seconds. The same question, to which there was nothing new to say, needs no second look.
    const asked = `${generation} ${JSON.stringify(params.previousResultIds)}`;
    if (asked === saidNothingNew) return { items: [] };
    const items = [];
    const seen = new Set<string>();
    for (const root of current.roots)
      for (const file of current.scanOf(root)?.findings ?? []) {
        const uri = URI.file(options.ports.fs.join(root.path, ...file.path.split('/'))).toString();
        // Open documents have their own, fresher answer.
        if (documents.get(uri) || current.isExcluded(root, file.path)) continue;
        const diagnostics =
          settings?.run === 'off'
            ? []
            : diagnosticsOf(file, uri, current.minConfidence(root), (other) =>
                URI.file(options.ports.fs.join(root.path, ...other.split('/'))).toString(),
              );
        if (diagnostics.length === 0 && !previous.has(uri)) continue;
        seen.add(uri);
        items.push({ uri, version: null, ...reportFor(uri, previous.get(uri), diagnostics) });
      }
    // What is gone is cleared.
    for (const uri of previous.keys())
      if (!seen.has(uri) && !documents.get(uri))
        items.push({ uri, version: null, ...reportFor(uri, previous.get(uri), []) });
    saidNothingNew = items.every(({ kind }) => kind === 'unchanged') ? asked : '';
    return { items };
  });

  connection.onCodeAction((params): CodeAction[] =>
    safe('textDocument/codeAction', [], () => {
      const document = documents.get(params.textDocument.uri);
      const isOurs = params.context.diagnostics.some(({ source }) => source === diagnosticSource);
      if (document && isTypedDefinition(document)) return features.actions(document, params);
      // A cursor that moves asks each time.
      if (!document || !(isOurs || params.context.only)) return [];
      const analysis = analysisOf(document);
      if (!analysis) return [];
      const isShown = shownFrom(analysis.minConfidence);
      const text = document.getText();
      let last = text;
      const actions = codeActions(params, {
        document,
        findings: analysis.analyze(text).findings.filter(isShown),
        isKind: (code) => monitor?.kinds.some((kind) => kind.id === code) === true,
        isShown,
        analyze: (next) => {
          last = next;
          return analysis.analyze(next);
        },
      });
      // What was tried is not what is there.
      if (last !== text) analysis.analyze(text);
      return actions;
    }),
  );

  offerDefinitionFeatures(connection, {
    features,
    find: (uri) => {
      const document = documents.get(uri);
      return document && isTypedDefinition(document) ? document : null;
    },
    safe,
    offersOutline: () => settings?.definitions?.schemaElsewhere !== true,
    offersLenses: () => settings?.definitions?.codeLens !== false,
  });

  const progressOf = (
    token: string | number | undefined,
    title: string,
  ): { readonly report: (message: string, share: number) => void; readonly done: () => void } => {
    if (token === undefined) return { report: () => undefined, done: () => undefined };
    const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void =>
      sent(connection.sendProgress(WorkDoneProgress.type, token, value));
    send({ kind: 'begin', title, percentage: 0, cancellable: true });
    return {
      report: (message, share) => send({ kind: 'report', message, percentage: Math.round(share * 100) }),
      done: () => send({ kind: 'end' }),
    };
  };

  const running = (): Monitor => {
    if (!monitor) throw new ResponseError(LSPErrorCodes.RequestFailed, 'SLO Lens has not started yet');
    return monitor;
  };

  connection.onRequest(refreshRequest, (params: RefreshParams, token): Promise<RefreshResult> => {
    // One refresh at a time. Its commands run beside the queue: views and documents are served meanwhile.
    const result = refreshing.then(() => refresh(params, cancellationOf(token)));
    refreshing = result.catch(() => undefined);
    return result;
  });
  const refresh = async (params: RefreshParams, cancellation: Cancellation): Promise<RefreshResult> => {
    const progress = progressOf(params.workDoneToken, 'Refresh snapshots');
    try {
      const current = running();
      await work.run(() => current.walk(cancellation));
      const commands = current.runRefreshCommands(cancellation, progress.report);
      offer(current.report());
      const done = await commands;
      return await work.run(async () => {
        health('scanning', 'Reading everything again');
        const report = await current.finishRefresh(done, cancellation, progress.report);
        diagnosticsChanged();
        show(report);
        scheduleTick();
        return { refresh: report.refresh, report };
      });
    } finally {
      progress.done();
    }
  };
  connection.onRequest(
    analyzeWorkspaceRequest,
    (params: AnalyzeWorkspaceParams, token): Promise<AnalyzeWorkspaceResult> =>
      work.run(async () => {
        const progress = progressOf(params.workDoneToken, 'Analyze workspace');
        try {
          const report = await update('code', cancellationOf(token), (share) => progress.report('Analysing', share));
          return { report: report ?? running().report(), cancelled: token.isCancellationRequested };
        } finally {
          progress.done();
        }
      }),
  );
  connection.onRequest(handleAlertsRequest, (params: HandleAlertsParams): Promise<HandleAlertsResult> => {
    const { keys, act } = params;
    return work.run(async () => {
      const report = await running().handleAlerts(keys, act);
      show(report);
      scheduleTick();
      return { report };
    });
  });
  connection.onRequest(
    testOutputsRequest,
    (): Promise<TestOutputsResult> =>
      work.run(async () => {
        const report = running().testOutputs();
        show(report);
        return { outputs: report.outputs.length };
      }),
  );
  connection.onRequest(
    exportHistoryRequest,
    (): Promise<ExportHistoryResult> => work.run(() => running().exportHistory()),
  );
  connection.onRequest(
    importHistoryRequest,
    ({ text }: ImportHistoryParams): Promise<ImportHistoryResult> =>
      work.run(async () => {
        const done = await running().importHistory(text);
        show(running().report());
        return done;
      }),
  );
  /** A monitor beside the one of the workspace, under the settings of now: it remembers nothing and tells nobody. */
  const monitorOf = (root: Root, fs = options.ports.fs): Monitor =>
    new Monitor(
      { ...options.ports, fs, logger, breathe, toUri: uriOfPath },
      { ...monitorSettings(), roots: [root], cacheFolder: null, history: null, alertOutputs: undefined },
    );
  offerFirstCrossing(connection, {
    monitor: running,
    isTrusted: () => trusted,
    revisions: options.revisions,
    monitorOf,
    cancellationOf,
    progressOf,
  });
  connection.onRequest(explainRequest, (params: ExplainParams): ExplainResult => {
    if ('kind' in params) {
      const kind = running().kinds.find((candidate) => candidate.id === params.kind);
      return kind ? { title: kind.title, markdown: rulePage(kind) } : null;
    }
    const absolute = pathOf(params.uri);
    const located = absolute === null ? null : monitor?.locate(absolute);
    const file = located
      ? monitor?.scanOf(located.root)?.findings.find((candidate) => candidate.path === located.path)
      : undefined;
    const finding = file?.findings.find(
      (candidate) => candidate.range.startLine <= params.line && candidate.range.endLine >= params.line,
    );
    const kind = finding ? running().kinds.find((candidate) => candidate.id === finding.kind) : undefined;
    return kind ? { title: kind.title, markdown: rulePage(kind) } : null;
  });
  connection.onRequest(exportRequest, (params: ExportParams): ExportResult => {
    const rootUri = roots[0]?.uri ?? 'file:///';
    const { kinds } = running();
    return exportedText(running().report(), params.format, { version: options.version, kinds, rootUri });
  });
  offerDrafts(connection, () => running().report());
  offerLanguageTools(connection, {
    running,
    isTrusted: () => trusted,
    revisions: options.revisions,
    rescan: (cancellation) => work.run(() => update('code', cancellation)),
    monitorOf,
    settingsKey: () => JSON.stringify(settings),
  });
  connection.onRequest(definitionTextRequest, (): DefinitionTextResult => ({ text: newDefinitionText() }));
  connection.onRequest(debugInformationRequest, (): DebugInformationResult => {
    const report = monitor?.report();
    return {
      text: [
        `SLO Lens ${options.version}, Node ${process.version}, ${process.platform} ${process.arch}`,
        `Roots: ${roots.length}; trusted: ${trusted}; open documents: ${documents.all().length}; scanning: ${scanning > 0}`,
        ...vitals.lines(),
        report
          ? `Code: ${report.code.state}, ${report.code.files.analysed} files, ${report.code.files.lines} lines, ${report.code.durationMs ?? '–'} ms`
          : 'No report yet',
        report
          ? `Objectives: ${report.headline.text}; definition ${report.definition.source}, ${report.definition.state}`
          : '',
      ].join('\n'),
    };
  });

  connection.onShutdown(async () => {
    ended = true;
    for (const owned of [updates, sender, editSettle, tick, vitals]) owned?.dispose();
    await monitor?.close();
  });

  documents.listen(connection);
  connection.listen();
}

/** What of a monitor the plan of its looks goes by. */
function watchedBy(monitor: Monitor): Watched {
  const { hasManyAgents, isMidSweep, lag } = monitor;
  return { hasManyAgents, isMidSweep, lag, nextChange: () => monitor.nextChange() };
}

function uriOfPath(path: string): string {
  return URI.file(path).toString();
}

function toRoot(folder: { readonly uri: string; readonly name: string }): Root[] {
  const parsed = URI.parse(folder.uri);
  return parsed.scheme === 'file'
    ? [{ name: folder.name || basename(parsed.fsPath), uri: folder.uri, path: parsed.fsPath }]
    : [];
}

function untitledPath(document: TextDocument): string {
  const endings: Readonly<Record<string, string>> = {
    typescript: 'ts',
    typescriptreact: 'tsx',
    javascriptreact: 'jsx',
  };
  return `untitled-${basename(URI.parse(document.uri).path)}.${endings[document.languageId] ?? 'js'}`;
}
