/**
 * `npm run faults`: the built server as a process, broken in the ways that a test in memory cannot: killed, starved of disk,
 * orphaned, given 200,000 files. Tells what was seen; exits with 1 where the results were not right afterwards. Linux only.
 *
 *   --only LIST   of killed-in-scan,killed-typing,killed-ten-times,disk-full,vanishing,orphans,many-files
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { ServerProcess, serverBundle, settings, uriOf } from './serverProcess.mjs';
import { percentile } from './statistics.mjs';

const leak = 'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n';
const clean = 'export function poll(f: () => void) {\n  return setInterval(f, 1);\n}\n';
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** A workspace of so many files, every tenth with one finding; and its storage. Both are removed afterwards. */
async function withWorkspace(files, run) {
  const folder = mkdtempSync(join(tmpdir(), 'slo-lens-faults-'));
  const storage = mkdtempSync(join(tmpdir(), 'slo-lens-faults-storage-'));
  try {
    for (let index = 0; index < files; index++) {
      mkdirSync(join(folder, `part${index % 20}`), { recursive: true });
      writeFileSync(
        join(folder, `part${index % 20}/f${index}.ts`),
        index % 10 === 0 ? leak : clean.replace('poll', `poll${index}`),
      );
    }
    return await run(folder, storage);
  } finally {
    for (const one of [folder, storage]) rmSync(one, { recursive: true, force: true, maxRetries: 5 });
  }
}

const findingsOf = (server) => server.report.code.findings.map(({ place, kind }) => `${place.path} ${kind}`).sort();

/** What a server says that has nothing from before. */
async function fresh(folder) {
  const server = await ServerProcess.start(folder);
  await server.scanned();
  const found = findingsOf(server);
  await server.end();
  return found;
}

