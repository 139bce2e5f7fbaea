/** Bundles: client, server and dashboard for the extension, the command line beside them. `--watch`, `--production`. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { directNames } from './scripts/directNames.mjs';
import { parserOnly } from './scripts/parserOnly.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Names the analyzer by its source and its parser: kept verdicts of another one do not count. */
function analyzerDigest() {
  const hash = createHash('sha256').update(readFileSync('node_modules/@ts-morph/common/package.json'));
  const files = readdirSync('src/analyzer', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  for (const name of files.sort()) hash.update(name).update(readFileSync(join('src/analyzer', name)));
  return hash.digest('hex').slice(0, 16);
}

/** Output that the problem matcher of .vscode/tasks.json reads. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd((result) => {
      for (const { text, location } of result.errors)
        console.error(`✘ [ERROR] ${text}\n    ${location?.file}:${location?.line}:${location?.column}:`);
      console.log('[watch] build finished');
    });
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  logLevel: watch ? 'silent' : 'warning',
  legalComments: 'none',
  // Its main entry is a UMD wrapper that bundlers cannot follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  define: { __VERSION__: JSON.stringify(version), __ANALYZER__: JSON.stringify(analyzerDigest()) },
  plugins: [parserOnly, directNames, ...(watch ? [problemMatcher] : [])],
};
const node = { ...common, platform: 'node', format: 'cjs' };

/** Parts of a program that are bundles of their own: it loads them when they are needed. */
const loadedOnDemand = {
  name: 'loaded-on-demand',
  setup(build) {
    build.onResolve({ filter: /^\.\/(?:analyzer|commands)$/ }, ({ kind, path }) =>
      kind === 'require-call' ? { path: `${path}.js`, external: true } : undefined,
    );
  },
};
const program = { ...node, target: 'node20', plugins: [loadedOnDemand, ...common.plugins] };

const bundles = [
  { ...node, target: 'node22', entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, target: 'node20', entryPoints: ['src/analyzer/analyzer.ts'], outfile: 'dist/analyzer.js' },
  { ...program, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' },
  { ...program, entryPoints: ['src/cli/commands.ts'], outfile: 'dist/commands.js' },
  {
    ...program,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['src/dashboard/main.ts'],
    outfile: 'dist/dashboard.js',
  },
];

if (watch) for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
else {
  const sizes = {};
  for (const bundle of bundles) {
    const { metafile } = await esbuild.build(bundle);
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) if (!file.endsWith('.map')) sizes[file] = bytes;
  }
  writeFileSync('dist/sizes.json', `${JSON.stringify(sizes, null, 2)}\n`);
}
