/**
 * Functions that open something and give an object with an end for it: `return { url, stop: () => server.close() }`. Whoever
 * calls one has to call the end.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import { acquisitionsIn } from '../../acquiring/acquisitionsIn';
import type { Engine } from '../../engine';
import type { Holding } from '../../facts/exportFacts';
import { releaseMethodsOf } from '../../flow/endingMethods';
import { holderOf, roleOf } from '../../flow/roles';
import type { Declaration } from '../../program/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  isWithinAny,
  lineOf,
  propertyNameText,
  ts,
  unwrap,
} from '../../syntax/syntax';
import { isStrictTeardown, isWholeTeardown } from '../../words/teardowns';
import { returnedBy } from '../values/returned';

/** What stays open until a member of the object is called that every call of the function gives. */
export function wrappedBy(fn: FunctionNode, acquisitions: readonly Acquisition[], engine: Engine): readonly Holding[] {
  const own = acquisitionsIn(fn, acquisitions, engine);
  if (own.length === 0 || fn.asteriskToken) return [];
  const [returned, ...others] = returnedBy(fn);
  const literal = returned && others.length === 0 ? literalBehind(returned, fn, engine) : undefined;
  if (!literal) return [];
  const ends = literal.properties.flatMap((property) => {
    const name = property.name && propertyNameText(property.name);
    if (name === undefined || !(isStrictTeardown(name) || isWholeTeardown(name))) return [];
    return functionsOf(property, engine).map((end) => ({ name, end }));
  });
  if (ends.length === 0) return [];
  return own.flatMap((acquisition): readonly Holding[] => {
    const { kind, form, result, node, assumed, shared } = acquisition;
    if (kind.family !== 'handle' || kind.heldBy !== 'runtime' || kind.oneShot || assumed || shared || !result)
      return [];
    if (form.form === 'call' && form.endsByItself) return [];
    const holder = holderOf(result, engine) ?? assignedOf(result, engine);
    if (!holder || holder.scope.func !== fn) return [];
    const methods = releaseMethodsOf(kind);
    const sites = holder.references.filter(
      (use) => use !== holder.node && typeof roleOf(use, methods, kind, engine) !== 'string',
    );
    const until = ends.flatMap(({ name, end }) =>
      sites.some((site) => isWithinAny(site, engine.program.callees.reachedFrom(end))) ? [name] : [],
    );
    if (until.length === 0 || !isOwn(holder, literal, fn)) return [];
    const parts = literal.properties.flatMap((property) => {
      const name = property.name && propertyNameText(property.name);
      const isPart =
        name !== undefined &&
        !until.includes(name) &&
        holder.references.some((use) => isWithin(use, property) && enclosingFunction(use) === fn);
      return isPart ? [name] : [];
    });
    return [
      {
        noun: kind.noun,
        family: kind.family,
        at: `${engine.program.path}:${lineOf(node)}`,
        until,
        waits: true,
        ...(parts.length > 0 ? { parts } : {}),
      },
    ];
  });
}

function literalBehind(value: ts.Expression, fn: FunctionNode, engine: Engine): ts.ObjectLiteralExpression | undefined {
  let given = unwrap(value);
  if (ts.isIdentifier(given)) {
    const variable = engine.program.scopes.resolve(given);
    if (variable?.scope.func !== fn || !variable.initializer || variable.writes.length > 0) return undefined;
    given = unwrap(variable.initializer);
  }
  return ts.isObjectLiteralExpression(given) ? given : undefined;
}

function functionsOf(property: ts.ObjectLiteralElementLike, engine: Engine): readonly FunctionNode[] {
  if (isFunctionNode(property)) return [property];
  if (ts.isPropertyAssignment(property)) return engine.program.callees.functionsOf(property.initializer);
  return ts.isShorthandPropertyAssignment(property) ? engine.program.callees.functionsOf(property.name) : [];
}

/** `let watcher; try { watcher = watch(…); }` */
function assignedOf(result: ts.Expression, engine: Engine): Declaration | undefined {
  const up = result.parent;
  if (!ts.isBinaryExpression(up) || up.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const left = unwrap(up.left);
  const variable = ts.isIdentifier(left) ? engine.program.scopes.resolve(left) : undefined;
  return variable?.writes.length === 1 && variable.initializer === undefined ? variable : undefined;
}

/** Nobody else is given it, and no handler of its own ends it: only the object can. */
function isOwn({ references, node }: Declaration, literal: ts.Node, fn: FunctionNode): boolean {
  return references.every((use) => {
    if (use === node || isWithin(use, literal)) return true;
    const up = use.parent;
    if (ts.isCallExpression(up)) return enclosingFunction(use) !== fn;
    if (ts.isPropertyAccessExpression(up)) return up.expression === use;
    return ts.isBinaryExpression(up) ? up.left === use : enclosingFunction(use) !== fn;
  });
}
