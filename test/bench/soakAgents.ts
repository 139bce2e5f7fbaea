/**
 * A fleet that writes, and the real server that watches it: `npm run soak:agents -- --minutes 10 --agents 10000`. Every agent
 * replaces its status file once a second; now and then some fall silent and come back. No watcher events are sent: what the
 * server sees it saw by itself. Says the share of CPU, the curve of memory, and how long a silence, and a return, took to show.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { KnownReport } from '../../src/client/knownReport';
import { serverEnvironment } from '../../src/client/serverEnvironment';
import serverFlags from '../../src/client/serverFlags.json';
import {
  type AgentsParams,
  agentsNotification,
  type DebugInformationResult,
  debugInformationRequest,
  type ReportParams,
  reportNotification,
} from '../../src/protocol/messages';
import type { WorkspaceReport } from '../../src/report/report';

const limitMinutes = 0.2;
const silencesEveryMs = 20_000;
const silentAtOnce = 5;

interface Numbers {
  readonly agents: number;
  readonly folder: string;
}

/** The writing process: every agent once a second, in slices of 20 ms; those named by a message are silent. */
function writeForEver({ agents, folder }: Numbers): void {
  const silent = new Set<number>();
  const lastWrite = new Map<number, number>();
  let written = 0;
  const write = (agent: number): void => {
    const now = Date.now();
    const text = JSON.stringify({
      agent_id: `Agent-${agent}`,
      agent_name: 'Integration & Core Systems Specialist',
      status: 'ACTIVE_AGENT_MODE',
      current_phase: 'TASK_EXECUTION',
      last_updated: new Date(now).toISOString(),
      current_mission: 'a mission of ordinary length, as agents write it',
      current_tasks: Array.from(
        { length: 6 },
        (_, i) => `task ${i} that is being worked on, with some words of detail`,
      ),
      completed_tasks: Array.from({ length: 10 }, (_, i) => `task ${i} that was done and is kept here for the record`),
    });
    const handle = openSync(join(folder, `Agent-${agent}`, 'status.json'), 'w');
    writeSync(handle, text);
    closeSync(handle);
    lastWrite.set(agent, now);
    written++;
  };
  process.on('message', (message: { silence?: readonly number[]; wake?: readonly number[]; report?: true }) => {
    for (const agent of message.silence ?? []) silent.add(agent);
    for (const agent of message.wake ?? []) {
      silent.delete(agent);
      write(agent);
    }
    const told = [...(message.silence ?? []), ...(message.wake ?? [])].map((agent) => [
      agent,
      lastWrite.get(agent) ?? 0,
    ]);
    process.send?.({ told, written });
  });
  process.on('disconnect', () => process.exit(0));
  let next = 0;
  const perSlice = agents / 50;
  const started = Date.now();
  setInterval(() => {
    // As many as are due; a machine that is too slow does not pile them up.
    const due = Math.min(next + agents, Math.floor(((Date.now() - started) / 20) * perSlice));
    for (; next < due; next++) if (!silent.has(next % agents)) write(next % agents);
  }, 20);
}

interface Usage {
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

function usageOf(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100, megabytes: Math.round(kilobytes / 1024) };
}

function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null;
}

class Watch {
  readonly silences = new Map<string, number>();
  readonly returns = new Map<string, number>();
  readonly silenceDelays: number[] = [];
  readonly returnDelays: number[] = [];
  readonly takeMs: number[] = [];
  messages = 0;
  largestPage = 0;
  private readonly known = new KnownReport();
  private last: WorkspaceReport | null = null;

  constructor(client: MessageConnection) {
    client.onNotification(reportNotification, (params: ReportParams) => this.take(() => this.known.take(params)));
    client.onNotification(agentsNotification, (params: AgentsParams) => {
      this.largestPage = Math.max(this.largestPage, params.changed.length);
      this.take(() => this.known.takePage(params));
      const now = Date.now();
      for (const { id, active } of params.changed) {
        const due = active ? undefined : this.silences.get(id);
        if (due !== undefined && now >= due) {
          this.silences.delete(id);
          this.silenceDelays.push(now - due);
        }
        const woken = active ? this.returns.get(id) : undefined;
        if (woken !== undefined) {
          this.returns.delete(id);
          this.returnDelays.push(now - woken);
        }
      }
    });
  }

  get report(): WorkspaceReport | null {
    return this.last;
  }

