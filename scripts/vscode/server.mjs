/** Starts the obtained VS Code on loopback and never leaves it behind. */
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Environment without what a parent editor or npm put there. */
function cleanEnvironment(extra) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VSCODE_') && !name.startsWith('npm_') && name !== 'NODE_OPTIONS',
  );
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}', ...extra };
}

export const calmSettings = {
  // As on a desktop: in a browser the default writes what is typed after a second.
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'editor.minimap.enabled': false,
  'update.showReleaseNotes': false,
};

/** Installs a VSIX into an extensions folder. */
export function installVsix(host, vsix, extensions, data) {
  execFileSync(
    host.node,
    [
      join(host.vscode, 'out/server-main.js'),
      '--accept-server-license-terms',
      '--server-data-dir',
      data,
      '--extensions-dir',
      extensions,
      '--install-extension',
      vsix,
      '--force',
    ],
    { stdio: 'pipe', timeout: 120_000, env: cleanEnvironment({}) },
  );
}

/**
 * @returns `{ url, authority, stop }`; `stop` ends the whole process group and removes its folder
 */
export async function startVsCode(
  host,
  { extensions, settings = {}, trust = false, testDriver = false, env = {}, port: wanted } = {},
) {
  const port = wanted ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'slo-lens-vscode-'));
  const text = JSON.stringify({ ...calmSettings, 'security.workspace.trust.enabled': trust, ...settings }, null, 2);
  for (const scope of ['Machine', 'User']) {
    mkdirSync(join(folder, 'data', scope), { recursive: true });
    writeFileSync(join(folder, 'data', scope, 'settings.json'), text);
  }
  const args = [
    join(host.vscode, 'out/server-main.js'),
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--server-data-dir',
    folder,
    '--disable-getting-started-override',
  ];
  if (!trust) args.push('--disable-workspace-trust');
  if (testDriver) args.push('--enable-smoke-test-driver');
  if (extensions) args.push('--extensions-dir', extensions);
  const child = spawn(host.node, args, {
    env: cleanEnvironment({ ...env, SLO_LENS_DATA: folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const logFile = join(folder, 'server.log');
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  const killNow = () => kill('SIGKILL');
  process.once('exit', killNow);
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (ended) throw new Error(`VS Code ended at once:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
    const answer = await fetch(`${url}/version`).catch(() => undefined);
    if (answer?.ok) break;
    if (Date.now() > deadline) {
      killNow();
      throw new Error('VS Code did not start within a minute');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async () => {
    kill('SIGTERM');
    for (let wait = 0; wait < 30 && !ended; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
    kill('SIGKILL');
    process.removeListener('exit', killNow);
    log.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { url, authority: `127.0.0.1:${port}`, folder, logFile, stop };
}
