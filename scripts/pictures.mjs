/** `node scripts/pictures.mjs FOLDER FILE LINE`: the README's pictures of a leak and of the views, taken of a real folder in the real workbench. Those of the panel are the end to end tests' (`out/screenshots`). */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Workbench } from '../test/e2e/workbench.mjs';
import { keepLocal, launchChromium } from './vscode/chromium.mjs';
import { obtainVsCode } from './vscode/obtain.mjs';
import { installVsix, startVsCode } from './vscode/server.mjs';

const [folder, file, line] = process.argv.slice(2);
const log = (message) => console.error(message);
const host = await obtainVsCode(log);
const work = mkdtempSync(join(tmpdir(), 'slo-lens-pictures-'));
mkdirSync('docs/images', { recursive: true });
const browser = await launchChromium(log);
try {
  const extensions = join(work, 'extensions');
  installVsix(host, resolve('out/slo-lens.vsix'), extensions, join(work, 'install'));
  for (const [name, theme] of [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
  ]) {
    const server = await startVsCode(host, {
      extensions,
      settings: { 'workbench.colorTheme': theme, 'sloLens.alerts.notify': false },
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    await keepLocal(context, server.url);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const bench = new Workbench(page, server, resolve(folder), 'docs/images');
    await bench.open(file);
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await bench.status().filter({ hasText: 'of measured' }).waitFor();
    await bench.quickInput('Control+g', ':', line);
    await page.keyboard.press('Enter');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
    await bench.command('View: Focus Problems');
    const row = page.locator('.markers-panel .monaco-list-row', { hasText: 'never cleared' }).first();
    await row.click();
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(800);
    await bench.shot(`leak-${name}`);
    await page.keyboard.press('Control+j');
    await bench.showView();
    await page.waitForTimeout(800);
    await bench.shot(`views-${name}`);
    await context.close();
    await server.stop();
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
