/**
 * Lives through the story's week with the real monitor, over a file system in memory and a clock that is told the time, and
 * writes what is there at its end: the workspace, and the history as an extension would have left it.
 * `tsx test/support/simulatedWeek.ts WORKSPACE HISTORY [END]`
 */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Monitor } from '../../src/monitor/monitor';
import type { Cancellation } from '../../src/monitor/ports';
import type { WorkspaceReport } from '../../src/report/report';
import { FakeClock, MemoryFileSystem } from '../unit/monitor/memoryFileSystem';
import * as story from './swarmStory';

const MINUTE = 60_000;
/** How often the monitor looks: as seldom as health files may be old, so that no minute is missed. */
const LOOK_EVERY = 3;
/** Logs are rotated: what is older is in the history only. */
const LOG_MINUTES = 64;
const never: Cancellation = { isCancelled: () => false };

export interface SimulatedWeek {
  readonly fs: MemoryFileSystem;
  readonly monitor: Monitor;
  readonly report: WorkspaceReport;
}

/** Nobody reads the reports of the week but the last: the others are not made. */
class UnreadMonitor extends Monitor {
  isRead = true;
  private last: WorkspaceReport | null = null;

  override report(): WorkspaceReport {
    if (this.isRead || !this.last) this.last = super.report();
    return this.last;
  }
}

class World {
  readonly fs = new MemoryFileSystem();
  private readonly seen = new Map<number, number>();
  private messageLines: { readonly minute: number; readonly text: string }[] = [];
  private taskLines: { readonly minute: number; readonly text: string }[] = [];
  private processLines: { readonly minute: number; readonly text: string }[] = [];
  private code = '';

  constructor(private readonly start: number) {}

  private time(minute: number): number {
    return this.start + minute * MINUTE;
  }

  private append(lines: { readonly minute: number; readonly text: string }[], minute: number, record: object): void {
    lines.push({ minute, text: `${JSON.stringify(record)}\n` });
  }

  /** Lets a minute pass. */
  pass(minute: number): void {
    const ts = new Date(this.time(minute)).toISOString();
    for (let agent = 0; agent < story.AGENTS; agent++)
      if (!story.isSilent(agent, minute)) this.seen.set(agent, this.time(minute) - agent * 3000);
    story.messages(minute).forEach((message, index) => {
      this.append(this.messageLines, minute, { ts, message_id: `${minute}-${index}`, ...message });
    });
    story.tasks(minute).forEach((task, index) => {
      this.append(this.taskLines, minute, { ts, task_id: `${minute}-${index}`, ...task });
    });
    if (minute % LOOK_EVERY === 0)
      this.append(this.processLines, minute, { ts, process: 'swarm', ...story.processSample(minute) });
  }

  /** Puts the files as they are at the end of a minute. @returns whether the code has changed */
  settle(minute: number): boolean {
    const now = this.time(minute);
    const { fs } = this;
    fs.now = now;
    for (let agent = 0; agent < story.AGENTS; agent++) {
      const seen = this.seen.get(agent) ?? this.start - 40 * 3_600_000;
      fs.write(`/w/agent_workspaces/Agent-${agent + 1}/status.json`, story.statusFile(agent, seen, minute), seen);
    }
    const ts = new Date(now).toISOString();
    const health = (component: string, up: boolean) =>
      fs.write(`/w/runtime/health/${component}.json`, JSON.stringify({ component, up: up ? 1 : 0, ts }));
    health('messaging', story.isMessagingUp(minute));
    health('discord-bot', story.isDiscordUp(minute));
    health('orchestrator-main', story.isOrchestratorUp(minute));
    health('orchestrator-onboarding', true);
    const recent = (lines: typeof this.messageLines) => {
      const kept = lines.filter((line) => line.minute > minute - LOG_MINUTES);
      return { kept, text: kept.map(({ text }) => text).join('') };
    };
    const messages = recent(this.messageLines);
    const tasks = recent(this.taskLines);
    const process = recent(this.processLines);
    this.messageLines = messages.kept;
    this.taskLines = tasks.kept;
    this.processLines = process.kept;
    fs.write('/w/runtime/messages.jsonl', messages.text);
    fs.write('/w/runtime/tasks.jsonl', tasks.text);
    fs.write('/w/runtime/process.jsonl', process.text);
    const sources = story.sources(minute);
    const code = JSON.stringify(sources);
    const hasChanged = code !== this.code;
    this.code = code;
    if (hasChanged) for (const [path, text] of Object.entries(sources)) fs.write(`/w/${path}`, text);
    const taken = this.time(story.snapshotMinute(minute));
    fs.write('/w/dependency_cache.json', story.hashCache(minute), taken);
    for (const name of ['project_analysis.json', 'test_analysis.json', 'chatgpt_project_context.json'])
      fs.write(
        `/w/${name}`,
        `{ "num_files_analyzed": ${Object.keys(sources).length}, "taken": "the same for all of these files" }\n`,
        taken,
      );
    return hasChanged;
  }
}

