/**
 * Releases that are written and never release: of a field that was emptied or replaced just before, behind a guard that
 * excludes what they are for, of the keys of a table instead of its values. The author states that the thing has to end,
 * so nothing else need be known of it.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import type { ResourceKind } from '../../resources/model';
import { isWithin, lineOf, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { unreachableKinds } from '../../words/fallbackKinds';
import { type Ending, endingsOf } from '../values/endings';
import { emptyFault } from './neverGiven';
import { reboundHandlers } from './rebound';
import { guardFault, operandFault } from './vainGuards';
import { loopFault } from './vainLoops';
import { orderFault } from './vainOrder';

/** Why a release does nothing. */
export interface Vain {
  /** Completes "it is never released: …". */
  readonly why: string;
  readonly advice: string;
  /** What makes it so. */
  readonly cause: ts.Node;
  /** Where the reader should look: what is left open, if that is known. */
  readonly left?: ts.Node | undefined;
}

/** Findings for all releases of a file that release nothing. */
export function findVainReleases(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  const endings = endingsOf(engine, kinds);
  for (const ending of endings) {
    const vain =
      loopFault(ending, engine, acquisitions) ??
      orderFault(ending, engine, endings) ??
      guardFault(ending, engine, endings) ??
      emptyFault(ending, engine, acquisitions);
    const left = vain?.left ?? ending.site;
    if (!vain || told.has(left)) continue;
    told.add(left);
    const acquired = acquisitions.find(({ node, result }) => node === left && result !== undefined);
    drafts.push(draftOf(vain, left, ending.site, acquired?.kind.id ?? unreachableKinds[familyOf(ending)]));
  }
  for (const { vain, site, left } of [...operandFault(engine), ...reboundHandlers(engine)]) {
    if (told.has(left)) continue;
    told.add(left);
    drafts.push(draftOf(vain, left, site, unreachableKinds.listener));
  }
  return drafts;
}

function familyOf({ family }: Ending): 'listener' | 'handle' {
  return family === 'listener' ? 'listener' : 'handle';
}

function draftOf(vain: Vain, left: ts.Node, site: ts.Node, kind: string): Draft {
  const steps: TrailStep[] = [
    { role: 'release', message: 'This does not release it', range: rangeOf(site) },
    { role: 'exit', message: vain.why, range: rangeOf(vain.cause) },
  ];
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${shortened(site)}\`${left === site ? '' : ` on line ${lineOf(site)}`} does not release what it is for: ${vain.why}.`,
    advice: vain.advice,
    node: left,
    trail:
      left === site || isWithin(site, left)
        ? steps
        : [{ role: 'acquired', message: 'Made here', range: rangeOf(left) }, ...steps],
  };
}

function shortened(site: ts.Node): string {
  const text = (ts.isCallExpression(site) ? unwrap(site.expression) : site).getText().replace(/\s+/g, ' ');
  const called = ts.isCallExpression(site) ? `${text}(${site.arguments.map((one) => one.getText()).join(', ')})` : text;
  return called.length > 50 ? `${called.slice(0, 49)}…` : called;
}
