/** The host suite in a downloaded desktop VS Code, for machines that can download it; VSCODE_EXECUTABLE names an installed one. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';

await esbuild.build({
  entryPoints: ['test/host/index.ts', ...readdirSync('test/host/suites').map((name) => `test/host/suites/${name}`)],
  outdir: 'out/host',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode', 'mocha'],
  sourcemap: 'inline',
  logLevel: 'warning',
});
const work = mkdtempSync(join(tmpdir(), 'slo-lens-desktop-'));
cpSync('sample', join(work, 'sample'), { recursive: true });
try {
  process.exitCode = await runTests({
    ...(process.env.VSCODE_EXECUTABLE
      ? { vscodeExecutablePath: process.env.VSCODE_EXECUTABLE }
      : { version: process.env.VSCODE_VERSION ?? 'stable' }),
    extensionDevelopmentPath: resolve('.'),
    extensionTestsPath: resolve('out/host/index.js'),
    extensionTestsEnv: { SLO_LENS_SUITE: 'swarm' },
    launchArgs: [
      join(work, 'sample'),
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
      '--user-data-dir',
      join(work, 'user'),
    ],
  });
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