  private take(step: () => WorkspaceReport | null): void {
    const started = performance.now();
    this.last = step();
    this.takeMs.push(performance.now() - started);
    this.messages++;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      agents: { type: 'string', default: '10000' },
      node: { type: 'string', multiple: true, default: [] },
    },
  });
  const agents = Number(values.agents);
  const endAfterMs = Number(values.minutes) * 60_000;
  const root = mkdtempSync(join(tmpdir(), 'soak-'));
  const folder = join(root, 'agent_workspaces');
  const children: ChildProcess[] = [];
  try {
    for (let agent = 0; agent < agents; agent++) mkdirSync(join(folder, `Agent-${agent}`), { recursive: true });
    writeFileSync(join(root, 'poll.ts'), 'export const poll = (f: () => void) => setInterval(f, 1);\n');
    const writer = fork(__filename, ['--write', String(agents), folder], { execArgv: ['--require', 'tsx/cjs'] });
    children.push(writer);
    await new Promise((done) => setTimeout(done, 5000));
    const server = fork(resolve('dist/server.js'), ['--node-ipc'], {
      execArgv: [...serverFlags.bound, ...serverFlags.frugal, ...values.node],
      env: { ...process.env, ...serverEnvironment(null, process.env) },
      silent: true,
    });
    children.push(server);
    const client = createMessageConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
    client.onRequest('workspace/diagnostic/refresh', () => null);
    client.onRequest('client/registerCapability', () => null);
    const watch = new Watch(client);
    client.listen();
    await client.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: URI.file(root).toString(), name: 'fleet' }],
      initializationOptions: {
        storagePath: null,
        trusted: false,
        takesPatches: true,
        settings: {
          run: 'onType',
          minConfidence: 'medium',
          exclude: [],
          severityOverrides: {},
          agents: { activeMinutes: limitMinutes, restingMinutes: 1, futureToleranceSeconds: 120, timeZone: 'UTC' },
          refreshCommands: [],
          refreshTimeoutSeconds: 20,
        },
      },
    });
    await client.sendNotification('initialized', {});
    let written = 0;
    const ask = (message: object): Promise<readonly (readonly [number, number])[]> =>
      new Promise((done) => {
        writer.once('message', (answer: { told: readonly [number, number][]; written: number }) => {
          written = answer.written;
          done(answer.told);
        });
        writer.send(message);
      });
    const pid = server.pid ?? 0;
    const first = Date.now();
    while (watch.report?.agents.active !== agents && Date.now() - first < 60_000)
      await new Promise((done) => setTimeout(done, 50));
    console.log(`first ${watch.report?.agents.active ?? 0} of ${agents} agents active after ${Date.now() - first} ms`);
    const begin = { at: Date.now(), usage: usageOf(pid), writer: usageOf(writer.pid ?? 0), written: 0 };
    await ask({ report: true });
    begin.written = written;
    let missed = 0;
    const curve: Usage[] = [];
    let silent: readonly number[] = [];
    let nextSilence = Date.now() + 2000;
    while (Date.now() - begin.at < endAfterMs) {
      await new Promise((done) => setTimeout(done, 1000));
      curve.push(usageOf(pid));
      if (Date.now() < nextSilence) continue;
      nextSilence = Date.now() + silencesEveryMs;
      // What did not show until now is missed: a later silence of the same agent must not be taken for it.
      missed += watch.silences.size + watch.returns.size;
      watch.silences.clear();
      watch.returns.clear();
      for (const [agent, at] of await ask({ wake: silent })) watch.returns.set(`agent-${agent}`, at);
      silent = Array.from({ length: silentAtOnce }, () => Math.floor(Math.random() * agents));
      for (const [agent, at] of await ask({ silence: silent }))
        watch.silences.set(`agent-${agent}`, at + limitMinutes * 60_000);
    }
    await ask({ report: true });
    const { text } = await client.sendRequest<DebugInformationResult>(debugInformationRequest, {});
    const seconds = (Date.now() - begin.at) / 1000;
    const cpu = (usageOf(pid).cpuSeconds - begin.usage.cpuSeconds) / seconds;
    const each = (every: number): string =>
      curve
        .filter((_, i) => i % every === 0)
        .map(({ megabytes }) => megabytes)
        .join(' ');
    const stat = (values_: readonly number[]): string =>
      values_.length === 0
        ? 'none seen'
        : `p50 ${Math.round(percentile(values_, 0.5) ?? 0)} ms, p95 ${Math.round(percentile(values_, 0.95) ?? 0)} ms, worst ${Math.round(Math.max(...values_))} ms (${values_.length})`;
    console.log(
      `writes: ${Math.round((written - begin.written) / seconds)} a second (asked: ${agents}); the writer took ${Math.round(((usageOf(writer.pid ?? 0).cpuSeconds - begin.writer.cpuSeconds) / seconds) * 100)}% of a core`,
    );
    console.log(`server: ${Math.round(cpu * 100)}% of a core over ${Math.round(seconds)} s`);
    console.log(
      `resident memory, MB: ${each(Math.max(1, Math.floor(curve.length / 20)))}; most ${Math.max(...curve.map(({ megabytes }) => megabytes))}`,
    );
    console.log(
      `a silence showed after its limit: ${stat(watch.silenceDelays)}; silences and returns that did not show in time: ${missed}`,
    );
    console.log(`a return showed after the write: ${stat(watch.returnDelays)}`);
    console.log(
      `messages: ${(watch.messages / seconds).toFixed(1)} a second, at most ${watch.largestPage} agents each; the client took them in ${stat(watch.takeMs).replace(/ \(.*/, '')}`,
    );
    for (const line of text.split('\n')) if (/^(?:Looks|Running|Memory)/.test(line)) console.log(line);
    client.dispose();
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  }
}

const [, , mode, count, folder] = process.argv;
if (mode === '--write' && folder !== undefined) writeForEver({ agents: Number(count), folder });
else void main();
