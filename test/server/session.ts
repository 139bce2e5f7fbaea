/** One client and the real server over in-memory streams; what the server sends is kept. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type UnregistrationParams,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { KnownReport } from '../../src/client/knownReport';
import { nodeGit } from '../../src/monitor/node/nodeGit';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../../src/monitor/node/nodePorts';
import { nodeRevisions } from '../../src/monitor/node/nodeRevisions';
import { nodeSender } from '../../src/monitor/node/nodeSender';
import type { HealthParams, RecycleParams, ReportParams, Settings } from '../../src/protocol/messages';
import type { WorkspaceReport } from '../../src/report/report';
import { type ServerOptions, startServer } from '../../src/server/server';

export const defaultSettings: Settings = {
  run: 'onType',
  minConfidence: 'medium',
  exclude: [],
  severityOverrides: {},
  agents: { activeMinutes: 15, restingMinutes: 60, futureToleranceSeconds: 120, timeZone: 'UTC' },
  refreshCommands: [],
  refreshTimeoutSeconds: 20,
  alertOutputs: [],
};

/** One HIGH finding: an interval whose handle is dropped. */
export const leak = 'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n';
/** The same without the leak. */
export const clean = 'export function poll(f: () => void) {\n  return setInterval(f, 1);\n}\n';

export interface WorkspaceItem {
  readonly uri: string;
  readonly kind: 'full' | 'unchanged';
  readonly resultId: string;
  readonly items?: readonly Diagnostic[];
}

const isScanning = (state: WorkspaceReport['code']['state']): boolean =>
  state === 'scanning' || state === 'not-scanned';

export class Session {
  readonly reports: WorkspaceReport[] = [];
  /** The same as they came: whole, or what changed. */
  readonly messages: ReportParams[] = [];
  losesMessages = false;
  private readonly known = new KnownReport();
  readonly health: HealthParams[] = [];
  /** Megabytes with which the server asked to be started anew. */
  readonly recycles: number[] = [];
  readonly published = new Map<string, readonly Diagnostic[]>();
  readonly log: string[] = [];
  readonly progress: { readonly kind: string; readonly message?: string }[] = [];
  /** Patterns that the server has asked to be watched, by registration. */
  readonly watched = new Map<string, readonly { readonly baseUri: string; readonly pattern: string }[]>();
  refreshes = 0;
  private version = 1;

  private constructor(
    readonly client: MessageConnection,
    readonly folders: readonly string[],
  ) {}

