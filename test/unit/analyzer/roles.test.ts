import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyzer/analyzer';
import { fileRoleOf } from '../../../src/analyzer/files/fileRole';

const code = `import fs from 'node:fs';\nimport { Pool } from 'pg';\nconst pool = new Pool();\nexport function touch(path: string, now: Date) {\n  const fd = fs.openSync(path, 'r+');\n  fs.futimesSync(fd, now, now);\n  fs.closeSync(fd);\n}\nexport async function load(text: string) {\n  const client = await pool.connect();\n  return client.query(text);\n}`;

function graded(path: string): readonly string[] {
  return analyzeFile({ path, text: code }, { severityOverrides: {} }).findings.findings.map(
    ({ kind, severity, confidence }) => `${kind} ${severity} ${confidence}`,
  );
}

describe('the role of a file', () => {
  it('hides in tests what only a failing call leaves open', () => {
    assert.deepEqual(graded('test/touch.test.ts'), ['handle/fs-descriptor low low', 'handle/pg-pool-client low high']);
  });
  it('hides in tests what does not weigh most elsewhere', () => {
    const clock = 'export function start(work: () => void) {\n  setInterval(work, 9);\n}';
    const of = (path: string): readonly string[] =>
      analyzeFile({ path, text: clock }, { severityOverrides: {} }).findings.findings.map(
        ({ severity, confidence }) => `${severity} ${confidence}`,
      );
    assert.deepEqual(of('src/clock.ts'), ['low medium']);
    assert.deepEqual(of('test/clock.ts'), ['low low']);
  });
  it('lowers by one level in examples and scripts', () => {
    for (const path of [
      'examples/touch.ts',
      'scripts/touch.ts',
      '.stackblitz/a/touch.ts',
      '.codesandbox/touch.ts',
      'playgrounds/touch.ts',
      'devserver.js',
      'packages/web/dev-server.ts',
      'sandbox/server.js',
      'tasks/touch.cjs',
      'packages/release-scripts/src/touch.ts',
    ])
      assert.deepEqual(graded(path), ['handle/fs-descriptor low high', 'handle/pg-pool-client medium high'], path);
  });
  it('is no script in what a program does or puts into pages', () => {
    for (const path of [
      'src/routes/tasks.ts',
      'src/tasks/touch.ts',
      'tasks/touch.ts',
      'src/content-scripts/touch.ts',
      'content-script.js',
    ])
      assert.deepEqual(graded(path), graded('src/touch.ts'), path);
  });
  it('is no test for a type or a browser of what runs tests', () => {
    const of = (line: string): string => fileRoleOf('src/touch.ts', `${line}\n${code}`);
    assert.equal(of("import type { Mock, vi } from 'vitest';"), 'production');
    assert.equal(of("import { chromium } from '@playwright/test';"), 'production');
    assert.equal(of("const made = `import { it } from 'vitest'`;"), 'production');
    assert.equal(of("import { expect, it } from 'vitest';"), 'test');
  });
  it('is that of a test in every folder of tests, and in none of what tests are run by', () => {
    for (const path of [
      'src/touch.spec.db.ts',
      'integration-tests/touch.ts',
      'packages/a/e2e-tests/touch.ts',
      'unit-test/touch.ts',
      'packages/desk-smoke-test/touch.ts',
      'src/__e2e__/touch.ts',
      'apps/backend-e2e/src/touch.ts',
      'packages/e2e-utils/src/mocks/touch.ts',
      'packages/testcontainers/src/touch.ts',
      'src/testUtils/touch.ts',
      'features/stepDefinitions/touch.ts',
      'features/touch.steps.ts',
      'src/touch.benchmark.ts',
      'test-touch.js',
    ])
      assert.deepEqual(graded(path), graded('test/touch.ts'), path);
    for (const path of [
      'packages/test-runner/touch.ts',
      'packages/containers/src/touch.ts',
      'src/latest-utils/touch.ts',
      'src/smoketest/touch.ts',
      'src/stackblitz.ts',
      'packages/stackblitz/touch.ts',
      'packages/codesandbox/src/touch.ts',
      'packages/cli/src/touch.ts',
      'latest/touch.ts',
      'src/touch.step.ts',
      'src/test-touch.ts',
      'src/dev-server.ts',
      'src/sandbox/touch.ts',
      'src/manuscripts/touch.ts',
    ])
      assert.deepEqual(graded(path), graded('src/touch.ts'), path);
  });
  it('is that of a test where it names what runs tests, wherever it lies', () => {
    const with_ = (line: string): readonly string[] =>
      analyzeFile({ path: 'src/touch.ts', text: `${line}\n${code}` }, { severityOverrides: {} }).findings.findings.map(
        ({ severity }) => severity,
      );
    assert.deepEqual(with_("import { test } from 'vitest';"), ['low', 'low']);
    assert.deepEqual(with_("import { test } from 'vitest-like';"), ['low', 'high']);
  });
  it('changes nothing in production', () => {
    assert.deepEqual(graded('src/touch.ts'), ['handle/fs-descriptor low high', 'handle/pg-pool-client high high']);
  });
});
