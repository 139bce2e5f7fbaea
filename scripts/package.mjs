/** Builds for release and packs the VSIX: allow-listed files only, no network. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const out = process.argv[2] ?? 'out/slo-lens.vsix';
mkdirSync('out', { recursive: true });
execFileSync(process.execPath, ['esbuild.config.mjs', '--production'], { stdio: 'inherit' });
execFileSync(
  process.execPath,
  [
    'node_modules/@vscode/vsce/vsce',
    'package',
    '--no-dependencies',
    '--skip-license',
    '--allow-missing-repository',
    '--out',
    out,
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
console.log(out);
