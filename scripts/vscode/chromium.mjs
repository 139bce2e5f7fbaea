/** Headless Chromium out of an npm package, with the shared libraries that it brings for bare machines. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium as playwright } from 'playwright-core';
import { cacheFolder } from './obtain.mjs';

const require = createRequire(import.meta.url);

/** Path of a browser that runs on this machine, and the library path it needs. `CHROMIUM` names another. */
async function executable(log) {
  if (process.env.CHROMIUM) return { path: process.env.CHROMIUM, libraries: undefined };
  const { default: packaged } = await import('@sparticuz/chromium');
  log('Unpacking Chromium');
  const path = await packaged.executablePath();
  const missing = missingLibraries(path, undefined);
  if (missing.length === 0) return { path, libraries: undefined };
  const folder = join(cacheFolder(), 'chromium-libraries');
  if (!existsSync(join(folder, 'ready'))) {
    mkdirSync(folder, { recursive: true });
    const archive = join(dirname(require.resolve('@sparticuz/chromium/package.json')), 'bin', 'al2023.tar.br');
    writeFileSync(join(folder, 'al2023.tar'), brotliDecompressSync(readFileSync(archive)));
    execFileSync('tar', ['-xf', 'al2023.tar'], { cwd: folder });
    writeFileSync(join(folder, 'ready'), '');
  }
  const libraries = join(folder, 'al2023', 'lib');
  const still = missingLibraries(path, existsSync(libraries) ? libraries : join(folder, 'lib'));
  if (still.length > 0)
    throw new Error(
      `Chromium lacks shared libraries: ${still.join(', ')}. Set CHROMIUM to the path of an installed Chromium.`,
    );
  return { path, libraries: existsSync(libraries) ? libraries : join(folder, 'lib') };
}

function missingLibraries(path, libraries) {
  try {
    const listed = execFileSync('ldd', [path], {
      encoding: 'utf8',
      env: { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
    });
    return listed
      .split('\n')
      .filter((line) => line.includes('not found'))
      .map((line) => line.trim().split(' ')[0]);
  } catch {
    // No ldd, or a static binary: the launch will tell.
    return [];
  }
}

/** Launches the browser. */
export async function launchChromium(log) {
  const { path, libraries } = await executable(log);
  return playwright.launch({
    executablePath: path,
    headless: true,
    env: { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}

/** Answers every request that leaves the server's own address at once. */
export async function keepLocal(context, serverUrl) {
  await context.route(
    (url) => !url.href.startsWith(serverUrl) && /^https?:$/.test(url.protocol) && !url.hostname.endsWith('.localhost'),
    (route) => route.abort('internetdisconnected'),
  );
}
