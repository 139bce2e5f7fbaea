/** Processes that the user configured: in a process group of their own, ended as a whole by their end, a time limit or a cancel. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Cancellation } from '../ports';

export interface ProcessWords {
  /** A program; with `shell` a command line. */
  readonly file: string;
  readonly args: readonly string[];
  readonly shell: boolean;
  /** What it reads on its standard input; null: nothing. */
  readonly input: string | null;
}

export interface ProcessLimits {
  /** null: where this process runs. */
  readonly cwd: string | null;
  readonly timeoutMs: number;
  readonly cancellation: Cancellation;
}

export interface ProcessResult {
  readonly exitCode: number | null;
  /** The end of what it wrote to both outputs. */
  readonly output: string;
  readonly durationMs: number;
  readonly outcome: 'ok' | 'failed' | 'timeout' | 'cancelled';
  /** The system's code (`ENOENT`) when it could not be started. */
  readonly notStarted: string | null;
}

const maxOutput = 16_000;
const pollMs = 100;
/** How long the output of an ended command may still arrive: something that left its group may hold the pipes for ever. */
const drainMs = 1_000;

/** Groups that run now; none outlives this process. */
const running = new Set<number>();
let endsWithProcess = false;

function killGroup(pid: number): void {
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).unref();
    else process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Gone already, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Ends the group of a command line when this process is gone, even if it was killed: the pipe that only this process holds
 * open then ends. The command itself does not see the pipe.
 */
const withWatch = '{ cat <&3; kill -s KILL 0; } >/dev/null 2>&1 & exec 3<&-; exec /bin/sh -c "$1" </dev/null';

function start({ file, args, shell, input }: ProcessWords, cwd: string | null): ChildProcess {
  const place = cwd === null ? {} : { cwd };
  if (shell && input === null && process.platform !== 'win32')
    return spawn('/bin/sh', ['-c', withWatch, 'sh', file], {
      ...place,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
  return spawn(file, [...args], {
    ...place,
    shell,
    detached: process.platform !== 'win32',
    stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
}

/** Runs a process to its end. Never rejects. */
export function runProcess(
  words: ProcessWords,
  { cwd, timeoutMs, cancellation }: ProcessLimits,
): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const started = Date.now();
    let output = '';
    let ended: 'timeout' | 'cancelled' | undefined;
    let drain: NodeJS.Timeout | undefined;
    let notStarted: string | null = null;
    const child = start(words, cwd);
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    if (!endsWithProcess) {
      endsWithProcess = true;
      process.once('exit', () => running.forEach(killGroup));
    }
    const keep = (chunk: string): void => {
      output = (output + chunk).slice(-maxOutput);
    };
    let exitCode: number | null = null;
    const finish = (): void => {
      clearInterval(watch);
      clearTimeout(drain);
      for (const stream of child.stdio) stream?.destroy();
      if (pid !== undefined && running.delete(pid)) killGroup(pid);
      const outcome = ended ?? (exitCode === 0 ? 'ok' : 'failed');
      resolve({ exitCode, output, durationMs: Date.now() - started, outcome, notStarted });
    };
    const finishSoon = (): void => {
      drain ??= setTimeout(finish, drainMs);
    };
    const watch = setInterval(() => {
      if (ended) return;
      if (cancellation.isCancelled()) ended = 'cancelled';
      else if (Date.now() - started > timeoutMs) ended = 'timeout';
      if (!ended) return;
      if (pid !== undefined) killGroup(pid);
      finishSoon();
    }, pollMs);
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    // The watch is ended with its group.
    child.stdio[3]?.on('error', () => undefined);
    child.once('error', (error: NodeJS.ErrnoException) => {
      output += error.message;
      notStarted = error.code ?? 'EUNKNOWN';
      finish();
    });
    child.once('exit', (code) => {
      exitCode = code;
      child.stdio[3]?.destroy();
      finishSoon();
    });
    child.once('close', finish);
    // Who does not read its input need not: what it says by its exit code counts.
    child.stdin?.on('error', () => undefined).end(words.input);
  });
}
