/** The panel on a week of a swarm that degraded, alerted and recovered: what a person sees of a history. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { checkAccessibility } from './accessibility.mjs';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');

/** Lives the week once; gives its folder. `SLO_LENS_WEEK=FOLDER` keeps it there, for the next time too. */
export function makeWeek(work) {
  const kept = process.env.SLO_LENS_WEEK;
  const folder = kept ? resolve(kept) : join(work, 'week');
  const log = join(folder, 'workspace/runtime/health/messaging.json');
  if (kept && existsSync(log)) return { folder, end: statSync(log).mtimeMs };
  const end = Date.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      tsx,
      resolve('test/support/simulatedWeek.ts'),
      join(folder, 'workspace'),
      join(folder, 'history'),
      new Date(end).toISOString(),
    ],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  return { folder, end };
}

/** Puts the workspace somewhere, as if the week had ended just now: the swarm goes on while tests take their time. */
export function placeWeek({ folder, end }, target) {
  cpSync(join(folder, 'workspace'), target, { recursive: true, preserveTimestamps: true });
  const late = Date.now() - end;
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    const file = join(target, name);
    const stat = statSync(file);
    if (!stat.isFile()) continue;
    const text = readFileSync(file, 'utf8');
    if (name.startsWith('runtime') || name.endsWith('status.json'))
      writeFileSync(
        file,
        text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (at) => new Date(Date.parse(at) + late).toISOString()),
      );
    utimesSync(file, (stat.mtimeMs + late) / 1000, (stat.mtimeMs + late) / 1000);
  }
  commitAll(target);
}

