/** The language server as seen from the editor: started once, restarted by single flight, its watchers owned by it. */
import {
  type Disposable,
  type ExtensionContext,
  extensions,
  LanguageStatusSeverity,
  type LogOutputChannel,
  languages,
  workspace,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { AgentsParams, HealthParams, InitializationOptions, ReportParams, Settings } from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import { compileCacheFolder, pruneCompileCache } from './compileCache';
import { KnownReport } from './knownReport';
import { pagePatterns } from './pagePatterns';
import type { ReportStore } from './reportStore';
import { Restarts } from './restarts';
import { serverEnvironment } from './serverEnvironment';
import serverFlags from './serverFlags.json';

// The protocol's method names; its module is types only here.
const methods = {
  report: 'sloLens/report',
  wholeReport: 'sloLens/wholeReport',
  agents: 'sloLens/agents',
  health: 'sloLens/health',
  settings: 'sloLens/settings',
  recycle: 'sloLens/recycle',
} as const;

const selector = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact'].flatMap((language) => [
    { language, scheme: 'file' },
    { language, scheme: 'untitled' },
  ]),
  // Whatever their language is taken for: that depends on which extensions are there.
  { scheme: 'file', pattern: '**/*.{vue,svelte}' },
];
/** Definition files, whatever their language is taken for. The protocol's module is types only here. */
const definitions = { scheme: 'file', pattern: '**/.slo-lens/{slo.yaml,*.slo.yaml}' };
/** It offers what a schema says, and ours is contributed to it. */
const schemaExtension = 'redhat.vscode-yaml';

/** Exact patterns only; what they see is a hint to the server. */
const watched = [
  '**/agent_workspaces/*/status.json',
  '**/.slo-lens/*',
  '**/{project_analysis,test_analysis,chatgpt_project_context,dependency_cache}.json',
  '**/message_queue/queue.json',
  '**/runtime/**/*.{json,jsonl,prom}',
  '**/*.{js,jsx,cjs,mjs,ts,tsx,cts,mts,vue,svelte,py,rs}',
  ...pagePatterns,
];

export function readSettings(): Settings {
  const config = workspace.getConfiguration('sloLens');
  return {
    run: config.get('analysis.run', 'onType'),
    minConfidence: config.get('analysis.minConfidence', 'medium'),
    exclude: config.get('analysis.exclude', []),
    severityOverrides: config.get('analysis.severity', {}),
    agents: {
      activeMinutes: config.get('agents.activeMinutes', 15),
      restingMinutes: config.get('agents.restingMinutes', 60),
      futureToleranceSeconds: config.get('agents.futureToleranceSeconds', 120),
      timeZone: config.get('agents.timeZone', 'local'),
    },
    refreshCommands: config.get('refresh.commands', []),
    refreshTimeoutSeconds: config.get('refresh.timeoutSeconds', 600),
    definitions: {
      schemaElsewhere:
        extensions.getExtension(schemaExtension) !== undefined &&
        workspace.getConfiguration('yaml').get<boolean>('completion') !== false,
      codeLens: config.get('definitions.codeLens', true),
    },
    // A workspace must not name a command or a URL, whatever scope the editor grants the setting.
    alertOutputs: config.inspect('alerts.outputs')?.globalValue,
  };
}

export class Server implements Disposable {
  private client: LanguageClient | null = null;
  private owned: Disposable[] = [];
  private running: Promise<void> = Promise.resolve();
  private readonly known = new KnownReport();
  private restartQueued: Promise<void> | null = null;
  private readonly restarts = new Restarts();
  private keepsEnding = false;
  private restartTimer: NodeJS.Timeout | undefined;
  private sentSettings = '';
  private readonly status = languages.createLanguageStatusItem('sloLens.server', [...selector, definitions]);

  constructor(
    private readonly context: ExtensionContext,
    private readonly store: ReportStore,
    private readonly log: LogOutputChannel,
  ) {
    this.status.name = 'SLO Lens';
    this.status.text = 'SLO Lens';
    this.status.command = { command: 'sloLens.showLog', title: 'Show log' };
  }

  /** Registrations that live with the server; a restart leaves their number as it was. */
  get ownedCount(): number {
    return this.owned.length;
  }

  start(): Promise<void> {
    this.running = this.running.then(() => this.open()).catch((error: unknown) => this.failed(error));
    return this.running;
  }

  /**
   * One restart at a time; further calls join the one that waits.
   * @param keepsReport whether the views show the last report meanwhile, since nothing has happened to what it says
   */
  restart(keepsReport = false): Promise<void> {
    this.restartQueued ??= this.running
      .then(() => this.close(keepsReport))
      .then(() => this.open())
      .catch((error: unknown) => this.failed(error))
      .finally(() => {
        this.restartQueued = null;
      });
    this.running = this.restartQueued;
    return this.restartQueued;
  }

  async stop(): Promise<void> {
    await this.running;
    await this.close();
  }

  /** Sends a request; undefined when the server does not run. */
  async request<T>(method: string, params: object, token?: import('vscode').CancellationToken): Promise<T | undefined> {
    await this.running;
    if (!this.client?.isRunning()) return undefined;
    // An absent token would be taken for one more parameter.
    return await (token
      ? this.client.sendRequest<T>(method, params, token)
      : this.client.sendRequest<T>(method, params));
  }

