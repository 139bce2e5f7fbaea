/**
 * `npm run bench -- [--corpus DIR] [--rounds N]`: our cold scan against T, the CPU time of parsing the same files with the same
 * TypeScript; interleaved, each in a fresh process. Ratios are what counts: single times drift with the machine.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);
const root = resolve(self, '../../..');
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : process.argv[at + 1];
};

function sources(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.(?:[cm]?ts|tsx)$/.test(name) && !/\.d\.[cm]?ts$/.test(name) && !/(?:^|[\\/])node_modules[\\/]/.test(name),
    )
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).size < 2_000_000)
    .sort();
}

if (process.argv[2] === '--parse') {
  const { ts } = createRequire(join(root, 'package.json'))('@ts-morph/common');
  const texts = sources(process.argv[3]).map((file) => [file, readFileSync(file, 'utf8')]);
  const start = process.cpuUsage();
  for (const [file, text] of texts) ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  const { user, system } = process.cpuUsage(start);
  console.log(JSON.stringify({ seconds: (user + system) / 1e6, files: texts.length }));
} else {
  const corpus = resolve(option('corpus', join(root, 'src')));
  const rounds = Number(option('rounds', 3));
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-bench-'));
  const cli = join(root, 'dist/cli.js');
  /** CPU of a whole child process, from the system's own account. */
  const cpuOf = (args, env) => {
    const script = `const {spawnSync}=require('node:child_process');const b=require('node:fs').readFileSync('/proc/self/stat','utf8');spawnSync(process.execPath,${JSON.stringify(args)},{stdio:'ignore',env:process.env});const s=require('node:fs').readFileSync('/proc/self/stat','utf8').split(' ');console.log((Number(s[15])+Number(s[16]))/100)`;
    return Number(
      spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { ...process.env, ...env } }).stdout,
    );
  };
  const rows = [];
  let files = 0;
  for (let round = 0; round < rounds; round++) {
    const parsed = JSON.parse(spawnSync(process.execPath, [self, '--parse', corpus], { encoding: 'utf8' }).stdout);
    files = parsed.files;
    const cold = cpuOf(
      [cli, 'check', corpus, '--no-cache', '--fail-on', 'never', '--output', join(work, 'out.txt')],
      {},
    );
    const env = { XDG_CACHE_HOME: work };
    if (round === 0) cpuOf([cli, 'check', corpus, '--fail-on', 'never', '--output', join(work, 'out.txt')], env);
    const warm = cpuOf([cli, 'check', corpus, '--fail-on', 'never', '--output', join(work, 'out.txt')], env);
    rows.push({ t: parsed.seconds, cold: cold / parsed.seconds, warm: warm / parsed.seconds });
  }
  rmSync(work, { recursive: true, force: true });
  const spread = (key) => {
    const values = rows.map((row) => row[key]).sort((a, b) => a - b);
    return { median: values[Math.floor(values.length / 2)], min: values[0], max: values.at(-1) };
  };
  const result = { corpus, files, rounds, T: spread('t'), coldOverT: spread('cold'), warmOverT: spread('warm') };
  const text = ({ median, min, max }) => `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
  console.log(
    `${files} files, ${rounds} rounds, median (min–max)\n  T, seconds of CPU   ${text(result.T)}\n  cold scan ÷ T       ${text(result.coldOverT)}\n  warm rescan ÷ T     ${text(result.warmOverT)}`,
  );
  writeFileSync(join(root, 'out/bench.json'), `${JSON.stringify(result, null, 2)}\n`);
}
