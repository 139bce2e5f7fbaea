/**
 * Fixes that write the missing release. The catalogue says how a resource is released, the draft what is open and who
 * should have released it; here the two become text edits. A candidate is offered only after `certain.ts` has tried it.
 */

import type { Engine } from '../engine';
import type { Draft, Growth, Open } from '../findings/draft';
import type { Fix, TextEdit } from '../findings/findings';
import { releaseAfterUse } from './afterUse';
import { boundCache } from './bounds';
import { inOrder } from './edits';
import { deleteEntries, weaken } from './entries';
import { giveToOwner } from './handing';
import { keep } from './keeping';
import { type Layout, layoutOf } from './layout';
import { stopLoop } from './loops';
import { mend } from './mismatches';
import { releaseInFinally, removeInFinally } from './protecting';
import { releaseAfterRace } from './races';
import { isAwaited, releaseOf } from './release';
import { undo } from './removals';
import { siteFor } from './sites';

/** Gives the candidates of one file's drafts, the best first. */
export function createFixer(engine: Engine): (draft: Draft) => readonly Fix[] {
  let layout: Layout | undefined;
  return (draft) => {
    layout ??= layoutOf(engine.program.sourceFile);
    const { open, growth } = draft;
    const found: (Fix | undefined)[] = [];
    if (open?.mistaken) found.push(...mend(open, open.mistaken, engine, layout));
    else if (open?.race) found.push(releaseAfterRace(open, open.race, engine, layout));
    else if (open) {
      found.push(...giveToOwner(open, engine));
      found.push(...releaseAtSite(open, engine, layout));
      found.push(releaseAfterUse(open, engine, layout));
      if (open.local) found.push(releaseInFinally(open, engine, layout));
    }
    if (growth) found.push(endGrowth(growth, engine, layout));
    return found.flatMap((fix) => {
      const edits = fix && inOrder(fix.edits);
      return fix && edits ? [{ title: fix.title, edits }] : [];
    });
  };
}

function endGrowth(growth: Growth, engine: Engine, layout: Layout): Fix | undefined {
  switch (growth.by) {
    case 'bound':
      return boundCache(growth.insertion, layout);
    case 'deletion':
      return deleteEntries(growth.nullings);
    case 'weakness':
      return weaken(growth.place, growth.declaration, engine);
    case 'finally':
      return removeInFinally(growth.insertion, growth.removals, layout);
  }
}

/** The release where the owner ends. */
function releaseAtSite(open: Open, engine: Engine, layout: Layout): readonly Fix[] {
  const { form } = open.acquisition;
  const site = siteFor(open, engine, layout);
  // What should end it is there, and only lacks its signal: another end beside it would hide that.
  if (!site || open.acquisition.source?.neverNotified) return [];
  if (open.loop && !open.place) {
    const fix = stopLoop(open, site, engine, layout);
    return fix ? [fix] : [];
  }
  if (form.form === 'registration')
    return undo(open, site, engine, layout).flatMap(({ release, edits, title }) => {
      const written: readonly TextEdit[] | undefined = release ? site.write(release, false) : [];
      if (!written) return [];
      return [
        { title: title ?? `Add \`${release?.expression ?? ''}\` to ${site.words}`, edits: [...edits, ...written] },
      ];
    });
  const kept = keep(open, site, engine, layout);
  const one = kept && releaseOf(open.acquisition, kept.named, site.vantage, engine);
  const release =
    one && kept?.list !== undefined
      ? { expression: `${kept.list}.forEach((${kept.named.text}) => ${one.expression})`, guard: undefined }
      : one;
  const written = release && site.write(release, isAwaited(open.acquisition, release));
  return release && kept && written
    ? [{ title: `Add \`${release.expression}\` to ${site.words}`, edits: [...kept.edits, ...written] }]
    : [];
}
