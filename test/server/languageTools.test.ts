/** The tools of language models over the wire: what they answer of a real workspace, and of a branch against its base. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { nodeRevisions } from '../../src/monitor/node/nodeRevisions';
import type { GitRevisions } from '../../src/monitor/ports';
import type { LanguageToolResult } from '../../src/protocol/messages';
import { clean, defaultSettings, Session } from './session';

/** One HIGH finding: the interval outlives what `destroy` ends. */
const leak = 'export class Clock {\n  start() { setInterval(() => {}, 1); }\n  destroy() { console.log(1); }\n}\n';

function git(folder: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
}

/** A repository whose main branch has what is there. */
function committed(folders: readonly string[]): void {
  const [folder = ''] = folders;
  git(folder, 'init', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-m', 'base');
  git(folder, 'checkout', '-b', 'feature');
}

describe('tools of language models over the wire', function () {
  this.timeout(60_000);
  let session: Session | null = null;
  const scans: string[] = [];
  /** The real one, and a note of what it was asked for. */
  const revisions: GitRevisions = {
    ...nodeRevisions,
    filesAt: (root, commit) => {
      scans.push(commit);
      return nodeRevisions.filesAt(root, commit);
    },
  };
  const open = async (
    files: Readonly<Record<string, string>>,
    options: Parameters<typeof Session.open>[1] = {},
  ): Promise<Session> => {
    scans.length = 0;
    session = await Session.open([files], { revisions, ...options });
    await session.until('scanned', () => session?.reports.at(-1)?.code.state === 'complete');
    return session;
  };
  const ask = async (tool: string, input: unknown = {}, maxCharacters: number | null = null): Promise<string> => {
    const result = await (session ?? assert.fail()).client.sendRequest<LanguageToolResult>('sloLens/languageTool', {
      tool,
      input,
      maxCharacters,
    });
    assert.ok(result.ok, result.ok ? '' : result.message);
    return result.text;
  };
  afterEach(async () => {
    await session?.end();
    session = null;
  });

  it('slo_status and slo_explain answer from the report of now', async () => {
    await open({ 'src/poll.ts': leak, 'src/plain.ts': 'export const one = 1;\n' });
    const status = await ask('slo_status');
    assert.match(status, /Coverage: 50% of measured \(1\/2\) · 11 of 13 no data\./);
    assert.match(status, /- violating: \u27e6memory-high-leaks\u27e7/);
    assert.match(status, /Code: 1 HIGH, 0 MEDIUM and 0 LOW findings in 2 files; scan just now/);
    const line = await ask('slo_explain', { what: 'src/poll.ts:2' });
    assert.match(line, /Reported on line 2 of \u27e6src\/poll\.ts\u27e7: 1\.\n- HIGH \u27e6src\/poll\.ts:2\u27e7/);
    assert.match(
      await ask('slo_explain', { what: 'src/poll.ts:1' }),
      /Nothing is reported on line 1 .* The file was analysed/,
    );
    assert.match(await ask('slo_explain', { what: 'src/plain.ts:1' }), /The file was analysed/);
    assert.match(await ask('slo_explain', { what: 'src/other.ts:1' }), /nothing is known of it/);
    assert.match(
      await ask('slo_explain', { what: 'memory-high-leaks' }),
      /Causes \(1\):\n- \u27e6src\/poll\.ts:2\u27e7/,
    );
    assert.ok((await ask('slo_status', {}, 1000)).length <= 1000);
    const wrong = await session?.client.sendRequest<LanguageToolResult>('sloLens/languageTool', {
      tool: 'slo_status',
      input: { state: 'green' },
      maxCharacters: null,
    });
    assert.deepEqual(
      [wrong?.ok, wrong?.ok === false && /^Wrong input: `state` takes/.test(wrong.message)],
      [false, true],
    );
  });

  it('with every source gone nothing is met', async () => {
    await open({ 'src/poll.ts': clean });
    assert.match(
      await ask('slo_status'),
      /Coverage: 100% of measured \(2\/2\) · 11 of 13 no data\. Not measured: 11 without data/,
    );
    rmSync(session?.path('src/poll.ts') ?? '');
    await session?.changed('src/poll.ts');
    await session?.until('nothing is left', () => session?.report.code.files.analysed === 0);
    const text = await ask('slo_status');
    assert.match(text, /Coverage: no data\. Not measured: 13 without data/);
    assert.doesNotMatch(text, /^- meeting/m);
    assert.match(text, /no TypeScript or JavaScript was analysed, so that nothing is known of leaks/);
    assert.match(await ask('slo_gate'), /Gate: not met, without data nothing is/);
  });

  it('slo_gate sees what was just written, without an event, and compares it with where the branch began', async () => {
    await open({ 'src/poll.ts': clean, 'src/old.ts': leak }, { before: committed });
    session?.write('src/new.ts', leak);
    rmSync(session?.path('src/old.ts') ?? '');
    const text = await ask('slo_gate');
    assert.match(text, /Compared with \u27e6main \(merge base [0-9a-f]{12}\)\u27e7/);
    assert.match(text, /Gate: not met, an objective is violated/);
    assert.match(text, /Violated before and now: \u27e6memory-high-leaks\u27e7/);
    assert.match(text, /Findings that this branch adds: 1\.\n- HIGH \u27e6src\/new\.ts:2\u27e7/);
    assert.match(text, /Findings that are gone since: 1\.\n- HIGH \u27e6src\/old\.ts:2\u27e7/);
    assert.match(
      await ask('slo_gate', { policy: 'no-worse' }),
      /Gate: met, nothing is worse than at the base, on what is measured: 2 of 13 objectives \(policy no-worse/,
    );
    assert.equal(scans.length, 1, 'the base is scanned once');
    session?.write('src/new.ts', clean);
    assert.match(await ask('slo_gate'), /Findings that this branch adds: 0\./);
    assert.match(
      await ask('slo_gate', { since: 'nowhere' }),
      /Not compared with a base: git says: \u27e6nowhere names no commit here\u27e7\./,
    );
    assert.equal(scans.length, 1);
    await session?.client.sendNotification('sloLens/settings', {
      settings: { ...defaultSettings, severityOverrides: { 'listener/interval': 'low' } },
      trusted: true,
    });
    await ask('slo_gate');
    assert.equal(scans.length, 2, 'under other settings it is scanned anew');
  });

  it('slo_gate without a repository, or in an untrusted workspace, runs no git and says so', async () => {
    await open({ 'src/poll.ts': leak });
    assert.match(await ask('slo_gate'), /Not compared with a base: no main branch was found/);
    await session?.end();
    const asked: string[] = [];
    await open(
      { 'src/poll.ts': leak },
      {
        before: committed,
        trusted: false,
        revisions: {
          ...nodeRevisions,
          mergeBase: (_, revision) => {
            asked.push(revision);
            return Promise.reject(new Error('git ran'));
          },
          filesAt: () => Promise.reject(new Error('git ran')),
        },
      },
    );
    const text = await ask('slo_gate');
    assert.match(
      text,
      /Not compared with a base: the workspace is not trusted, and git runs in trusted workspaces only/,
    );
    assert.match(text, /Gate: not met, an objective is violated/);
    assert.deepEqual(asked, []);
  });

  it('a gate that is cancelled ends without an answer, and the next one is answered', async () => {
    await open({ 'src/poll.ts': leak }, { before: committed });
    const source = new CancellationTokenSource();
    const asked = (session ?? assert.fail()).client.sendRequest(
      'sloLens/languageTool',
      { tool: 'slo_gate', input: {}, maxCharacters: null },
      source.token,
    );
    source.cancel();
    await assert.rejects(asked, { code: -32800 });
    source.dispose();
    assert.match(await ask('slo_gate'), /Findings that this branch adds: 0\./);
  });
});
