/** What a child process costs: CPU of it and its children, peak memory of the tree, wall time. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Runs the program as a child of its own and tells its account: CPU times of ended children are kept by the system (Linux). */
const wrapper = `
const { spawnSync } = require('node:child_process');
const [program, ...args] = process.argv.slice(1);
const { status, signal, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
const stat = require('node:fs').readFileSync('/proc/self/stat', 'utf8');
const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
process.stdout.write(JSON.stringify({ seconds: (Number(fields[13]) + Number(fields[14])) / 100, status, signal, stdout, stderr: stderr?.slice(-4000), error: error?.message }));
`;

const readOr = (file, fallback) => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // The process has ended.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return fallback;
    throw error;
  }
};

/** Largest resident size that each process of a tree had, added up, in MB; 0 when it is gone. */
function peakOf(pid) {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readOr(`/proc/${pid}/status`, ''));
  const children = readOr(`/proc/${pid}/task/${pid}/children`, '').split(' ').filter(Boolean);
  return (peak ? Number(peak[1]) / 1024 : 0) + children.reduce((sum, child) => sum + peakOf(child), 0);
}

/**
 * Runs a program to its end.
 * @returns `seconds` of CPU (10 ms steps), `peakMb`, `wallMs`, `status`, `stdout`, `stderr`
 */
export async function costOf(program, args, { cwd, env = {} } = {}) {
  if (process.platform !== 'linux') throw new Error('CPU of child processes is read from /proc: Linux only');
  const started = performance.now();
  const child = spawn(process.execPath, ['-e', wrapper, '--', program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMb = 0;
  const poll = setInterval(() => {
    // The wrapper itself does not count.
    for (const pid of readOr(`/proc/${child.pid}/task/${child.pid}/children`, '').split(' ').filter(Boolean))
      peakMb = Math.max(peakMb, peakOf(pid));
  }, 20);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  await new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  clearInterval(poll);
  const outcome = JSON.parse(text);
  if (outcome.error !== undefined) throw new Error(`${program}: ${outcome.error}`);
  return { ...outcome, peakMb, wallMs: performance.now() - started };
}