/**
 * The week that ends at an instant.
 * @param end ms since the epoch
 */
export async function simulateWeek(end: number): Promise<SimulatedWeek> {
  const start = Math.floor(end / MINUTE) * MINUTE - story.WEEK_MINUTES * MINUTE;
  const world = new World(start);
  const clock = new FakeClock(start);
  const monitor = new UnreadMonitor(
    {
      fs: world.fs,
      clock,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      git: { forFiles: async () => null },
      runner: { run: () => Promise.reject(new Error('no command is expected')) },
      toUri: (path) => `file://${path}`,
    },
    {
      roots: [{ name: 'w', uri: 'file:///w', path: '/w' }],
      trusted: true,
      minConfidence: 'medium',
      exclude: [],
      severityOverrides: {},
      agents: { timeZone: 'UTC' },
      refreshCommands: [],
      refreshTimeoutSeconds: 5,
      cacheFolder: null,
      history: { folder: '/history', writer: 'week', adds: true, speaks: true },
      definitionFiles: [],
    },
  );
  let scannedAt = Number.NEGATIVE_INFINITY;
  let report: WorkspaceReport = monitor.report();
  for (let minute = 0; minute <= story.WEEK_MINUTES; minute++) {
    world.pass(minute);
    if (minute % LOOK_EVERY !== 0) continue;
    clock.time = start + minute * MINUTE;
    monitor.isRead = minute > story.WEEK_MINUTES - LOOK_EVERY;
    const hasChanged = world.settle(minute);
    if (hasChanged || minute - scannedAt >= 12 * 60) {
      await monitor.scan(never);
      scannedAt = minute;
    } else await monitor.walk(never);
    report = await monitor.read(never);
  }
  return { fs: world.fs, monitor, report };
}

/** Writes the files below a folder in memory to the disk, with their times. */
export async function writeOut(fs: MemoryFileSystem, from: string, to: string): Promise<void> {
  const listed = await fs.list(from);
  if (!listed.ok) throw new Error(listed.error.message);
  for (const { name, kind } of listed.value) {
    const source = `${from}/${name}`;
    const target = join(to, name);
    if (kind === 'directory') await writeOut(fs, source, target);
    else {
      const read = await fs.read(source, Number.POSITIVE_INFINITY);
      const stat = await fs.stat(source);
      if (!read.ok || !stat.ok) throw new Error(`${source} cannot be read`);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, read.value);
      utimesSync(target, stat.value.mtimeMs / 1000, stat.value.mtimeMs / 1000);
    }
  }
}

async function main([workspace, history, end]: readonly string[]): Promise<void> {
  if (!workspace || !history) throw new Error('simulatedWeek WORKSPACE HISTORY [END]');
  const { fs, monitor } = await simulateWeek(end === undefined ? Date.now() : Date.parse(end));
  await monitor.close();
  fs.delete('/history/lease.json');
  await writeOut(fs, '/w', resolve(workspace));
  await writeOut(fs, '/history', resolve(history));
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
