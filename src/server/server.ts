/**
 * The language server over one connection: pull diagnostics for open documents and the workspace, the report, and the
 * requests of the protocol. All work is the monitor's; this file schedules it.
 */
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
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
  agentsNotification,
  type HealthParams,
  healthNotification,
  type InitializationOptions,
  type RecycleParams,
  recycleNotification,
  reportNotification,
  type Settings,
  type SettingsParams,
  settingsNotification,
  wholeReportNotification,
} from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import { offerAlertRequests } from './alertRequests';
import { abilitiesOf, noAbilities } from './clientAbilities';
import { codeActionKinds } from './codeActions';
import { CodeDocuments } from './codeDocuments';
import { offerFirstCrossing } from './crossings';
import { DefinitionDocuments } from './definitionDocuments';
import { DefinitionFeatures } from './definitionFeatures';
import { definitionCapabilities, offerDefinitionFeatures, registerDefinitionFeatures } from './definitionRequests';
import { DiagnosticResults } from './diagnosticResults';
import { diagnosticSource } from './diagnostics';
import { followDocuments } from './documentEvents';
import { offerDocumentRequests } from './documentRequests';
import { Edits } from './edits';
import { FaultPublisher } from './faultPublisher';
import { subjectOf } from './fileEvents';
import { offerLanguageTools } from './languageTools';
import { createProgress } from './progress';
import { type MemoryBounds, Recycling } from './recycling';
import { ReportSender } from './reportSender';
import { settingsInForce } from './settingsInForce';
import { offerTexts } from './textRequests';
import { Tidying } from './tidying';
import { pathOf, rootsOf, uriOfPath } from './uris';
import { watchProcess } from './vitals';
import { Watches } from './watches';
import { WorkQueue } from './workQueue';
import { offerWorkspaceRequests } from './workspaceRequests';
import { WorkspaceUpdates } from './workspaceUpdates';

