/** What the extension costs the editor at its start; `npm run bench` asks for the figure by SLO_LENS_ACTIVATION. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension';

/** A shared machine may be ten times slower than its own goal of 20 ms; who does the work of the server here takes longer. */
const boundMs = 400;

describe('activation', () => {
  it('returns at once: loading the code and registering, while the server starts beside it', async () => {
    const extension = vscode.extensions.getExtension<ExtensionApi>('slo-lens.slo-lens');
    assert.ok(extension);
    assert.equal(extension.isActive, false, 'something activated it before');
    const started = performance.now();
    const api = await extension.activate();
    const wholeMs = performance.now() - started;
    const { SLO_LENS_ACTIVATION: file } = process.env;
    if (file !== undefined)
      writeFileSync(
        file,
        JSON.stringify({ wholeMs, loadMs: wholeMs - api.activationMs, activateMs: api.activationMs }),
      );
    assert.ok(api.activationMs < boundMs, `activate() took ${Math.round(api.activationMs)} ms`);
  });
});
