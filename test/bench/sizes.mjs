/** Sizes of what users download and load, in MB, and the time of `activate()` in a real extension host. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mb = (file) => statSync(join(root, file)).size / 1e6;

/** Builds for release and packs the VSIX, then measures. */
export function packedSizes() {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/package.mjs'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`packing failed: ${stderr}`);
  return {
    vsixMb: mb('out/slo-lens.vsix'),
    serverMb: mb('dist/server.js') + mb('dist/analyzer.js'),
    extensionMb: mb('dist/extension.js'),
  };
}

/** `activate()` of the packed extension in a real VS Code, wall time in ms, as often as asked. */
export async function activationTimes(times, log) {
  const { obtainVsCode } = await import('../../scripts/vscode/obtain.mjs');
  const { hostTests } = await import('../../scripts/hostTests.mjs');
  const host = await obtainVsCode(log);
  const results = [];
  process.env.SLO_LENS_ACTIVATION = resolve(root, 'out/activation.json');
  try {
    for (let index = 0; index < times; index++) {
      rmSync(process.env.SLO_LENS_ACTIVATION, { force: true });
      const { failed } = await hostTests(host, resolve(root, 'out/slo-lens.vsix'), log, ['activation']);
      if (failed > 0) throw new Error('the host test of the activation failed');
      results.push(JSON.parse(readFileSync(process.env.SLO_LENS_ACTIVATION, 'utf8')));
    }
  } finally {
    delete process.env.SLO_LENS_ACTIVATION;
  }
  return results;
}
