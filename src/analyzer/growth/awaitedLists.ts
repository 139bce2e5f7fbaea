/**
 * Lists of promises that are waited for all together, again and again: `sync() { await Promise.all(this.writes); }`. Each time
 * waits for the old ones, too, which are done, and none leaves.
 */
import type { Engine } from '../engine';
import type { Owner } from '../members';
import { isPromiseStep, waitsForAll } from '../ownership/words/promises';
import { calledName, enclosingFunction, isFunctionNode, isNewPromise, isWithin, ts, unwrap, wrapped } from '../syntax';
import type { Insertion } from './changes';
import { type Collection, isInWholeTeardown, repeats, shrinksInLife } from './collections';

/** Where all of them are waited for, in what may run again; undefined where the list is begun anew. */
export function awaitedAgain(insertion: Insertion, collection: Collection, engine: Engine): ts.Node | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'array' || changes.checks.length > 0 || shrinksInLife(collection).length > 0)
    return undefined;
  if (!insertion.value || !isPromise(insertion.value, engine)) return undefined;
  // `const batch = new Batch(); …; await batch.done();`: the list goes with what is made for one work.
  if (container.owner && isOfOneWork(container.owner, engine)) return undefined;
  const filler = enclosingFunction(insertion.node);
  return engine.uses.reads(container.place.key).find((use) => {
    const call = wrapped(use).parent;
    if (!ts.isCallExpression(call) || call.arguments[0] !== wrapped(use) || !waitsForAll(call.expression.getText()))
      return false;
    const fn = enclosingFunction(call);
    const isOwn = fn !== undefined && filler !== undefined && isWithin(filler, fn);
    return fn !== undefined && !isOwn && !isInWholeTeardown(call) && repeats(call, engine);
  });
}

/** Made here for local constants, which nobody keeps. */
function isOfOneWork({ declaration }: Owner, { program: { scopes } }: Engine): boolean {
  const made = (declaration?.references ?? []).map((use) => wrapped(use).parent).filter(ts.isNewExpression);
  return (
    made.length > 0 &&
    made.every((one) => {
      const variable = wrapped(one).parent;
      const local = ts.isVariableDeclaration(variable) ? scopes.declarationOf(variable) : undefined;
      return (
        local?.scope.func !== undefined &&
        local.references.every((use) => {
          const up = wrapped(use).parent;
          // Given to who does the work, or worked with: not kept, nor given back.
          return ts.isPropertyAccessExpression(up) || (ts.isCallExpression(up) && ts.isExpressionStatement(up.parent));
        })
      );
    })
  );
}

/** `work().then(…)`, `new Promise(…)`, or what an async function of this file gives. */
function isPromise(value: ts.Expression, engine: Engine): boolean {
  const given = unwrap(value);
  const declaration = ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  const made = declaration?.initializer && declaration.path?.length === 0 ? unwrap(declaration.initializer) : given;
  if (ts.isNewExpression(made)) return isNewPromise(made);
  if (!ts.isCallExpression(made)) return false;
  if (isPromiseStep(calledName(made))) return true;
  const callee = unwrap(made.expression);
  const targets = isFunctionNode(callee) ? [callee] : engine.program.callees.of(made);
  return (
    targets.length > 0 && targets.every((fn) => fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword))
  );
}
