/**
 * The language server over one connection: pull diagnostics for open documents and the workspace, the report, and the
 * requests of the protocol. All work is the monitor's; this file schedules it.
 */
import {
  type CancellationToken,
  type CodeAction,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  FileChangeType,
  type FileEvent,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { Monitor } from '../monitor/monitor';
import type { MonitorSettings } from '../monitor/monitorSettings';
import type { Cancellation, GitRevisions, MonitorPorts } from '../monitor/ports';
import type { Root } from '../monitor/rootFiles';
import {
  type AnalyzeWorkspaceParams,
  type AnalyzeWorkspaceResult,
  agentsNotification,
  analyzeWorkspaceRequest,
  type HealthParams,
  healthNotification,
  type InitializationOptions,
  type RecycleParams,
  type RefreshParams,
  type RefreshResult,
  recycleNotification,
  refreshRequest,
  reportNotification,
  type Settings,
  type SettingsParams,
  settingsNotification,
  wholeReportNotification,
} from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import { offerAlertRequests } from './alertRequests';
import { codeActionKinds } from './codeActions';
import { CodeDocuments } from './codeDocuments';
import { offerFirstCrossing } from './crossings';
import { DefinitionDocuments } from './definitionDocuments';
import { DefinitionFeatures } from './definitionFeatures';
import { definitionCapabilities, offerDefinitionFeatures, registerDefinitionFeatures } from './definitionRequests';
import { DiagnosticResults } from './diagnosticResults';
import { diagnosticSource } from './diagnostics';
import { FaultPublisher } from './faultPublisher';
import { offerLanguageTools } from './languageTools';
import { LookPlan, type Watched } from './lookPlan';
import { createProgress } from './progress';
import { ReportSender } from './reportSender';
import { SoFar } from './soFar';
import { offerTexts } from './textRequests';
import { pathOf, rootsOf, uriOfPath } from './uris';
import { watchProcess } from './vitals';
import { Watches } from './watches';
import { UpdateScheduler, type UpdateScope, WorkQueue } from './workQueue';

/** After the last keystroke, before the views follow. The squiggles do not wait: each pull analyses its document. */
const editSettleMs = 300;
/** Diagnostics of an open document are asked for by the client; the report follows at most once a second. */
const reportEveryMs = 1000;
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
      const found = isFirst
        ? new SoFar(
            clock,
            async () => {
              const report = await current.soFar();
              return current === monitor ? report : null;
            },
            offer,
            (error) => logger.error(`What was found so far cannot be told: ${messageOf(error)}`),
          )
        : null;
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

  const definitions = new DefinitionDocuments({
    monitor: () => monitor,
    pathOf,
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

  const results = new DiagnosticResults();
  const code = new CodeDocuments({
    monitor: () => monitor,
    settings: () => settings,
    join: options.ports.fs.join,
    document: (uri) => documents.get(uri),
    results,
  });

  const documentDiagnostics = (document: TextDocument): readonly Diagnostic[] =>
    isTypedDefinition(document) ? features.diagnostics(document) : code.diagnostics(document);

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
    roots = [...rootsOf(params.workspaceFolders ?? [])];
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
        roots = [...roots.filter((root) => !gone.has(root.uri)), ...rootsOf(added)];
        monitor?.setSettings(monitorSettings());
        // What is open in a new root counts as it is typed, not as it lies on disk.
        if (settings?.run !== 'onSave')
          for (const document of documents.all())
            if (code.isCode(document)) code.setOverride(document, document.getText());
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
      /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|py|rs)$/i.test(uri) || uri.endsWith('/config.json');
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
    const isAboutCode = changes.some(isCode);
    for (const { uri } of changes) results.forget(uri);
    generation++;
    schedule(isAboutCode ? 'code' : 'files');
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

  documents.onDidChangeContent(({ document }) => {
    if (!code.isCode(document) || settings?.run === 'onSave') return;
    typedAt = clock.now();
    code.setOverride(document, document.getText());
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
    if (code.isCode(document)) {
      if (settings?.run === 'onSave') {
        results.forget(document.uri);
        diagnosticsChanged();
      }
      schedule('code');
    }
  });
  documents.onDidClose(({ document }) => {
    features.close(document.uri);
    code.setOverride(document, undefined);
    results.forget(document.uri);
    schedule(code.isCode(document) ? 'code' : 'files');
  });

  connection.languages.diagnostics.on(
    (params): DocumentDiagnosticReport =>
      safe('textDocument/diagnostic', { kind: 'full', items: [] } as DocumentDiagnosticReport, () => {
        const document = documents.get(params.textDocument.uri);
        const diagnostics = document ? documentDiagnostics(document) : [];
        // Answering a large file may have taken as long as the pause in typing: the next keystroke may be on its way.
        if (editSettle) settleEdits();
        return results.reportFor(params.textDocument.uri, params.previousResultId, diagnostics);
      }),
  );

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    await work.settled;
    return { items: token.isCancellationRequested ? [] : [...code.workspace(previousResultIds, generation)] };
  });

  connection.onCodeAction((params): CodeAction[] =>
    safe('textDocument/codeAction', [], () => {
      const document = documents.get(params.textDocument.uri);
      if (!document) return [];
      return isTypedDefinition(document) ? features.actions(document, params) : code.actions(document, params);
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

  const progressOf = createProgress(connection, sent);

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
  offerAlertRequests(connection, { work, running, show, scheduleTick });
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
  offerTexts(connection, {
    monitor: () => monitor,
    running,
    version: options.version,
    roots: () => roots,
    state: () => [
      `Roots: ${roots.length}; trusted: ${trusted}; open documents: ${documents.all().length}; scanning: ${scanning > 0}`,
      ...vitals.lines(),
    ],
  });
  offerLanguageTools(connection, {
    running,
    isTrusted: () => trusted,
    revisions: options.revisions,
    rescan: (cancellation) => work.run(() => update('code', cancellation)),
    monitorOf,
    settingsKey: () => JSON.stringify(settings),
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
