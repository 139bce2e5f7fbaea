/** `npm start [folder]`: the extension at work in a real VS Code in the browser. Ctrl-C leaves nothing running. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { obtainVsCode } from './vscode/obtain.mjs';
import { installVsix, startVsCode } from './vscode/server.mjs';

const log = (message) => console.error(`  ${message}`);
const given = process.argv[2];
if (given && !existsSync(given)) {
  console.error(`${given}: there is no such folder`);
  process.exit(2);
}
console.error('Building the extension');
execFileSync(process.execPath, ['scripts/package.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
console.error('Obtaining VS Code');
const host = await obtainVsCode(log);
const work = mkdtempSync(join(tmpdir(), 'slo-lens-start-'));
const folder = given ? resolve(given) : join(work, 'sample');
if (!given) cpSync('sample', folder, { recursive: true });
const extensions = join(work, 'extensions');
installVsix(host, resolve('out/slo-lens.vsix'), extensions, join(work, 'install'));
const server = await startVsCode(host, { extensions });

let stopping = false;
const stop = async (code) => {
  if (stopping) return;
  stopping = true;
  await server.stop();
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void stop(0));
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void stop(0));

console.log(`
SLO Lens runs in VS Code ${host.version} at

  ${server.url}/?folder=${encodeURIComponent(folder)}

Folder: ${folder}
In a desktop VS Code: code --install-extension ${resolve('out/slo-lens.vsix')}
Ctrl-C ends it.`);
