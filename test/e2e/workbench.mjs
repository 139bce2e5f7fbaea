/** Page objects of the workbench: what a person does and sees. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export class Workbench {
  constructor(page, server, folder, shots) {
    this.page = page;
    this.server = server;
    this.folder = folder;
    this.shots = shots;
    mkdirSync(shots, { recursive: true });
  }

  async open(file) {
    const payload = [
      ['skipWelcome', 'true'],
      ...(file ? [['openFile', `vscode-remote://${this.server.authority}${this.folder}/${file}`]] : []),
    ];
    await this.page.goto(
      `${this.server.url}/?folder=${encodeURIComponent(this.folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
      { waitUntil: 'commit' },
    );
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  status() {
    return this.page.locator('.statusbar-item[id="slo-lens.slo-lens.sloLens.status"]');
  }

  /** Runs a command by its title, and returns when the palette has gone: it would take what is typed next. */
  async command(title) {
    await this.quickInput('F1', '>', title);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Opens the quick input by a key, in the mode that its prefix stands for, and fills it. */
  async quickInput(key, prefix, text) {
    const input = this.page.locator('.quick-input-box input');
    await this.until(
      () => this.page.keyboard.press(key),
      async () => (await input.isVisible()) && (await input.inputValue()).startsWith(prefix),
    );
    await input.fill(`${prefix}${text}`);
  }

  /** Does something again, at most five times, until it has come about: a key pressed while the workbench is busy goes astray. */
  async until(act, came) {
    for (let attempt = 0; attempt < 5; attempt++) {
      await act();
      for (let waited = 0; waited < 5000; waited += 100) {
        if (await came()) return;
        await this.page.waitForTimeout(100);
      }
    }
    throw new Error(`did not come about: ${came}`);
  }

  async showView() {
    // A click on the open container closes it.
    if (!(await this.page.getByRole('treeitem', { name: /Messaging System/ }).isVisible()))
      await this.page.locator('.activitybar').getByRole('tab', { name: 'SLO Lens' }).click();
    await this.page.getByRole('treeitem', { name: /Messaging System/ }).waitFor();
  }

  treeItem(name) {
    return this.page.getByRole('treeitem', { name });
  }

  panel() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Moves away, waits until no hover is open, then hovers: a hover is computed once, when it opens. */
  async hover(locator, text) {
    for (let attempt = 0; attempt < 8; attempt++) {
      await this.page.mouse.move(640, 700);
      await this.page
        .locator('.monaco-hover:visible')
        .first()
        .waitFor({ state: 'hidden' })
        .catch(() => undefined);
      await locator.hover();
      const hover = this.page.locator('.monaco-hover:visible', { hasText: text });
      if (
        await hover
          .first()
          .waitFor({ timeout: 4000 })
          .then(
            () => true,
            () => false,
          )
      )
        return hover.first();
    }
    throw new Error(`no hover with ${text}`);
  }

  async shot(name) {
    await this.page.screenshot({ path: join(this.shots, `${name}.png`) });
  }
}