/** Diagnostics of an open document are asked for by the client; the report follows at most once a second. */
const reportEveryMs = 1000;
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
  readonly memory?: MemoryBounds;
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
  let client = noAbilities;
  /** Rises with everything that may change a diagnostic. */
  let generation = 0;
  let ended = false;
  let typedAt = Number.NEGATIVE_INFINITY;
  const vitals = watchProcess();
  const logger = {
    info: (message: string) => connection.console.info(message),
    warn: (message: string) => connection.console.warn(message),
    error: (message: string) => connection.console.error(message),
  };

  const monitorSettings = (): MonitorSettings =>
    settingsInForce({ roots, trusted, settings, storagePath }, options.ports.fs, options.writer);

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
    if (client.refreshesDiagnostics) sent(Promise.resolve(connection.languages.diagnostics.refresh()));
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

  /** Scanning is nobody's hurry while somebody types. */
  const breathe = (): Promise<void> =>
    new Promise((done) => {
      if (isTyping()) clock.setTimeout(done, giveWayMs);
      else setImmediate(done);
    });
  const cancellationOf = (token: CancellationToken): Cancellation => ({
    isCancelled: () => ended || token.isCancellationRequested,
  });

  const recycling = new Recycling(vitals, options.memory, async (residentMegabytes) => {
    logger.info(`Memory has reached ${residentMegabytes} MB: the server asks to be started anew`);
    await monitor?.saveCaches();
    sent(connection.sendNotification(recycleNotification, { residentMegabytes } satisfies RecycleParams));
  });

  /** The newest report, also for what stands in definition files. */
  let shown: WorkspaceReport | null = null;
  const offer = (report: WorkspaceReport): void => {
    shown = report;
    if (monitor) sender.offer(report, monitor.fleet());
    if (client.refreshesLenses && documents.all().some(isTypedDefinition))
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

  const updates = new WorkspaceUpdates({
    clock,
    logger,
    vitals,
    work,
    monitor: () => monitor,
    isEnded: () => ended,
    health,
    diagnosticsChanged,
    offer,
    publishFaults: (report) => publishFaults(report),
    show: (report, isAwaited) => {
      if (isAwaited) sender.hurry();
      show(report);
    },
    scanned: () => {
      if (!ended) tidying.soon();
    },
    updated: async () => {
      if (!ended) await recycling.check();
    },
  });
  const isTyping = (): boolean => clock.now() - typedAt < typingMs;
  const tidying = new Tidying({
    clock,
    residentMegabytes: vitals.residentMegabytes,
    isBusy: () => updates.isScanning || isTyping(),
    collect: globalThis.gc,
  });

  const edits = new Edits(clock, () => work.background(afterEdits));
  /** The report after edits: the edited documents are analysed, nothing is read from disk. */
  const afterEdits = async (): Promise<void> => {
    for (const uri of edits.begin()) {
      const document = documents.get(uri);
      if (document) documentDiagnostics(document);
    }
    edits.clear();
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
    client = abilitiesOf(params);
    watches.isAsked = client.watchesOnDemand;
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
        ...(client.registersOnDemand ? {} : definitionCapabilities),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (client.registersOnDemand) sent(registerDefinitionFeatures(connection));
    if (client.changesFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        updates.supersede();
        roots = [...roots.filter((root) => !gone.has(root.uri)), ...rootsOf(added)];
        monitor?.setSettings(monitorSettings());
        // What is open in a new root counts as it is typed, not as it lies on disk.
        if (settings?.run !== 'onSave')
          for (const document of documents.all())
            if (code.isCode(document)) code.setOverride(document, document.getText());
        updates.request('code');
      });
    health('starting', 'Starting');
    work.background(() => updates.inBackground('code'));
  });

  connection.onDidChangeWatchedFiles(({ changes: all }) => {
    const changes = all.filter(({ uri }) => !watches.isOfAlerts(pathOf(uri)));
    if (changes.length < all.length)
      work.background(async () => {
        if (monitor) offer(await monitor.reevaluate());
      });
    if (changes.length === 0) return;
    const subject = subjectOf(changes, (uri) => watches.isNamed(pathOf(uri)));
    if (subject === 'content') {
      // Of many agents the files are looked at each second anyway, and so are the others.
      if (!monitor?.hasManyAgents) updates.request('sweep');
      return;
    }
    for (const { uri } of changes) results.forget(uri);
    generation++;
    updates.request(subject);
  });

  connection.onNotification(settingsNotification, (params: SettingsParams) => {
    updates.supersede();
    settings = params.settings;
    trusted = params.trusted;
    monitor?.setSettings(monitorSettings());
    diagnosticsChanged();
    updates.request('code');
  });

  connection.onNotification(wholeReportNotification, () => {
    sender.sendWhole();
    if (monitor && shown) offer(shown);
  });

  followDocuments(documents, {
    code,
    definitions,
    features,
    faults,
    results,
    isTypedDefinition,
    isRunOnSave: () => settings?.run === 'onSave',
    typed: (document) => {
      typedAt = clock.now();
      edits.add(document.uri);
    },
    diagnosticsChanged,
    request: (scope) => updates.request(scope),
  });

  offerDocumentRequests(connection, {
    document: (uri) => documents.get(uri),
    isTypedDefinition,
    diagnosticsOf: documentDiagnostics,
    answered: () => edits.delay(),
    code,
    features,
    results,
    generation: () => generation,
    settled: () => work.settled,
    safe,
  });

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

  offerWorkspaceRequests(connection, {
    work,
    running,
    progressOf,
    cancellationOf,
    update: (cancellation, progress) => updates.update('code', cancellation, progress),
    offer,
    readsAgain: () => health('scanning', 'Reading everything again'),
    refreshed: (report) => {
      diagnosticsChanged();
      show(report);
      updates.planNext();
    },
  });
  offerAlertRequests(connection, { work, running, show, scheduleTick: () => updates.planNext() });
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
      `Roots: ${roots.length}; trusted: ${trusted}; open documents: ${documents.all().length}; scanning: ${updates.isScanning}`,
      ...vitals.lines(),
    ],
  });
  offerLanguageTools(connection, {
    running,
    isTrusted: () => trusted,
    revisions: options.revisions,
    rescan: (cancellation) => work.run(() => updates.update('code', cancellation)),
    monitorOf,
    settingsKey: () => JSON.stringify(settings),
  });
  connection.onShutdown(async () => {
    ended = true;
    for (const owned of [updates, tidying, sender, edits, vitals]) owned.dispose();
    await monitor?.close();
  });

  documents.listen(connection);
  connection.listen();
}
