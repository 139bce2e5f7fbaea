/** The language server as seen from the editor: started once, restarted by single flight, its watchers owned by it. */
import {
  type Disposable,
  type ExtensionContext,
  LanguageStatusSeverity,
  type LogOutputChannel,
  languages,
  workspace,
} from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { AgentsParams, HealthParams, InitializationOptions, ReportParams, Settings } from '../protocol/messages';
import { KnownAgents } from './agentPages';
import type { ReportStore } from './reportStore';

// The protocol's method names; its module is types only here.
const methods = {
  report: 'sloLens/report',
  agents: 'sloLens/agents',
  health: 'sloLens/health',
  settings: 'sloLens/settings',
} as const;

const selector = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'].flatMap((language) => [
  { language, scheme: 'file' },
  { language, scheme: 'untitled' },
]);

/** Exact patterns only; what they see is a hint to the server. */
const watched = [
  '**/agent_workspaces/*/status.json',
  '**/.slo-lens/*',
  '**/{project_analysis,test_analysis,chatgpt_project_context,dependency_cache}.json',
  '**/message_queue/queue.json',
  '**/runtime/**/*.{json,jsonl,prom}',
  '**/*.{js,jsx,cjs,mjs,ts,tsx,cts,mts,py,rs}',
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
  };
}

export class Server implements Disposable {
  private client: LanguageClient | null = null;
  private owned: Disposable[] = [];
  private running: Promise<void> = Promise.resolve();
  private readonly agents = new KnownAgents();
  private restartQueued: Promise<void> | null = null;
  private readonly status = languages.createLanguageStatusItem('sloLens.server', selector);

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

  /** One restart at a time; further calls join the one that waits. */
  restart(): Promise<void> {
    this.restartQueued ??= this.running
      .then(() => this.close())
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
    return this.client?.isRunning() ? await this.client.sendRequest<T>(method, params, token) : undefined;
  }

  private async open(): Promise<void> {
    const module = this.context.asAbsolutePath('dist/server.js');
    const server: ServerOptions = {
      run: { module, transport: TransportKind.ipc, options: { execArgv: ['--max-old-space-size=2048'] } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
    };
    const initializationOptions: InitializationOptions = {
      storagePath: this.context.storageUri?.scheme === 'file' ? this.context.storageUri.fsPath : null,
      trusted: workspace.isTrusted,
      settings: readSettings(),
    };
    const watchers = watched.map((pattern) => workspace.createFileSystemWatcher(pattern));
    const options: LanguageClientOptions = {
      documentSelector: selector,
      outputChannel: this.log,
      initializationOptions,
      synchronize: { fileEvents: watchers },
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
    };
    const client = new LanguageClient('sloLens', 'SLO Lens', server, options);
    this.client = client;
    this.owned = [
      ...watchers,
      client.onNotification(methods.report, (params: ReportParams) => this.store.set(this.agents.take(params))),
      client.onNotification(methods.agents, (params: AgentsParams) => this.store.set(this.agents.takePage(params))),
      client.onNotification(methods.health, (params: HealthParams) => this.showHealth(params)),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Stopped)
          this.showHealth({
            state: 'error',
            message: 'The language server is not running',
            progress: null,
            residentMegabytes: 0,
          });
      }),
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('sloLens') && this.sendSettings()),
      workspace.onDidGrantWorkspaceTrust(() => this.sendSettings()),
    ];
    await client.start();
  }

  private async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    for (const part of this.owned) part.dispose();
    this.owned = [];
    this.agents.clear();
    this.store.set(null);
    if (client) await client.dispose();
  }

  private sendSettings(): void {
    void this.client?.sendNotification(methods.settings, { settings: readSettings(), trusted: workspace.isTrusted });
  }

  private showHealth(health: HealthParams): void {
    this.status.busy = health.state === 'scanning' || health.state === 'starting';
    this.status.severity = health.state === 'error' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.status.text =
      health.state === 'error' ? 'SLO Lens: error' : health.state === 'ready' ? 'SLO Lens: ready' : 'SLO Lens: working';
    this.status.detail = `${health.message}${health.residentMegabytes > 0 ? `, ${health.residentMegabytes} MB` : ''}`;
  }

  private failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(`The language server did not start: ${message}`);
    this.showHealth({
      state: 'error',
      message: `The language server did not start: ${message}`,
      progress: null,
      residentMegabytes: 0,
    });
  }

  dispose(): void {
    this.status.dispose();
    void this.stop();
  }
}
