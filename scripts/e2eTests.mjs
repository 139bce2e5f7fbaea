/** End-to-end tests: the workbench in Chromium, the extension from its VSIX; once in a dark, once in a light theme. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { steps } from '../test/e2e/steps.mjs';
import { giveHistory, historyFolders, makeWeek, placeWeek, weekSteps } from '../test/e2e/week.mjs';
import { Workbench } from '../test/e2e/workbench.mjs';
import { keepLocal, launchChromium } from './vscode/chromium.mjs';
import { installVsix, startVsCode } from './vscode/server.mjs';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

/** `SLO_LENS_E2E=week` runs only the steps over the history. */
const only = process.env.SLO_LENS_E2E;

/** Gives passed and failed; pictures go to out/screenshots. */
export async function e2eTests(host, vsix, log) {
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-e2e-'));
  const browser = await launchChromium(log);
  let passed = 0;
  let failed = 0;
  try {
    const extensions = join(work, 'extensions');
    installVsix(host, vsix, extensions, join(work, 'install'));
    console.log('\ne2e: a week of a swarm is lived through');
    const week = makeWeek(work);
    for (const [name, theme] of Object.entries(themes)) {
      console.log(`\ne2e: ${name}`);
      const server = await startVsCode(host, {
        extensions,
        settings: { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false },
      });
      const run = async (folder, file, prepare, list) => {
        const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
        await keepLocal(context, server.url);
        const page = await context.newPage();
        page.setDefaultTimeout(30_000);
        const bench = new Workbench(page, server, folder, join('out/screenshots', name));
        await bench.open(file);
        await prepare(bench);
        for (const [title, step] of list) {
          const number = String(passed + failed - done + 1).padStart(2, '0');
          const shot = `${number}-${title.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`;
          try {
            await step(bench);
            await bench.shot(shot);
            passed++;
            console.log(`  ✔ ${title}`);
          } catch (error) {
            failed++;
            await bench.shot(`${shot}-FAILED`).catch(() => undefined);
            console.log(`  ✘ ${title}: ${error.message.split('\n').slice(0, 6).join('\n    ')}`);
          }
        }
        await context.close();
      };
      const done = passed + failed;
      try {
        const sample = join(work, name, 'sample');
        cpSync('sample', sample, { recursive: true });
        if (only !== 'week') await run(sample, 'src/clock.ts', () => undefined, steps);
        const swarm = join(work, name, 'swarm');
        placeWeek(week, swarm);
        const before = historyFolders(server);
        await run(swarm, undefined, (bench) => giveHistory(week, bench, before), weekSteps);
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