/** Two commits: all but the file that leaks, then that file. */
function commitAll(folder) {
  const git = (...args) => {
    const { status, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main', ...args],
      { cwd: folder, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
  };
  git('init', '-q');
  git('add', '.');
  git('reset', '-q', '--', 'src/clock.ts');
  git('commit', '-q', '-m', 'Begin the swarm');
  git('add', '.');
  git('commit', '-q', '-m', 'Show a clock');
}

/** Folders in which the extension keeps histories, one for each workspace that was opened. */
export function historyFolders(server) {
  const storages = join(server.folder, 'data', 'User', 'workspaceStorage');
  return existsSync(storages)
    ? readdirSync(storages)
        .map((name) => join(storages, name, 'slo-lens.slo-lens', 'slo'))
        .filter((path) => existsSync(path))
    : [];
}

/** Gives the extension the week's history, where it keeps that of the workspace that was opened last. */
export async function giveHistory({ folder }, bench, before) {
  const find = () => historyFolders(bench.server).find((path) => !before.includes(path));
  for (let wait = 0; !find(); wait++) {
    assert.ok(wait < 150, 'the extension keeps no history');
    await bench.page.waitForTimeout(200);
  }
  await bench.command('SLO Lens: Restart Server');
  // The server that ends writes its memories once more; what it wrote is not what counts here.
  await bench.page.waitForTimeout(1500);
  cpSync(join(folder, 'history'), find(), { recursive: true });
  await bench.command('SLO Lens: Restart Server');
  await bench.status().filter({ hasText: /\d%/ }).waitFor();
}

const section = (panel, heading) => panel.locator('section', { has: panel.locator('h2', { hasText: heading }) });

/** @type {readonly (readonly [string, (bench: import('./workbench.mjs').Workbench) => Promise<void>])[]} */
export const weekSteps = [
  [
    'week: tree with the budget that is left and its trend',
    async (bench) => {
      await bench.showView();
      await bench.treeItem(/Messaging: delivery success rate, meeting, .*% left, .*points in 1 day/).waitFor();
      await bench.treeItem(/Agents: active count, meeting, 1\d agents/).waitFor();
      await bench.hover(
        bench
          .treeItem(/Messaging: delivery success rate/)
          .locator('.label-name')
          .first(),
        'Trend',
      );
    },
  ],
  [
    'week: panel at a glance',
    async (bench) => {
      await bench.page.mouse.move(700, 20);
      await bench.command('SLO Lens: Open SLO Diagnostics');
      const panel = bench.panel();
      // The panel takes the focus when it opens, and would close a palette.
      await panel.locator('h1', { hasText: 'SLO Diagnostics' }).click();
      await bench.command('View: Toggle Primary Side Bar Visibility');
      await panel.locator('table.compliance svg.spark path.line').first().waitFor();
      assert.ok((await panel.locator('table.compliance svg.budget-bar').count()) >= 6);
      assert.equal(await panel.locator('input[name=window]:checked').getAttribute('value'), '7d');
    },
  ],
  [
    'week: burn-down and history over windows, by keyboard',
    async (bench) => {
      const panel = bench.panel();
      await panel.locator('button.fold', { hasText: 'Delivery success rate' }).focus();
      await bench.page.keyboard.press('Enter');
      const details = panel.locator('tr.details');
      await details.locator('svg.budget').waitFor();
      await details.locator('svg.measured').waitFor();
      for (const [value, words] of [
        ['30d', '30 days: '],
        ['1h', '1 hour: '],
        ['1d', '1 day: '],
        ['window', '30 days: '],
      ]) {
        await panel.locator(`input[name=window][value="${value}"]`).focus();
        await bench.page.keyboard.press('Space');
        await details.locator('p.summary', { hasText: words }).waitFor();
        const label = await details.locator('svg.budget').getAttribute('aria-label');
        assert.match(label ?? '', /Burn-down of the error budget .* Error budget left: /);
        await bench.shot(`week-window-${value}`);
      }
      await panel.locator('input[name=window][value="30d"]').focus();
      await bench.page.keyboard.press('ArrowLeft');
      await details.locator('p.summary', { hasText: '7 days: ' }).waitFor();
      await details.locator('summary', { hasText: 'Figures of 7 days as a table' }).focus();
      await bench.page.keyboard.press('Enter');
      assert.ok((await details.locator('details table tbody tr').count()) > 20);
      assert.equal(await details.locator('details table thead th').last().textContent(), 'Budget left');
    },
  ],
  [
    'week: the focus stays where it is when a new report comes',
    async (bench) => {
      const panel = bench.panel();
      const summary = panel.locator('tr.details summary', { hasText: 'Figures of 7 days' });
      await summary.focus();
      const file = join(bench.folder, 'agent_workspaces/Agent-2/status.json');
      const before = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        before
          .replace(/"current_mission": "[^"]*"/, '"current_mission": "Another mission"')
          .replace('"status": "ACTIVE"', '"status": "OFFLINE"'),
      );
      await section(panel, 'Agents')
        .locator('tr', { hasText: 'Agent-2' })
        .locator('.state', { hasText: 'not active' })
        .waitFor();
      assert.equal(await summary.evaluate((element) => element.ownerDocument.activeElement === element), true);
      assert.ok(await panel.locator('tr.details details[open]').count());
      writeFileSync(file, before);
    },
  ],
  [
    'week: incidents as a timeline and as a table',
    async (bench) => {
      const panel = bench.panel();
      await panel.locator('button.fold', { hasText: 'Delivery success rate' }).click();
      await section(panel, 'Alerts').scrollIntoViewIfNeeded();
      const timeline = panel.locator('svg.timeline');
      await timeline.scrollIntoViewIfNeeded();
      assert.ok((await timeline.locator('rect.incident').count()) >= 8);
      assert.ok((await timeline.locator('rect.incident.firing').count()) >= 1);
      const table = section(panel, 'Alerts').locator('details', { hasText: 'as a table' });
      await table.locator('summary').click();
      for (const text of ['Fewer than 6 agents active', 'Discord bot down', 'HIGH severity memory leak detected'])
        await table.locator('tr', { hasText: text }).first().waitFor();
      assert.match(
        (await table.locator('tr', { hasText: 'Fewer than 6 agents active' }).first().textContent()) ?? '',
        /resolved/,
      );
      assert.match((await table.locator('tr', { hasText: 'HIGH severity' }).first().textContent()) ?? '', /firing/);
    },
  ],
  [
    'week: the post-mortem of an incident, drafted from the panel',
    async (bench) => {
      const panel = bench.panel();
      const row = section(panel, 'Alerts').locator('details tr', { hasText: 'Fewer than 6 agents active' }).first();
      const button = row.locator('button', { hasText: 'Draft post-mortem' });
      await button.scrollIntoViewIfNeeded();
      await bench.shot('week-post-mortem-action');
      await button.focus();
      await bench.page.keyboard.press('Enter');
      // Words, not patterns: the editor's spaces are others, which patterns do not take for such.
      const line = (text) => bench.page.locator('.monaco-editor .view-line', { hasText: text }).first();
      await line('Post-mortem (draft): Fewer than 6 agents active').waitFor();
      await line('Recorded from').waitFor();
      await bench.shot('week-post-mortem');
      await bench.command('Markdown: Open Preview');
      const preview = bench.page
        .frameLocator('iframe.webview.ready[src*="vscode.markdown-language-features"]')
        .frameLocator('iframe#active-frame');
      await preview.locator('h2', { hasText: 'Timeline' }).waitFor();
      await preview.locator('td', { hasText: 'P1 Fewer than 6 agents active fired' }).first().waitFor();
      await bench.shot('week-post-mortem-preview');
      await preview.locator('h2', { hasText: 'Impact' }).scrollIntoViewIfNeeded();
      await bench.shot('week-post-mortem-timeline');
      await bench.command('View: Close Editor');
    },
  ],
  [
    'week: the post-mortem of alerts that belong together, from the palette',
    async (bench) => {
      // Its list takes the place of the palette's own.
      await bench.quickInput('F1', '>', 'SLO Lens: Draft Post-mortem');
      const rows = bench.page.locator('.quick-input-list .monaco-list-row');
      await rows.filter({ hasText: 'Draft Post-mortem' }).first().click();
      await rows.filter({ hasText: 'P2 Snapshots not current' }).first().waitFor();
      await bench.shot('week-post-mortem-pick');
      await bench.page.keyboard.type('Fewer than 8');
      await rows.filter({ hasText: 'P2 Fewer than 8 agents active' }).first().waitFor();
      await bench.page.keyboard.press('Enter');
      const together = rows.filter({ hasText: 'Together with the 5 alerts that began meanwhile' });
      await together.waitFor();
      await bench.shot('week-post-mortem-together');
      await together.click();
      await bench.page
        .locator('.monaco-editor .view-line', { hasText: 'Fewer than 8 agents active and 5 alerts more' })
        .first()
        .waitFor();
      await bench.command('SLO Lens: Open SLO Diagnostics');
      await bench.panel().locator('h1', { hasText: 'SLO Diagnostics' }).waitFor();
    },
  ],
  [
    'week: agents and snapshots, and why each counts',
    async (bench) => {
      const panel = bench.panel();
      const agents = section(panel, 'Agents');
      await agents.locator('tr', { hasText: 'Agent-14' }).scrollIntoViewIfNeeded();
      await agents.locator('tr', { hasText: /Agent-14.*not active/ }).waitFor();
      const snapshots = section(panel, 'Snapshots');
      await snapshots.locator('tr', { hasText: /analysis\/agent_analysis\.json.*missing/ }).waitFor();
      await snapshots.locator('tr', { hasText: /project_analysis\.json.*not current.*older than/ }).waitFor();
    },
  ],
  [
    'week: from a violated memory objective to its lines, and their fix',
    async (bench) => {
      const panel = bench.panel();
      await panel.locator('button.count', { hasText: 'violating' }).click();
      await panel.locator('button.fold', { hasText: 'HIGH leak findings' }).click();
      const details = panel.locator('tr.details');
      await details.locator('p', { hasText: 'Fixing these 2 findings meets this objective' }).waitFor();
      await details.locator('ol.trail button.link').first().waitFor();
      await bench.shot('week-drill-down');
      await details.locator('button.primary', { hasText: 'clearInterval' }).click();
      await bench.page.locator('.tab.active[data-resource-name="clock.ts"]').waitFor();
      await bench.page.locator('.monaco-editor .view-line', { hasText: 'clearInterval(' }).first().waitFor();
      await bench.shot('week-fix-applied');
      await bench.command('SLO Lens: Open SLO Diagnostics');
      await bench.panel().locator('tr.details p', { hasText: 'Fixing this finding meets this objective' }).waitFor();
    },
  ],
  [
    'week: panel passes the accessibility check with everything open',
    async (bench) => {
      await bench.command('SLO Lens: Open SLO Diagnostics');
      const panel = bench.panel();
      await panel.locator('button.count', { hasText: 'All' }).click();
      for (let at = 0; at < 13; at++) {
        const fold = panel.locator('button.fold').nth(at);
        if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
      }
      assert.equal(await panel.locator('tr.details').count(), 13);
      await checkAccessibility(bench);
    },
  ],
  [
    'week: the commit that crossed the limit',
    async (bench) => {
      await bench.panel().locator('button', { hasText: 'Which commit crossed the limit?' }).first().click();
      const preview = bench.page.locator('.tab.active', { hasText: /^Preview/ });
      await preview.waitFor();
      const page = bench.page.frameLocator('iframe.webview.ready >> nth=-1').frameLocator('iframe#active-frame');
      await page.locator('li', { hasText: 'Show a clock' }).waitFor();
    },
  ],
];
