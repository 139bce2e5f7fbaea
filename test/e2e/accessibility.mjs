/** The accessibility check of the panel: WCAG 2 A and AA, by axe. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export async function checkAccessibility(bench) {
  const frame =
    bench.page.frames().find((candidate) => candidate.name() === '' && candidate.url().includes('fake.html')) ??
    (await (await bench.panel().locator('main').elementHandle())?.ownerFrame());
  assert.ok(frame, 'the panel has a frame');
  // The page forbids scripts of others: the check runs in the context of the test.
  const source = readFileSync(axe, 'utf8');
  const result = await frame.evaluate(
    `(() => { ${source}; return window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }); })()`,
  );
  const serious = result.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.length} × ${violation.nodes[0]?.html}`,
  );
  assert.deepEqual(serious, []);
}