  /**
   * Starts a server.
   * @param files of each root: path → text
   */
  static async open(
    files: readonly Readonly<Record<string, string>>[],
    options: {
      readonly ports?: Partial<ServerOptions['ports']>;
      readonly settings?: Partial<Settings>;
      readonly trusted?: boolean;
      readonly storagePath?: string;
      readonly memory?: ServerOptions['memory'];
      readonly capabilities?: object;
      /** The client watches what it is asked to. */
      readonly watches?: boolean;
      readonly before?: (folders: readonly string[]) => void;
    } = {},
  ): Promise<Session> {
    const folders = files.map((texts) => {
      const folder = mkdtempSync(join(tmpdir(), 'slo-lens-session-'));
      for (const [path, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return folder;
    });
    options.before?.(folders);
    const up = new PassThrough();
    const down = new PassThrough();
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
      ports: {
        fs: nodeFileSystem,
        clock: nodeClock,
        git: nodeGit,
        runner: nodeCommandRunner,
        sender: nodeSender,
        ...options.ports,
      },
      ...(options.memory ? { memory: options.memory } : {}),
      revisions: nodeRevisions,
      writer: 'test',
      version: 'test',
    });
    const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const session = new Session(client, folders);
    client.onNotification('sloLens/report', (params: ReportParams) => {
      session.messages.push(params);
      const report = session.losesMessages ? null : session.known.take(params);
      if (report) session.reports.push(report);
      else if (!session.losesMessages) void client.sendNotification('sloLens/wholeReport');
    });
    client.onNotification('sloLens/health', (params: HealthParams) => {
      session.health.push(params);
    });
    client.onNotification('sloLens/recycle', ({ residentMegabytes }: RecycleParams) => {
      session.recycles.push(residentMegabytes);
    });
    client.onNotification('window/logMessage', ({ message }: { message: string }) => {
      session.log.push(message);
    });
    client.onNotification('$/progress', ({ value }: { value: { kind: string; message?: string } }) => {
      session.progress.push(value);
    });
    client.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: readonly Diagnostic[] }) => {
        session.published.set(params.uri, params.diagnostics);
      },
    );
    const capabilities = options.capabilities ?? {
      workspace: {
        workspaceFolders: true,
        diagnostics: { refreshSupport: true },
        ...(options.watches
          ? { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } }
          : {}),
      },
    };
    if (options.capabilities === undefined) {
      client.onRequest('workspace/diagnostic/refresh', () => {
        session.refreshes++;
        return null;
      });
      client.onRequest('client/registerCapability', (params: RegistrationParams) => {
        for (const { id, method, registerOptions } of params.registrations)
          if (method === 'workspace/didChangeWatchedFiles')
            session.watched.set(
              id,
              registerOptions.watchers.map(({ globPattern }: { globPattern: object }) => globPattern),
            );
        return null;
      });
      client.onRequest('client/unregisterCapability', (params: UnregistrationParams) => {
        for (const { id } of params.unregisterations) session.watched.delete(id);
        return null;
      });
    }
    client.listen();
    await client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((folder, index) => ({ uri: URI.file(folder).toString(), name: `root${index}` })),
      initializationOptions: {
        storagePath: options.storagePath ?? null,
        trusted: options.trusted ?? true,
        settings: { ...defaultSettings, ...options.settings },
        takesPatches: true,
      },
    });
    await client.sendNotification('initialized', {});
    return session;
  }

  get report(): WorkspaceReport {
    const report = this.reports.at(-1);
    if (!report) throw new Error('no report yet');
    return report;
  }

  path(path: string, root = 0): string {
    return join(this.folders[root] ?? '', ...path.split('/'));
  }

  uri(path: string, root = 0): string {
    return URI.file(this.path(path, root)).toString();
  }

  write(path: string, text: string, root = 0): void {
    mkdirSync(dirname(this.path(path, root)), { recursive: true });
    writeFileSync(this.path(path, root), text);
  }

  /** Tells the server that files changed, as the editor's watcher would. */
  async changed(...paths: readonly string[]): Promise<void> {
    await this.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: paths.map((path) => ({ uri: this.uri(path), type: 2 })),
    });
  }

  /** The same of any file, by its absolute path. */
  async hint(absolute: string): Promise<void> {
    await this.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: URI.file(absolute).toString(), type: 2 }],
    });
  }

  async openDocument(path: string, text: string, root = 0, languageId = 'typescript'): Promise<void> {
    await this.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(path, root), languageId, version: this.version++, text },
    });
  }

  async edit(path: string, text: string): Promise<void> {
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version: this.version++ },
      contentChanges: [{ text }],
    });
  }

  async close(path: string): Promise<void> {
    await this.client.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  async settings(settings: Partial<Settings>, trusted = true): Promise<void> {
    await this.client.sendNotification('sloLens/settings', { settings: { ...defaultSettings, ...settings }, trusted });
  }

  pull(path: string, previousResultId?: string, root = 0): Promise<WorkspaceItem> {
    return this.client.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: this.uri(path, root) },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async pullWorkspace(
    previousResultIds: readonly { readonly uri: string; readonly value: string }[] = [],
  ): Promise<readonly WorkspaceItem[]> {
    const { items } = await this.client.sendRequest<{ readonly items: readonly WorkspaceItem[] }>(
      'workspace/diagnostic',
      { previousResultIds },
    );
    return items;
  }

  /** Waits until something holds; fails with its name after 15 s, or as said. */
  async until(what: string, holds: () => boolean, ms = 15_000): Promise<void> {
    for (const end = Date.now() + ms; !holds(); ) {
      if (Date.now() > end) throw new Error(`not seen: ${what}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** The first report that has the code in it; before it come those of the first scan. */
  async firstReport(): Promise<WorkspaceReport> {
    await this.until('the first report', () => this.reports.some(({ code }) => !isScanning(code.state)));
    return this.report;
  }

  async end(): Promise<void> {
    await this.client.sendRequest('shutdown');
    this.client.dispose();
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
  }
}