function same(what, found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${what}: ${found.length} findings, ${expected.length} expected`);
}

/** Is the process there, and no zombie? */
function isAlive(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return false;
    throw error;
  }
}

async function goneWithin(pid, ms) {
  const started = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - started > ms) return null;
    await wait(50);
  }
  return Math.round(performance.now() - started);
}

const cases = {
  'killed-in-scan': () =>
    withWorkspace(3000, async (folder, storage) => {
      const server = await ServerProcess.start(folder, { storage });
      await server.until('half of the scan', () => server.health.some(({ progress }) => progress > 0.4));
      await server.kill();
      const next = await ServerProcess.start(folder, { storage });
      await next.scanned();
      const found = findingsOf(next);
      await next.end();
      same('after the kill', found, await fresh(folder));
      return `killed amid the scan; the next one found the same ${found.length} as a fresh one`;
    }),

  'killed-typing': () =>
    withWorkspace(200, async (folder, storage) => {
      let server = await ServerProcess.start(folder, { storage });
      await server.scanned();
      await server.open('part0/f0.ts', leak);
      for (let index = 0; index < 20; index++) await server.change('part0/f0.ts', null, `${leak}// ${index}\n`);
      await server.kill();
      server = await ServerProcess.start(folder, { storage });
      await server.open('part0/f0.ts', `${leak}${leak.replace('poll', 'again')}`);
      const { items } = await server.pull('part0/f0.ts');
      await server.scanned();
      await server.end();
      if (items.length !== 2) throw new Error(`${items.length} diagnostics of the open document, 2 expected`);
      return 'killed between keystrokes; the next one answered for what was typed, not for what lay on the disk';
    }),

  'killed-ten-times': () =>
    withWorkspace(3000, async (folder, storage) => {
      for (let round = 0; round < 10; round++) {
        const server = await ServerProcess.start(folder, { storage });
        await wait(100 + round * 150);
        await server.kill();
      }
      const server = await ServerProcess.start(folder, { storage });
      await server.scanned();
      const found = findingsOf(server);
      const outcome = await server.end();
      same('after ten kills', found, await fresh(folder));
      const left = readdirSync(join(storage, 'cache'));
      if (left.length > 11) throw new Error(`${left.length} files left in the cache`);
      return `ten kills in a row, 100 to 1,450 ms after the start; then ${found.length} findings as fresh, end with code ${outcome.code}, ${left.length} file(s) in the cache`;
    }),

  'disk-full': () =>
    withWorkspace(500, async (folder) => {
      const storage = mkdtempSync(join(tmpdir(), 'slo-lens-tiny-'));
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', storage], { stdio: 'pipe' });
      } catch (error) {
        rmSync(storage, { recursive: true, force: true });
        return `not tried: a small file system cannot be mounted here (${String(error.stderr ?? error.message).trim()})`;
      }
      try {
        const server = await ServerProcess.start(folder, { storage });
        await server.scanned();
        await wait(500);
        const found = findingsOf(server);
        const health = server.health.at(-1);
        const outcome = await server.end();
        same('on a full disk', found, await fresh(folder));
        if (health.state !== 'ready') throw new Error(`health: ${health.state}, ${health.message}`);
        const left = existsSync(join(storage, 'cache')) ? readdirSync(join(storage, 'cache')) : [];
        if (left.some((name) => name.endsWith('.tmp'))) throw new Error(`left behind: ${left.join()}`);
        return `64 KB of disk: ${found.length} findings as fresh, health "${health.message}", end with code ${outcome.code}, nothing half-written left`;
      } finally {
        execFileSync('umount', [storage]);
        rmSync(storage, { recursive: true, force: true });
      }
    }),

  vanishing: () =>
    withWorkspace(3000, async (folder, storage) => {
      const server = await ServerProcess.start(folder, { storage });
      await server.until('a scan that runs', () => server.health.some(({ progress }) => progress > 0.1));
      for (let index = 1500; index < 3000; index++)
        rmSync(join(folder, `part${index % 20}/f${index}.ts`), { force: true });
      await server.scanned();
      const { problems } = server.report;
      await server.changed(['part0/f1500.ts'], 3);
      const expected = await fresh(folder);
      await server.until('the state of the disk', () => findingsOf(server).length === expected.length);
      same('after files vanished', findingsOf(server), expected);
      await server.end();
      return `1,500 of 3,000 files vanished amid the scan: ${expected.length} findings as fresh, ${problems.length} problems told`;
    }),

  orphans: () =>
    withWorkspace(3000, async (folder) => {
      const seen = [];
      // The editor's way: a child over node's own channel, its parent killed or crashed.
      for (const [how, signal] of [
        ['window killed amid a scan', 'SIGKILL'],
        ['window ended amid a scan', 'SIGTERM'],
      ]) {
        const parent = spawn(
          process.execPath,
          [
            '-e',
            `
            const { fork } = require('node:child_process');
            const child = fork(${JSON.stringify(serverBundle)}, ['--node-ipc', '--clientProcessId=' + process.pid], { stdio: 'ignore' });
            console.log(child.pid);
            child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: [{ uri: ${JSON.stringify(uriOf(folder))}, name: 'w' }], initializationOptions: { storagePath: null, trusted: true, settings: ${JSON.stringify(settings)} } } });
            child.on('message', (m) => { if (m.id === 1) child.send({ jsonrpc: '2.0', method: 'initialized', params: {} }); });
            setInterval(() => {}, 1000);
            `,
          ],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        const pid = Number(await new Promise((done) => parent.stdout.once('data', (data) => done(String(data)))));
        await wait(2000);
        if (!isAlive(pid)) throw new Error(`${how}: the server was not running`);
        parent.kill(signal);
        const gone = await goneWithin(pid, 15_000);
        if (gone === null) {
          process.kill(pid, 'SIGKILL');
          throw new Error(`${how}: the server was still there after 15 s`);
        }
        seen.push(`${how}: gone after ${gone} ms`);
      }
      const server = await ServerProcess.start(folder, { overrides: { refreshCommands: ['sleep 300'] } });
      await server.scanned();
      void server.refresh().catch(() => undefined);
      await server.until('the command', () => server.report?.refresh.state === 'running');
      await wait(300);
      const below = (pid) =>
        readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
          .split(' ')
          .filter(Boolean)
          .flatMap((child) => [Number(child), ...below(child)]);
      const pids = below(server.child.pid);
      if (pids.length === 0) throw new Error('the command was not running');
      await server.kill();
      for (const pid of pids)
        if ((await goneWithin(pid, 5000)) === null)
          throw new Error(`process ${pid} of the command outlived the server`);
      seen.push(`server killed during a refresh command: its ${pids.length} processes gone`);
      return seen.join('; ');
    }),

  'many-files': () =>
    withWorkspace(100, async (folder) => {
      for (let dir = 0; dir < 200; dir++) {
        mkdirSync(join(folder, `data${dir}`));
        for (let index = 0; index < 1000; index++) writeFileSync(join(folder, `data${dir}/${index}.txt`), '');
      }
      const server = await ServerProcess.start(folder);
      await server.open('part0/f0.ts');
      const { items } = await server.pull('part0/f0.ts');
      const first = performance.now() - server.startedAt;
      await server.probe();
      const latencies = [];
      let isDone = false;
      const scanned = server.scanned().then((at) => {
        isDone = true;
        return at;
      });
      while (!isDone) {
        const asked = performance.now();
        await server.client.sendRequest('sloLens/definitionText');
        latencies.push(performance.now() - asked);
        await wait(20);
      }
      const at = await scanned;
      const { longestMs, peakMb } = await server.probe();
      const found = findingsOf(server).length;
      await server.end();
      if (items.length !== 1 || found !== 10) throw new Error(`${items.length} diagnostics, ${found} findings`);
      return `200,100 files: first diagnostics ${Math.round(first)} ms after the start, report after ${Math.round(at)} ms, answers meanwhile p95 ${Math.round(percentile(latencies, 0.95))} ms, loop held up ${longestMs} ms at most, ${Math.round(peakMb)} MB`;
    }),
};

const { values } = parseArgs({ options: { only: { type: 'string', default: Object.keys(cases).join() } } });
for (const name of values.only.split(',')) {
  try {
    console.log(`${name}: ${await cases[name]()}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`${name}: FAILED: ${error.message}`);
  }
}
