/** The built language server as a process of its own, and the least of a client: for measuring, soaking and breaking it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-languageserver/node');
const root = fileURLToPath(new URL('../..', import.meta.url));

const { bound, frugal, environment } = JSON.parse(readFileSync(resolve(root, 'src/client/serverFlags.json'), 'utf8'));

export const serverBundle = resolve(root, 'dist/server.js');

export const settings = {
  run: 'onType',
  minConfidence: 'medium',
  exclude: [],
  severityOverrides: {},
  agents: { activeMinutes: 15, restingMinutes: 60, futureToleranceSeconds: 120, timeZone: 'UTC' },
  refreshCommands: [],
  refreshTimeoutSeconds: 20,
};

export const uriOf = (file) => pathToFileURL(file).toString();

export class ServerProcess {
  health = [];
  reports = 0;
  report = null;
  refreshes = 0;
  #version = 1;

  /**
   * Starts a server and waits for the answer to `initialize`.
   * @param folder the workspace
   * @param options `storage`: folder for cache and history; `node`: flags; `script`: another entry than the built server
   */
  static async start(
    folder,
    { storage = null, node = [], script = serverBundle, overrides = {}, env = {}, processId } = {},
  ) {
    const self = new ServerProcess();
    self.folder = folder;
    self.work = mkdtempSync(join(tmpdir(), 'slo-lens-probe-'));
    self.probeFile = join(self.work, 'probe.json');
    self.startedAt = performance.now();
    self.child = spawn(
      process.execPath,
      [...bound, ...frugal, '--require', join(root, 'test/bench/probe.cjs'), ...node, script, '--stdio'],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...environment, ...process.env, SLO_LENS_PROBE: self.probeFile, ...env },
      },
    );
    self.errors = '';
    self.child.stderr.setEncoding('utf8').on('data', (text) => {
      self.errors = (self.errors + text).slice(-20_000);
    });
    self.exited = new Promise((done) => self.child.once('exit', (code, signal) => done({ code, signal })));
    self.child.stdin.on('error', () => undefined);
    const client = createMessageConnection(
      new StreamMessageReader(self.child.stdout),
      new StreamMessageWriter(self.child.stdin),
    );
    self.client = client;
    client.onError(() => undefined);
    client.onNotification('sloLens/health', (params) => {
      self.health.push({ at: performance.now() - self.startedAt, ...params });
      if (self.health.length > 5000) self.health.splice(0, 1000);
    });
    client.onNotification('sloLens/report', ({ report }) => {
      self.reports++;
      self.report = report;
    });
    client.onRequest('workspace/diagnostic/refresh', () => {
      self.refreshes++;
      return null;
    });
    client.onRequest('client/registerCapability', () => null);
    client.listen();
    await client.sendRequest('initialize', {
      processId: processId === undefined ? process.pid : processId,
      rootUri: null,
      capabilities: { workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } } },
      workspaceFolders: [{ uri: uriOf(folder), name: basename(folder) }],
      initializationOptions: { storagePath: storage, trusted: true, settings: { ...settings, ...overrides } },
    });
    self.readyMs = performance.now() - self.startedAt;
    await client.sendNotification('initialized', {});
    return self;
  }

  uri(path) {
    return uriOf(join(this.folder, path));
  }

  open(path, text = readFileSync(join(this.folder, path), 'utf8')) {
    return this.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(path), languageId: 'typescript', version: this.#version++, text },
    });
  }

  close(path) {
    return this.client.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  /** One change, as an editor sends it. */
  change(path, range, text) {
    return this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version: this.#version++ },
      contentChanges: [range ? { range, text } : { text }],
    });
  }

  pull(path) {
    return this.client.sendRequest('textDocument/diagnostic', { textDocument: { uri: this.uri(path) } });
  }

  pullWorkspace(previousResultIds = []) {
    return this.client.sendRequest('workspace/diagnostic', { previousResultIds });
  }

  changed(paths, type = 2) {
    return this.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: paths.map((path) => ({ uri: this.uri(path), type })),
    });
  }

  analyze() {
    return this.client.sendRequest('sloLens/analyzeWorkspace', {});
  }

  refresh() {
    return this.client.sendRequest('sloLens/refresh', {});
  }

  /** Waits until something holds. */
  async until(what, holds, ms = 120_000) {
    for (const end = performance.now() + ms; !holds(); ) {
      if (performance.now() > end)
        throw new Error(`not seen within ${ms} ms: ${what}; health: ${JSON.stringify(this.health.at(-1))}`);
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`the server ended while waiting for ${what}: ${this.errors.slice(-2000)}`);
      await new Promise((done) => setTimeout(done, 10));
    }
    return performance.now() - this.startedAt;
  }

  /** The first scan has ended and its report is here. */
  scanned(ms = 600_000) {
    return this.until('a complete scan', () => this.report?.code.state === 'complete', ms);
  }

  /** Loop delay since the last question, CPU time and memory since the start. `collect`: after a garbage collection. */
  async probe(collect = false) {
    const asked = `${collect ? 'collect' : 'ask'} ${Math.random()}`;
    rmSync(this.probeFile, { force: true });
    writeFileSync(`${this.probeFile}.ask`, asked);
    await this.until('the probe', () => existsSync(this.probeFile), 60_000);
    return JSON.parse(readFileSync(this.probeFile, 'utf8'));
  }

  /** Ends it as the editor would. */
  async end() {
    await this.client.sendRequest('shutdown');
    await this.client.sendNotification('exit');
    const outcome = await this.exited;
    this.client.dispose();
    rmSync(this.work, { recursive: true, force: true });
    return outcome;
  }

  async kill(signal = 'SIGKILL') {
    this.child.kill(signal);
    const outcome = await this.exited;
    this.client.dispose();
    rmSync(this.work, { recursive: true, force: true });
    return outcome;
  }
}
