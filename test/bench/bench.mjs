/**
 * `npm run bench`: what SLO Lens costs, beside T (CPU of parsing the same files with the same TypeScript) and beside its peers.
 *
 *   --corpus DIR    any folder instead of the npm packages of corpora.json (downloaded once, 36 MB, outside the repository)
 *   --rounds N      interleaved rounds, 5
 *   --no-peers      without ESLint, oxlint and biome (installed once, outside the repository)
 *   --long-peers    the typed peer in every round, not only in the first
 *   --activation N  starts a real VS Code N times and measures `activate()`
 *   --only LIST     of scan,edits,server,sizes
 *   --curve         instead: scan and edit cost on 500, 2,000, 8,000 and 30,000 files
 *   --short         instead: what `npm test` runs, over our own source, with bounds
 *   --json FILE     where the result is written; out/bench.json
 *
 * Ratios are what counts: single times drift with the machine. Linux only (CPU of child processes is read from /proc).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainCorpus, sourcesOf } from './corpus.mjs';
import { curveText, measureCurve } from './curve.mjs';
import { measureEdits } from './editing.mjs';
import { obtainPeers, peerCases } from './peers.mjs';
import { measureRounds } from './rounds.mjs';
import { shortForm } from './short.mjs';
import { activationTimes, packedSizes } from './sizes.mjs';
import { sessionCost, startCost } from './startup.mjs';
import { percentile, spread } from './statistics.mjs';
import { resultRows, tableText } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    peers: { type: 'boolean', default: true },
    'long-peers': { type: 'boolean', default: false },
    activation: { type: 'string', default: '0' },
    only: { type: 'string', default: 'scan,edits,server,sizes' },
    curve: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    json: { type: 'string', default: resolve(root, 'out/bench.json') },
  },
  allowNegative: true,
});
const log = (message) => console.error(message);
const only = new Set(values.only.split(','));
const machine = {
  system: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 1_048_576),
  node: process.version,
};

async function full() {
  log('building for release');
  const sizes = packedSizes();
  const corpus = obtainCorpus(values.corpus, log);
  const rounds = Number(values.rounds);
  const result = { machine, corpus: corpus.name, sizes: only.has('sizes') ? sizes : null };
  if (only.has('scan')) {
    const peers = values.peers ? peerCases(obtainPeers(log)) : [];
    result.scan = await measureRounds(corpus.folder, { rounds, peers, longToo: values['long-peers'], log });
  }
  if (only.has('edits')) {
    log('edits');
    result.edits = await measureEdits(corpus.folder);
  }
  if (only.has('server')) {
    log('server');
    const starts = [];
    for (let round = 0; round < rounds; round++) starts.push((await startCost()).readyMs);
    result.start = spread(starts);
    const files = sourcesOf(corpus.folder);
    const { latencies, ...session } = await sessionCost(
      corpus.folder,
      relative(corpus.folder, files[files.length >> 1]),
    );
    result.session = {
      ...session,
      answers: [percentile(latencies, 0.5), percentile(latencies, 0.95), percentile(latencies, 1)],
    };
  }
  if (Number(values.activation) > 0) {
    log('activation');
    const taken = await activationTimes(Number(values.activation), log);
    result.activation = {
      activateMs: spread(taken.map((one) => one.activateMs)),
      loadMs: spread(taken.map((one) => one.loadMs)),
    };
  }
  console.log(`${machine.system}, ${machine.cores} × ${machine.cpu}, ${machine.memoryMb} MB, Node ${machine.node}`);
  if (result.scan)
    console.log(
      `${result.scan.files} files, ${(result.scan.bytes / 1e6).toFixed(1)} MB; ${result.scan.analysed} files looked at, ${result.scan.findings} findings, hash ${result.scan.hashes.join(' ≠ ')}`,
    );
  console.log(tableText(['measure', 'median (min–max, rounds)', 'goal (stretch)'], resultRows(result)));
  if (result.scan?.isNoisy) console.log('noisy: T itself spread by more than 20 %; judge no figure by this run');
  if (result.scan && result.scan.hashes.length > 1) {
    console.log('FAILED: the runs did not find the same');
    process.exitCode = 1;
  }
  return result;
}

async function curve() {
  packedSizes();
  const corpus = obtainCorpus(values.corpus, log);
  const result = { machine, corpus: corpus.name, curve: await measureCurve(corpus.folder, { log }) };
  console.log(curveText(result.curve));
  return result;
}

async function short() {
  const { text, failures, ...result } = await shortForm(log);
  console.log(text);
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
  return { machine, short: result, failures };
}

const result = await (values.curve ? curve() : values.short ? short() : full());
const target = resolve(values.json);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
log(`written to ${relative(process.cwd(), target)}`);
