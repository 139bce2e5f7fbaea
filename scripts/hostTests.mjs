/** Host tests: mocha inside the extension host of a real VS Code, over the packaged VSIX unpacked. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import esbuild from 'esbuild';
import { suites } from '../test/host/suites.mjs';
import { keepLocal, launchChromium } from './vscode/chromium.mjs';
import { installVsix, startVsCode } from './vscode/server.mjs';

const mark = '[host]';
const limitMs = 240_000;

/** Runs all suites (or the named ones); gives passed and failed. */
export async function hostTests(host, vsix, log, only = []) {
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
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-host-'));
  const browser = await launchChromium(log);
  let passed = 0;
  let failed = 0;
  try {
    const extensions = join(work, 'extensions');
    installVsix(host, vsix, extensions, join(work, 'install'));
    const unpacked = join(
      extensions,
      readdirSync(extensions).find((name) => name.startsWith('slo-lens.')),
    );
    for (const suite of suites.filter(({ name }) => only.length === 0 || only.includes(name))) {
      const folder = join(work, suite.name);
      mkdirSync(folder, { recursive: true });
      suite.prepare(folder);
      // One extension may be developed at a time: beside another, ours is an installed one.
      const other = suite.beside ? standIn(work, suite.beside) : null;
      const outcome = await runSuite(host, browser, suite, folder, other ?? unpacked, other ? extensions : undefined);
      passed += outcome.passed;
      failed += outcome.failed;
    }
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
  return { passed, failed };
}

/** An extension that is nothing but its manifest. */
function standIn(work, manifest) {
  const folder = join(work, `${manifest.publisher}.${manifest.name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

async function runSuite(host, browser, suite, folder, developed, extensions) {
  console.log(`\nhost: ${suite.name}`);
  const server = await startVsCode(host, {
    testDriver: true,
    ...(extensions === undefined ? {} : { extensions }),
    trust: suite.trust ?? false,
    settings: suite.settings ?? {},
    env: { SLO_LENS_MARK: mark, SLO_LENS_SUITE: suite.name },
  });
  let end;
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    await keepLocal(context, server.url);
    const page = await context.newPage();
    const outcome = await new Promise((done) => {
      const timer = setTimeout(() => done(`no end within ${limitMs} ms`), limitMs);
      const finish = (why) => {
        clearTimeout(timer);
        done(why);
      };
      page.on('crash', () => finish('the page crashed'));
      const uri = (path) => `vscode-remote://${server.authority}${path}`;
      const payload = [
        ['extensionDevelopmentPath', uri(developed)],
        ['extensionTestsPath', uri(resolve('out/host/index.js'))],
        ['skipWelcome', 'true'],
      ];
      const target = suite.workspaceFile
        ? `workspace=${encodeURIComponent(join(folder, suite.workspaceFile))}`
        : `folder=${encodeURIComponent(folder)}`;
      void (async () => {
        await page.exposeFunction('codeAutomationExit', (code) => finish(code === 0 ? undefined : `exit code ${code}`));
        await page.exposeFunction('codeAutomationLog', (_type, args) => {
          const text = args.map(String).join(' ').trimEnd();
          const at = text.indexOf(mark);
          if (at === -1) return;
          const line = text.slice(at + mark.length);
          if (line.startsWith('@@end ')) end = JSON.parse(line.slice('@@end '.length));
          else console.log(line);
        });
        await page.goto(`${server.url}/?${target}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
      })().catch((error) => finish(error.message));
    });
    await context.close();
    // A host that was killed reports success; a suite without a test proves nothing.
    if (!end || end.tests === 0) {
      console.log(
        `  host ${suite.name}: the tests did not finish (${outcome ?? 'the extension host died, or no test ran'})`,
      );
      return { passed: end?.passes ?? 0, failed: Math.max(1, end?.failures ?? 0) };
    }
    return {
      passed: end.passes,
      failed: Math.max(end.failures, outcome === undefined || end.failures > 0 ? end.failures : 1),
    };
  } finally {
    await server.stop();
  }
}
