/** The calls of a work that end what it has opened. */

import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import { enclosingFunction, isAssignment, isWithin, ts, unwrap, wrapped } from '../syntax/syntax';
import { registersEnd } from '../words/hooks';
import type { Work } from './callbackWork';
import { releaseMethodsOf } from './endingMethods';
import { nameOf, usesOf } from './reaching';
import { handsOn, roleOf } from './roles';

/** The calls that end it; undefined where somebody else may have it. */
export function releasesOf(
  holder: Declaration,
  work: Work,
  { kind }: Acquisition,
  engine: Engine,
): readonly ts.Node[] | undefined {
  const methods = releaseMethodsOf(kind);
  const found: ts.Node[] = [];
  for (const use of holder.references) {
    if (use === holder.node || handsOn(use, kind)) continue;
    const role = roleOf(use, methods, kind, engine);
    if (role === 'escape') return undefined;
    if (role === 'use') continue;
    if (!isWithin(role, work.fn) || !isRunHere(role, work, engine)) return undefined;
    found.push(role);
  }
  return found;
}

/** Only in functions that the work calls or gives to what it waits for: who returns one, or keeps it, leaves the end to others. */
function isRunHere(site: ts.Node, { fn: work, settlers }: Work, engine: Engine): boolean {
  for (let fn = enclosingFunction(site); fn && fn !== work; fn = enclosingFunction(fn)) {
    const name = nameOf(fn, engine);
    for (const use of name ? usesOf(name) : [fn]) {
      const outer = wrapped(use as ts.Expression);
      const up = outer.parent;
      if (isAssignment(up) && up.right === outer && /\.on[a-z]+$/.test(up.left.getText())) continue;
      if (!ts.isCallExpression(up)) return false;
      const callee = unwrap(up.expression);
      const settler = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
      if (settler && up.expression !== outer && settlers.includes(settler)) return false;
      if (up.expression !== outer && ts.isIdentifier(callee) && registersEnd(callee.text)) return false;
    }
  }
  return true;
}
