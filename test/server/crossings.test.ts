/** Which commit crossed a limit, asked of the server, in a repository that git made. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FirstCrossingResult } from '../../src/protocol/messages';
import { Session } from './session';

const leak =
  'export class Clock {\n  start() {\n    setInterval(() => {}, 1);\n  }\n  destroy() {\n    log(this);\n  }\n}\n';

function git(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(
    'git',
    ['-c', 'user.name=Ann', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main', ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
}

function committed([folder]: readonly string[]): void {
  assert.ok(folder);
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'Begin');
  for (const [name, text] of [
    ['notes.ts', 'export const notes = 1;\n'],
    ['clock.ts', leak],
    ['more.ts', 'export const more = 1;\n'],
  ] as const) {
    writeFileSync(join(folder, name), text);
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', `Add ${name}`);
  }
}

describe('language server, first commit that crossed a limit', () => {
  const ask = (session: Session, objective: string): Promise<FirstCrossingResult> =>
    session.client.sendRequest('sloLens/firstCrossing', { objective });

  it('names the commit and what came with it, and refuses what it cannot know', async () => {
    const session = await Session.open([{ 'a.ts': 'export const a = 1;\n' }], { before: committed });
    try {
      await session.firstReport();
      const { ok, text } = await ask(session, 'memory-high-leaks');
      assert.ok(ok, text);
      assert.match(text, /crossed by this commit: 0 findings before, 1 finding with it/);
      assert.match(text, /Add clock\.ts\n- Ann, [\s\S]*- clock\.ts:3 HIGH /);
      assert.equal((await ask(session, 'agent-availability')).ok, false);
      assert.equal((await ask(session, 'nothing')).ok, false);
    } finally {
      await session.end();
    }
  });
  it('asks git nothing without trust', async () => {
    const session = await Session.open([{ 'a.ts': leak }], { before: committed, trusted: false });
    try {
      await session.firstReport();
      assert.deepEqual(await ask(session, 'memory-high-leaks'), {
        ok: false,
        text: 'Git is asked only in trusted workspaces.',
      });
    } finally {
      await session.end();
    }
  });
  it('says so where there is no repository', async () => {
    const session = await Session.open([{ 'a.ts': leak }]);
    try {
      await session.firstReport();
      const { ok, text } = await ask(session, 'memory-high-leaks');
      assert.deepEqual([ok, /^No commit can be named: /.test(text)], [false, true], text);
    } finally {
      await session.end();
    }
  });
});
