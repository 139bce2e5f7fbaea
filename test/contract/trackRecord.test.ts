/** Kinds weigh little by what readers said of them, and not by what somebody thinks of them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seldomRight } from '../../src/analyzer/resources/trackRecord';

interface Judged {
  readonly repo: string;
  readonly path: string;
  readonly kind: string;
  readonly severity: string;
  readonly verdicts: readonly string[];
}

const excepted: ReadonlySet<string> = new Set([
  // Its own rules tell what a program begins once from what works for a caller or is kept to be ended (`severity.test.ts`).
  'listener/interval',
  // Likewise: a first step on what was just opened, a file for the output of what goes on alone, a part whose class ends others.
  'handle/fs-descriptor',
  'handle/field-without-teardown',
  // What readers called wrong is told apart since: of what was judged and is still made, half or more is right.
  'cache/sibling-collection-forgotten',
  'handle/bracket-left-open',
  'handle/pg-client',
  'listener/release-unreachable',
  'listener/shared-event',
  'listener/timeout-rearm-loop',
]);
/** Of these only what more speaks for has been drawn since they are on the list, and of that a third is right. */
const kept: ReadonlySet<string> = new Set(['listener/dom-event-listener']);
/** Files that a kind is told by: from so many a third counts, from so many that none was right. */
const fewest = { forThird: 8, forNone: 5 };

/** Shares of those that were right, one vote for each file, of the kinds of which readers saw enough to tell. */
function sharesRight(): ReadonlyMap<string, number> {
  const judged = JSON.parse(
    readFileSync(join(__dirname, '..', 'accuracy', 'firstSight.json'), 'utf8'),
  ) as readonly Judged[];
  const votes = new Map<string, Map<string, boolean>>();
  for (const { repo, path, kind, severity, verdicts } of judged) {
    if (severity !== 'medium') continue;
    const of = votes.get(kind) ?? new Map<string, boolean>();
    const file = `${repo}/${path}`;
    if (!of.has(file))
      of.set(
        file,
        verdicts.every((verdict) => verdict === 'true'),
      );
    votes.set(kind, of);
  }
  return new Map(
    [...votes].flatMap(([kind, of]) => {
      const right = [...of.values()].filter(Boolean).length;
      return of.size < (right === 0 ? fewest.forNone : fewest.forThird) ? [] : [[kind, right / of.size] as const];
    }),
  );
}

describe('kinds that readers seldom called right', () => {
  it('are those of the list', () => {
    const found = [...sharesRight()].flatMap(([kind, share]) =>
      (share < 1 / 3 || kept.has(kind)) && !excepted.has(kind) ? [kind] : [],
    );
    assert.deepEqual(found.toSorted(), [...seldomRight].toSorted());
  });
});
