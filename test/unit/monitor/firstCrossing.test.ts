/** The first commit that crossed a limit, over commits that are made up. */
import assert from 'node:assert/strict';
import { findFirstCrossing, searchable } from '../../../src/monitor/firstCrossing';
import { Monitor } from '../../../src/monitor/monitor';
import type { FileSystem, GitRevisions } from '../../../src/monitor/ports';
import { clockface } from '../../../src/page/words';
import { type CrossingReport, crossingMarkdown, crossingText } from '../../../src/report/crossing';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

type Tree = Readonly<Record<string, string>>;

const leak = (name: string): string =>
  `export class ${name} {\n  start() {\n    setInterval(() => {}, 1);\n  }\n  destroy() {\n    log(this);\n  }\n}\n`;
const clean = { 'fine.ts': 'export const wait = setTimeout;\n' };
const one: Tree = { ...clean, 'a.ts': leak('A') };

function filesOf(tree: Tree): MemoryFileSystem {
  const fs = new MemoryFileSystem();
  // Times stand for contents, as those of commits do.
  for (const [path, text] of Object.entries(tree)) fs.write(`/w/${path}`, text, text.length);
  return fs;
}

function monitorOver(fs: FileSystem): Monitor {
  return new Monitor(
    {
      fs,
      clock: new FakeClock(1_000_000),
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      git: { forFiles: async () => null },
      runner: { run: () => Promise.reject(new Error('no command is expected')) },
      toUri: (path) => `file://${path}`,
    },
    {
      roots: [{ name: 'w', uri: 'file:///w', path: '/w' }],
      trusted: true,
      minConfidence: 'medium',
      exclude: [],
      severityOverrides: {},
      agents: {},
      refreshCommands: [],
      refreshTimeoutSeconds: 1,
      cacheFolder: null,
      history: null,
      definitionFiles: [],
    },
  );
}

/** @param commits the newest first */
async function search(
  working: Tree,
  commits: readonly Tree[],
  given: Partial<GitRevisions> & { readonly isCancelled?: () => boolean } = {},
): Promise<{ readonly report: CrossingReport; readonly reads: readonly string[] }> {
  const now = monitorOver(filesOf(working));
  await now.scan({ isCancelled: () => false });
  const reads: string[] = [];
  const revisions: GitRevisions = {
    mergeBase: async () => ({ ok: false, error: { code: 'EGIT', message: 'not asked' } }),
    commits: async () => ({ ok: true, value: commits.map((_, place) => `commit-${place}`) }),
    describe: async (_, id) => ({
      ok: true,
      value: { id, subject: `Change ${id}`, author: 'Ann', at: 86_400_000, parents: 1 },
    }),
    isShallow: async () => ({ ok: true, value: false }),
    filesAt: async (_, id) => {
      const files = filesOf(commits[Number(id.slice('commit-'.length))] ?? {});
      files.onAccess = (what, path) => {
        if (what === 'read') reads.push(`${id} ${path}`);
      };
      return { ok: true, value: files };
    },
    ...given,
  };
  const definition = now.definitionInForce;
  const objective = searchable(definition).find(({ name }) => name === 'memory-high-leaks');
  assert.ok(objective);
  const report = await findFirstCrossing({
    objective,
    definition,
    now,
    root: '/w',
    revisions,
    monitorOver,
    cancellation: { isCancelled: given.isCancelled ?? (() => false) },
    progress: () => undefined,
  });
  return { report, reads };
}

const clock = clockface('UTC');

describe('first commit that crossed a limit', () => {
  it('is found, with what came with it; a file that stays as it is is read once', async () => {
    const { report, reads } = await search(one, [one, one, one, clean, clean]);
    const { outcome } = report;
    assert.ok(outcome.kind === 'found');
    assert.deepEqual([outcome.commit.id, outcome.before, outcome.after], ['commit-2', '0 findings', '1 finding']);
    assert.deepEqual(
      outcome.came.map(({ place }) => `${place.path}:${place.line + 1}`),
      ['a.ts:3'],
    );
    const ofFine = reads.filter((read) => read.endsWith('/fine.ts'));
    assert.equal(ofFine.length, 1, ofFine.join(', '));
    assert.match(
      crossingText(report, clock),
      /crossed by this commit: 0 findings before, 1 finding with it\.\n {2}commit-2 Change commit-2\n {2}Ann, 2 Jan 1970, 00:00\n1 finding came with it:\n {2}a\.ts:3 HIGH /,
    );
    assert.match(crossingText(report, clock), /Scanned \d of the 5 commits that changed something here/);
  });
  it('is what is not committed yet', async () => {
    const { outcome } = (await search({ ...one, 'b.ts': leak('B') }, [clean, one])).report;
    assert.ok(outcome.kind === 'uncommitted');
    assert.deepEqual([outcome.before, outcome.after, outcome.came.length], ['0 findings', '2 findings', 2]);
  });
  it('is none where each commit violates it, and says when the clone has not all', async () => {
    const whole = await search(one, [one, one]);
    assert.equal(whole.report.outcome.kind, 'always');
    assert.doesNotMatch(crossingText(whole.report, clock), /unshallow/);
    const shallow = await search(one, [one], { isShallow: async () => ({ ok: true, value: true }) });
    assert.match(crossingText(shallow.report, clock), /oldest commit that this shallow clone has[\s\S]*--unshallow/);
  });
  it('is none where nothing is violated, or there is nothing to count', async () => {
    assert.deepEqual((await search(clean, [one])).report.outcome, { kind: 'not-violated', valueText: '0 findings' });
    assert.deepEqual((await search({}, [one])).report.outcome, { kind: 'not-violated', valueText: 'no data' });
  });
  it('takes a commit without any script for one that does not violate', async () => {
    const { outcome } = (await search(one, [one, { 'README.md': '' }])).report;
    assert.ok(outcome.kind === 'found');
    assert.equal(outcome.before, '–');
  });
  it('says why there is none: no commit, what git says, a stop', async () => {
    const message = async (given: Parameters<typeof search>[2]): Promise<string> => {
      const { outcome } = (await search(one, [one, clean], given)).report;
      assert.ok(outcome.kind === 'failed', outcome.kind);
      return outcome.message;
    };
    assert.match(await message({ commits: async () => ({ ok: true, value: [] }) }), /no commit/);
    const broken = { ok: false, error: { code: 'EGIT', message: 'not a git repository' } } as const;
    assert.equal(await message({ commits: async () => broken }), 'not a git repository');
    assert.equal(await message({ filesAt: async () => broken }), 'not a git repository');
    assert.equal(await message({ isCancelled: () => true }), 'it was stopped');
  });
  it('shows names and subjects of strangers as text', async () => {
    const hostile = async (_: string, id: string) =>
      ({
        ok: true,
        value: { id, subject: '[x](http://evil) <img> \u001b[31m', author: '# Ann\n- b', at: 0, parents: 2 },
      }) as const;
    const { report } = await search(one, [one, clean], { describe: hostile });
    const text = crossingText(report, clock);
    assert.ok(!text.includes('\u001b') && text.includes('a merge'));
    const markdown = crossingMarkdown(report, clock);
    assert.ok(!/(?<!\\)\]\(|<img|^# Ann|^- b/m.test(markdown), markdown);
  });
});
