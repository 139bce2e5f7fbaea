/**
 * Obtains a real VS Code (server, web workbench and Node extension host) from the npm registry alone:
 * code-server's package carries Code-OSS, `node-<platform>-<arch>` the Node it needs. Kept in the user's cache,
 * written to a temporary folder and renamed when complete, so that an interrupted run leaves nothing half-made.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const codeServer = '4.139.1';
const node = '24.21.0';
const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** Parts that a workbench without AI features never loads; 400 MB of 800. */
const unused = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@devcontainers',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'extensions/microsoft-authentication',
];

export function cacheFolder() {
  return (
    process.env.SLO_LENS_VSCODE_CACHE ??
    join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'slo-lens-vscode')
  );
}

/**
 * @param {(message: string) => void} log told of each step
 * @returns {Promise<{ version: string, node: string, vscode: string }>} absolute paths of Node 24 and of the VS Code folder
 */
export async function obtainVsCode(log) {
  const folder = join(cacheFolder(), `${codeServer}-node${node}-${platform}`);
  const stamp = join(folder, 'ready.json');
  if (!existsSync(stamp)) await fetchInto(folder, log);
  const ready = JSON.parse(readFileSync(stamp, 'utf8'));
  return { version: ready.version, node: join(folder, ready.node), vscode: join(folder, ready.vscode) };
}

async function fetchInto(folder, log) {
  const started = Date.now();
  const step = (message) => log(`${message} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  const temporary = `${folder}.${process.pid}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    step(`Downloading VS Code (code-server ${codeServer}, about 255 MB) from the npm registry, once`);
    writeFileSync(
      join(temporary, 'package.json'),
      JSON.stringify({ name: 'slo-lens-vscode', private: true, version: '1.0.0' }),
    );
    await npm(process.execPath, temporary, [
      'install',
      '--ignore-scripts',
      '--engine-strict=false',
      `node-${platform}@${node}`,
      `code-server@${codeServer}`,
    ]);
    const nodeFolder = join(temporary, 'node_modules', `node-${platform}`);
    const nodeBinary = join(nodeFolder, process.platform === 'win32' ? 'node.exe' : 'bin/node');
    const vscode = join(temporary, 'node_modules/code-server/lib/vscode');
    step('Installing the dependencies of VS Code');
    // Its lock file misses an entry, so `npm ci` fails there; `npm install` honours the rest.
    await npm(nodeBinary, vscode, ['install', '--omit=dev', '--ignore-scripts']);
    await npm(nodeBinary, join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
    step('Building two native modules (optional: without a compiler VS Code runs, but writes no log files)');
    await npm(
      nodeBinary,
      vscode,
      ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'],
      { npm_config_nodedir: nodeFolder },
      'quiet',
    ).catch(() => step('No compiler found: going on without native modules'));
    for (const part of unused) rmSync(join(vscode, part), { recursive: true, force: true });
    for (const [prebuilt, keep] of [
      ['node_modules/@vscode/ripgrep-universal/bin', `${process.platform}-${process.arch}`],
      ['node_modules/node-pty/prebuilds', `${process.platform}-${process.arch}`],
    ]) {
      const parent = join(vscode, prebuilt);
      if (!existsSync(join(parent, keep))) continue;
      for (const entry of readdirSync(parent))
        if (entry !== keep) rmSync(join(parent, entry), { recursive: true, force: true });
    }
    rmSync(join(nodeFolder, 'include'), { recursive: true, force: true });
    const version = (await output(nodeBinary, [join(vscode, 'out/server-main.js'), '--version'])).split('\n')[0].trim();
    if (!version) throw new Error('the downloaded VS Code does not start');
    writeFileSync(
      join(temporary, 'ready.json'),
      JSON.stringify({ version, node: relative(temporary, nodeBinary), vscode: relative(temporary, vscode) }),
    );
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    step(`VS Code ${version} is ready in ${folder}`);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** Runs npm with a given Node, free of a parent npm's settings; registry, cache and certificates come from the user's own. */
async function npm(nodeBinary, cwd, args, extra = {}, quiet) {
  const cli = process.env.npm_execpath?.endsWith('.js')
    ? process.env.npm_execpath
    : join((await output('npm', ['root', '-g'])).trim(), 'npm/bin/npm-cli.js');
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => name !== 'NODE_OPTIONS' && !/^npm_(?!config_(?:cache|registry|cafile))/i.test(name),
    ),
  );
  env.PATH = `${dirname(nodeBinary)}:${env.PATH ?? ''}`;
  await run(
    nodeBinary,
    [cli, ...args, '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd, env: { ...env, ...extra } },
    quiet,
  );
}

function run(command, args, options, quiet) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const keep = (chunk) => {
      text = (text + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${args.slice(1, 4).join(' ')} failed with exit code ${code}${quiet ? '' : `:\n${text}`}`)),
    );
  });
}

function output(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  console.log(JSON.stringify(await obtainVsCode((message) => console.error(message))));
