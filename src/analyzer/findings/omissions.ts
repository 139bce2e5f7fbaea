/**
 * Findings of one file that one omission brings about: a teardown that forgets three listeners is told at each of them, so that
 * each has its squiggle, its fix and its place in a baseline, and bears a mark by which views tell it once.
 */

import type { Engine } from '../engine';
import { functionName } from '../growth/holders';
import type { Catalogue } from '../resources/catalogue';
import { enclosingFunction, type FunctionNode, type ts } from '../syntax/syntax';
import type { Draft } from './draft';
import type { Omission } from './findings';

interface Site {
  /** What does not end it: the teardown, the owner that has none, or the function that begins it. */
  readonly node: ts.Node;
  readonly by: string | null;
  readonly owner: string | null;
  readonly inside: FunctionNode | undefined;
}

/** The omission behind each draft that shares it with another one, in the order of the drafts. */
export function omissionsOf(
  drafts: readonly Draft[],
  engine: Engine,
  catalogue: Catalogue,
): readonly (Omission | undefined)[] {
  const groups = new Map<string, { readonly site: Site; readonly draft: Draft }[]>();
  const keys = drafts.map((draft) => {
    const site = siteOf(draft, engine);
    if (!site) return undefined;
    const key = `${draft.kind} ${draft.mechanism} ${String(site.node.pos)}:${String(site.node.end)}`;
    const group = groups.get(key) ?? [];
    groups.set(key, [...group, { site, draft }]);
    return key;
  });
  let number = 0;
  const told = new Map<string, Omission>();
  for (const [key, group] of groups) {
    const [first] = group;
    const kind = first && catalogue.kind(first.draft.kind);
    if (!first || !kind || group.length < 2) continue;
    number++;
    const { by, owner, inside } = first.site;
    const isOfOne = inside !== undefined && group.every(({ site }) => site.inside === inside);
    told.set(key, {
      id: String(number),
      things: kind.noun,
      ended: kind.participle ?? 'released',
      of: (isOfOne ? nameOf(inside) : null) ?? owner,
      by,
    });
  }
  return keys.map((key) => (key === undefined ? undefined : told.get(key)));
}

function siteOf({ node, mechanism, open }: Draft, { program }: Engine): Site | undefined {
  const inside = enclosingFunction(node);
  if (mechanism === 'repeated-registration') return inside && { node: inside, by: null, owner: null, inside };
  if (mechanism !== 'no-release-on-dispose') return undefined;
  const owner = program.members.ownerAt(node);
  const name = owner && owner.name !== '' ? owner.name : null;
  const at = open?.teardown?.node ?? owner?.node ?? inside;
  return at && { node: at, by: open?.teardown?.name ?? null, owner: name, inside };
}

function nameOf(fn: FunctionNode): string | null {
  const name = functionName(fn);
  return name === '' ? null : name;
}
