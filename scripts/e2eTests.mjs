/** End-to-end tests: the workbench in Chromium, the extension from its VSIX; once in a dark, once in a light theme. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { steps } from '../test/e2e/steps.mjs';
import { Workbench } from '../test/e2e/workbench.mjs';
import { keepLocal, launchChromium } from './vscode/chromium.mjs';
import { installVsix, startVsCode } from './vscode/server.mjs';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

/** Gives passed and failed; pictures go to out/screenshots. */
export async function e2eTests(host, vsix, log) {
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-e2e-'));
  const browser = await launchChromium(log);
  let passed = 0;
  let failed = 0;
  try {
    const extensions = join(work, 'extensions');
    installVsix(host, vsix, extensions, join(work, 'install'));
    for (const [name, theme] of Object.entries(themes)) {
      console.log(`\ne2e: ${name}`);
      const folder = join(work, name, 'sample');
      cpSync('sample', folder, { recursive: true });
      const server = await startVsCode(host, {
        extensions,
        settings: { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false },
      });
      try {
        const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
        await keepLocal(context, server.url);
        const page = await context.newPage();
        page.setDefaultTimeout(30_000);
        const bench = new Workbench(page, server, folder, join('out/screenshots', name));
        await bench.open('src/clock.ts');
        for (const [index, [title, run]] of steps.entries()) {
          const file = `${String(index + 1).padStart(2, '0')}-${title.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`;
          try {
            await run(bench);
            await bench.shot(file);
            passed++;
            console.log(`  ✔ ${title}`);
          } catch (error) {
            failed++;
            await bench.shot(`${file}-FAILED`).catch(() => undefined);
            console.log(`  ✘ ${title}: ${error.message.split('\n').slice(0, 6).join('\n    ')}`);
          }
        }
        await context.close();
      } finally {
        await server.stop();
      }
    }
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
  return { passed, failed };
}
