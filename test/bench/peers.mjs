/** The peers, in exact versions, installed on demand in the cache folder; each linted over the same sources as a whole process. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './corpus.mjs';
import { costOf } from './cost.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const versionOf = (name) => manifest.dependencies[name];

/** Installs the peers by the lockfile beside this file; gives their folder. */
export function obtainPeers(log) {
  const lock = readFileSync(join(here, 'package-lock.json'));
  const folder = join(cacheFolder, `peers-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  log('installing the peers');
  const next = `${folder}.new`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(here, name), join(next, name));
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: next,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ci: ${stderr}`);
  renameSync(next, folder);
  return folder;
}

function biomeBinary(peers) {
  const scope = join(peers, 'node_modules/@biomejs');
  const name = readdirSync(scope).find((one) => one.startsWith(`cli-${process.platform}-${process.arch}`));
  if (!name) throw new Error('biome has no binary for this system');
  return join(scope, name, 'biome');
}

/**
 * The cases, each a function of the corpus and a work folder that gives the cost and what was looked at.
 * `isLong`: over a minute on a large corpus.
 */
export function peerCases(peers) {
  const eslint = async (mode, folder) => {
    const cost = await costOf(
      process.execPath,
      ['--max-old-space-size=8192', join(here, 'eslint.mjs'), peers, mode, folder],
      { cwd: folder },
    );
    if (cost.status !== 0) throw new Error(`ESLint ended with ${cost.status ?? cost.signal}: ${cost.stderr}`);
    return { ...cost, ...JSON.parse(cost.stdout.trim().split('\n').at(-1)) };
  };
  return [
    {
      id: 'eslintLeaks',
      name: `ESLint ${versionOf('eslint')}, six no-leaked rules of react-web-api ${versionOf('eslint-plugin-react-web-api')}`,
      run: (folder) => eslint('leaks', folder),
    },
    {
      id: 'eslintTyped',
      name: `ESLint, one typed rule of typescript-eslint ${versionOf('typescript-eslint')}`,
      isLong: true,
      run: (folder) => eslint('typed', folder),
    },
    {
      id: 'oxlint',
      name: `oxlint ${versionOf('oxlint')}, default rules, one thread`,
      run: async (folder, work) => {
        const config = join(work, 'oxlintrc.json');
        writeFileSync(
          config,
          JSON.stringify({ ignorePatterns: ['**/*.d.ts', '**/*.js', '**/*.mjs', '**/*.cjs', '**/*.jsx'] }),
        );
        const cost = await costOf(
          process.execPath,
          [join(peers, 'node_modules/oxlint/bin/oxlint'), '--config', config, '--threads=1', '--no-ignore', '.'],
          { cwd: folder },
        );
        const said = /on (\d+) files? with (\d+) rules/.exec(cost.stdout);
        if (!said) throw new Error(`oxlint: ${cost.stdout.slice(-500)} ${cost.stderr}`);
        return { ...cost, files: Number(said[1]), rules: Number(said[2]) };
      },
    },
    {
      id: 'biome',
      name: `biome ${versionOf('@biomejs/biome')} lint, recommended rules`,
      run: async (folder, work) => {
        writeFileSync(
          join(work, 'biome.json'),
          JSON.stringify({
            root: true,
            files: { includes: ['**/*.ts', '**/*.tsx', '**/*.mts', '**/*.cts', '!**/*.d.ts'], maxSize: 2_000_000 },
            formatter: { enabled: false },
          }),
        );
        const cost = await costOf(biomeBinary(peers), ['lint', '--config-path', work, '--max-diagnostics=1', '.'], {
          cwd: folder,
        });
        const said = /Checked (\d+) files?/.exec(cost.stdout + cost.stderr);
        if (!said) throw new Error(`biome: ${cost.stdout.slice(-500)} ${cost.stderr}`);
        return { ...cost, files: Number(said[1]) };
      },
    },
  ];
}