  /**
   * V8's options for the server. The frugal ones make it collect sooner: a third less memory at its peak and idle, a twentieth
   * more time for a scan. A later V8 may not know them, and then ends at once: so a server that keeps ending goes without.
   */
  private flags(): string[] {
    const { bound, frugal } = serverFlags;
    return this.keepsEnding ? bound : [...bound, ...frugal];
  }

  private async open(): Promise<void> {
    const module = this.context.asAbsolutePath('dist/server.js');
    const server: ServerOptions = {
      run: {
        module,
        transport: TransportKind.ipc,
        options: { execArgv: this.flags(), env: serverEnvironment(compileCacheFolder(this.context), process.env) },
      },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
    };
    // Asked at each start: one that follows a crash is to have the settings of then.
    const initializationOptions = (): InitializationOptions => {
      const settings = readSettings();
      this.sentSettings = JSON.stringify({ settings, trusted: workspace.isTrusted });
      return {
        storagePath: this.context.storageUri?.scheme === 'file' ? this.context.storageUri.fsPath : null,
        trusted: workspace.isTrusted,
        settings,
        takesPatches: true,
      };
    };
    const watchers = watched.map((pattern) => workspace.createFileSystemWatcher(pattern));
    const options: LanguageClientOptions = {
      documentSelector: [...selector, definitions],
      outputChannel: this.log,
      initializationOptions,
      synchronize: { fileEvents: watchers },
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.closedByItself(),
      },
    };
    const client = new LanguageClient('sloLens', 'SLO Lens', server, options);
    this.client = client;
    this.owned = [
      ...watchers,
      client.onNotification(methods.report, (params: ReportParams) => this.take(client, params)),
      client.onNotification(methods.agents, (params: AgentsParams) => this.show(this.known.takePage(params))),
      client.onNotification(methods.health, (params: HealthParams) => this.showHealth(params)),
      client.onNotification(methods.recycle, () => {
        this.log.info('The language server asks to be started anew, to give memory back');
        void this.restart(true);
      }),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Stopped && this.restartTimer === undefined)
          this.showState('error', 'The language server is not running');
      }),
      workspace.onDidChangeConfiguration(
        (event) => ['sloLens', 'yaml.completion'].some((key) => event.affectsConfiguration(key)) && this.sendSettings(),
      ),
      workspace.onDidGrantWorkspaceTrust(() => this.sendSettings()),
      extensions.onDidChange(() => this.sendSettings()),
    ];
    await client.start();
    void pruneCompileCache(this.context).catch((error: unknown) =>
      this.log.warn(`Compiled code of another version was not removed: ${messageOf(error)}`),
    );
  }

  private take(client: LanguageClient, params: ReportParams): void {
    const report = this.known.take(params);
    if (report) this.store.set(report);
    else void client.sendNotification(methods.wholeReport);
  }

  /** Pages that come before the report wait for it: what is shown stays meanwhile. */
  private show(report: WorkspaceReport | null): void {
    if (report) this.store.set(report);
  }

  /** The server crashed or was killed. The views keep what they show; nobody is interrupted. */
  private closedByItself(): { readonly action: CloseAction; readonly handled: true } {
    const wait = this.restarts.ended(performance.now());
    this.log.warn(
      `The language server ended unexpectedly; it is started again ${wait === 0 ? 'at once' : `in ${wait / 1000} s`}`,
    );
    if (wait === 0) {
      this.showState('starting', 'The language server ended and is started again');
      return { action: CloseAction.Restart, handled: true };
    }
    this.keepsEnding = true;
    clearTimeout(this.restartTimer);
    this.restartTimer = setTimeout(() => {
      this.restartTimer = undefined;
      void this.restart(true);
    }, wait);
    this.showState('error', `The language server keeps ending; it is started again in ${wait / 1000} s`);
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private async close(keepsReport = false): Promise<void> {
    const { client } = this;
    this.client = null;
    clearTimeout(this.restartTimer);
    this.restartTimer = undefined;
    for (const part of this.owned) part.dispose();
    this.owned = [];
    if (!keepsReport) {
      this.known.clear();
      this.store.set(null);
    }
    if (client) await client.dispose();
  }

  private sendSettings(): void {
    const params = { settings: readSettings(), trusted: workspace.isTrusted };
    const text = JSON.stringify(params);
    // Extensions come and go without a change that the server would know of.
    if (text === this.sentSettings) return;
    this.sentSettings = text;
    void this.client?.sendNotification(methods.settings, params);
  }

  private showHealth(health: HealthParams): void {
    this.status.busy = health.state === 'scanning' || health.state === 'starting';
    this.status.severity = health.state === 'error' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.status.text =
      health.state === 'error' ? 'SLO Lens: error' : health.state === 'ready' ? 'SLO Lens: ready' : 'SLO Lens: working';
    this.status.detail = `${health.message}${health.residentMegabytes > 0 ? `, ${health.residentMegabytes} MB` : ''}`;
  }

  private failed(error: unknown): void {
    const message = messageOf(error);
    this.log.error(`The language server did not start: ${message}`);
    this.showState('error', `The language server did not start: ${message}`);
  }

  private showState(state: HealthParams['state'], message: string): void {
    this.showHealth({ state, message, progress: null, residentMegabytes: 0 });
  }

  dispose(): void {
    this.status.dispose();
    void this.stop();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
