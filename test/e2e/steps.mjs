/** What a person sees and does, from the VSIX as packaged. Each step is one test; each leaves a picture. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAccessibility } from './accessibility.mjs';

/** @type {readonly (readonly [string, (bench: import('./workbench.mjs').Workbench) => Promise<void>])[]} */
export const steps = [
  [
    'squiggle under a leak',
    async (bench) => {
      await bench.page.locator('.tab[data-resource-name="clock.ts"]').waitFor();
      await bench.page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
    },
  ],
  [
    'hover with the reason',
    async (bench) => {
      const line = bench.page.locator('.monaco-editor .view-line', { hasText: 'setInterval' });
      await bench.hover(line.locator('span > span', { hasText: 'setInterval' }).first(), 'never cleared');
    },
  ],
  [
    'problems panel with the trail',
    async (bench) => {
      await bench.page.mouse.move(640, 20);
      await bench.command('View: Focus Problems');
      const row = bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'This interval is never cleared' });
      await row.first().waitFor();
      await row.first().click();
      await bench.page.keyboard.press('ArrowRight');
      await bench.page
        .locator('.markers-panel .monaco-list-row', { hasText: 'The interval is acquired here' })
        .waitFor();
    },
  ],
  [
    'status bar says worst state, headline and alerts',
    async (bench) => {
      await bench.page.keyboard.press('Control+j');
      await bench
        .status()
        .filter({ hasText: /SLOs met: 20% of measured \(1\/5\) · 8 of 13 no data · 1 P1/ })
        .waitFor();
    },
  ],
  [
    'tree of services, objectives and causes',
    async (bench) => {
      await bench.showView();
      for (const service of [/Agent System, violating/, /Memory Safety, violating/])
        await bench.treeItem(service).waitFor();
      await bench.treeItem(/Memory: HIGH leak findings, violating/).waitFor();
      // Further down than the view is high: by keyboard.
      await bench.treeItem(/Agent System, violating/).click();
      await bench.page.keyboard.press('End');
      await bench.treeItem(/Discord bot uptime, no data/).waitFor();
      await bench.page.keyboard.press('Home');
      await bench.treeItem(/Agent System, violating/).waitFor();
      await bench.page.keyboard.press('ArrowDown');
      await bench.page.keyboard.press('ArrowRight');
    },
  ],
  [
    'a click on a leak cause opens its line',
    async (bench) => {
      const objective = bench.treeItem(/Memory: HIGH leak findings, violating/);
      await objective.click();
      await bench.page.keyboard.press('ArrowRight');
      await bench
        .treeItem(/clock\.ts:7/)
        .first()
        .click();
      await bench.page.locator('.tab.active[data-resource-name="clock.ts"]').waitFor();
      await bench.page.locator('.statusbar-item', { hasText: /Ln 7, Col 5/ }).waitFor();
    },
  ],
  [
    'a click on an agent opens its status file',
    async (bench) => {
      await bench
        .treeItem(/Agent-1, not active/)
        .last()
        .click();
      await bench.page.locator('.tab.active[data-resource-name="status.json"]').waitFor();
    },
  ],
  [
    'Refresh Snapshots from the palette',
    async (bench) => {
      await bench.command('SLO Lens: Refresh Snapshots');
      await bench.page.locator('.notification-toast', { hasText: 'refreshing snapshots' }).waitFor({ state: 'hidden' });
      await bench.status().filter({ hasText: 'of measured' }).waitFor();
    },
  ],
  [
    'panel with compliance, findings, agents, snapshots and alerts',
    async (bench) => {
      await bench.status().locator('a').click();
      const panel = bench.panel();
      await panel.locator('h1', { hasText: 'SLO Diagnostics' }).waitFor();
      for (const heading of [
        'Objectives',
        'Alerts',
        'Leak findings',
        'Agents',
        'Snapshots',
        'Message queues',
        'Refresh',
      ])
        await panel.locator('h2', { hasText: heading }).first().waitFor();
      await panel.locator('p', { hasText: '1 Python file is not analysed' }).waitFor();
      await panel.locator('p', { hasText: '0 of 8 active' }).waitFor();
      await panel
        .locator('td', { hasText: 'HIGH severity memory leak detected' })
        .or(panel.locator('th', { hasText: 'HIGH severity memory leak detected' }))
        .first()
        .waitFor();
    },
  ],
  [
    'panel passes the accessibility check',
    async (bench) => {
      await checkAccessibility(bench);
    },
  ],
  [
    'panel works by keyboard and opens a place',
    async (bench) => {
      const link = bench.panel().locator('tbody th > button.link', { hasText: 'src/clock.ts:7' }).first();
      await link.focus();
      await bench.page.keyboard.press('Enter');
      await bench.page.locator('.tab.active[data-resource-name="clock.ts"]').waitFor();
    },
  ],
  [
    'panel survives a reload',
    async (bench) => {
      const tab = bench.page.locator('.tab', { hasText: 'SLO Diagnostics' });
      // The workbench keeps its layout with a delay, and loses what it had not kept when the page goes: that is not ours to test.
      for (let wait = 2500; ; wait *= 2) {
        await tab.click();
        await bench.panel().locator('h1', { hasText: 'SLO Diagnostics' }).waitFor();
        await bench.page.waitForTimeout(wait);
        await bench.open();
        const kept = await tab.waitFor({ timeout: 10_000 }).then(
          () => true,
          () => false,
        );
        if (kept) break;
        assert.ok(wait < 15_000, 'the workbench kept no layout');
        await bench.status().locator('a').click();
      }
      await tab.click();
      await bench.panel().locator('h2', { hasText: 'Objectives' }).waitFor();
    },
  ],
  [
    'a broken status file is shown with its place, the last good value stays',
    async (bench) => {
      const path = join(bench.folder, 'agent_workspaces/Agent-5/status.json');
      const before = readFileSync(path, 'utf8');
      await bench.showView();
      writeFileSync(path, '{\n  "status": "ACTIVE",\n  "points": 1,000\n}');
      await bench.treeItem(/Agent-5, not active, .*old reading/).waitFor();
      await bench.shot('broken-status-file-tree');
      writeFileSync(path, before);
      // Somebody wrote the file just now: that is a sign of life.
      await bench.treeItem(/Agent-5, active, just now/).waitFor();
    },
  ],
  [
    'a definition with the verdict above each objective',
    async (bench) => {
      await bench.command('SLO Lens: Create Definition');
      await bench.page.locator('.tab.active[data-resource-name="slo.yaml"]').waitFor();
      await goTo(bench, 'name: agent-availability', 'objectives:');
      await bench.page
        .locator('.codelens-decoration:visible', { hasText: /violating|no data|meeting/ })
        .first()
        .waitFor();
    },
  ],
  [
    'preview of an edited threshold',
    async (bench) => {
      await goTo(bench, 'name: agent-availability', 'value: 8');
      await bench.page.keyboard.press('End');
      await bench.page.keyboard.press('Backspace');
      await bench.page.keyboard.type('0');
      await bench.page.locator('.codelens-decoration:visible', { hasText: 'Preview with >= 0' }).first().waitFor();
      const number = bench.page
        .locator('.monaco-editor .view-line', { hasText: 'value: 0' })
        .locator('span > span')
        .last();
      await bench.hover(number, 'Preview');
    },
  ],
  [
    'completion of annotations in a definition',
    async (bench) => {
      await bench.page.mouse.move(640, 700);
      await goTo(bench, 'name: agent-availability', 'annotations:');
      await bench.page.keyboard.press('End');
      await bench.page.keyboard.press('Enter');
      await bench.page.keyboard.type('  slo-lens/c');
      const row = bench.page.locator('.suggest-widget .monaco-list-row', { hasText: 'slo-lens/count-budget' });
      await row.first().waitFor();
      if (!(await bench.page.locator('.suggest-details').isVisible())) await bench.page.keyboard.press('Control+Space');
      await bench.page.locator('.suggest-details', { hasText: 'Number of items allowed' }).waitFor();
    },
  ],
  [
    'a definition with errors and their quick fix',
    async (bench) => {
      await bench.page.keyboard.press('Escape');
      await bench.command('File: Revert File');
      // What is reverted late takes the cursor with it.
      await bench.page.locator('.tab.active:not(.dirty)[data-resource-name="slo.yaml"]').waitFor();
      await goTo(bench, 'name: agent-availability', 'budgetingMethod');
      await bench.page.keyboard.press('Home');
      for (let i = 0; i < 6; i++) await bench.page.keyboard.press('ArrowRight');
      for (let i = 0; i < 3; i++) await bench.page.keyboard.press('Delete');
      await bench.page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
      const rename = bench.page.locator('.action-widget', { hasText: 'Rename' });
      await bench.until(
        () => bench.page.keyboard.press('Control+.'),
        () => rename.isVisible(),
      );
    },
  ],
  [
    'the last good definition stays in force, and the tree says so',
    async (bench) => {
      await bench.page.keyboard.press('Escape');
      await bench.page.keyboard.press('Control+s');
      await bench.treeItem(/last good definition stays in force/).waitFor();
      await bench.command('View: Focus Problems');
      await bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'unknown field' }).first().waitFor();
      await bench.shot('last-good-definition');
      rmSync(join(bench.folder, '.slo-lens'), { recursive: true });
    },
  ],
];

/** Puts the cursor on the line of a text, or of the next one below it. */
async function goTo(bench, first, below = first) {
  const lines = readFileSync(join(bench.folder, '.slo-lens/slo.yaml'), 'utf8').split('\n');
  const from = lines.findIndex((line) => line.includes(first));
  const line = lines.findIndex((one, index) => index >= from && one.includes(below)) + 1;
  assert.ok(line > 0, below);
  const at = bench.page.locator('.statusbar-item', { hasText: `Ln ${line}, ` });
  await bench.until(
    async () => {
      await bench.quickInput('Control+g', ':', line);
      await bench.page.keyboard.press('Enter');
    },
    () => at.isVisible(),
  );
}
