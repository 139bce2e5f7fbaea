/** Functions that give a stream which never ends by itself: `ticks() { return timer(0, 5000).pipe(…); }`. */

import type { Engine } from './engine';
import type { ExportFact } from './exportFacts';
import { lifetimeOf } from './ownership/lifetime/lifetime';
import { stream } from './resources/reactive';
import { returnedBy } from './returned';
import { endlessSource, type StreamSource } from './streams';
import { type FunctionNode, hasModifier, ts, unwrap } from './syntax';

/** What keeps the stream going that every return of the function gives; undefined where one ends, or is not known. */
export function endlessResult(fn: FunctionNode, engine: Engine): ExportFact['endless'] {
  if (fn.asteriskToken || hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return undefined;
  let found: ExportFact['endless'];
  for (const result of returnedBy(fn)) {
    const life = lifeOf(result, engine);
    if (!life || (found && found !== life)) return undefined;
    found = life;
  }
  return found;
}

function lifeOf(result: ts.Expression, engine: Engine): ExportFact['endless'] {
  const value = unwrap(result);
  if (!ts.isCallExpression(value) && !ts.isIdentifier(value) && !ts.isPropertyAccessExpression(value)) return undefined;
  const source = endlessSource(value, stream, engine.program, engine.types);
  if (source?.known !== 'type' || source.neverNotified || source.endsLate) return undefined;
  return source.started ? lifeOfStarted(source.started, engine) : lifeOfKept(source, engine);
}

/** By a clock, or by what lives as long as the page. */
function lifeOfStarted(
  { target }: { readonly target: ts.Expression | undefined },
  engine: Engine,
): 'clock' | undefined {
  if (!target) return 'clock';
  const { level } = lifetimeOf(target, engine);
  return level === 'process' || level === 'module' ? 'clock' : undefined;
}

/** A subject that the object, or its module, has: not one that is made for who asks. */
function lifeOfKept({ root }: StreamSource, engine: Engine): 'kept' | undefined {
  const { level } = lifetimeOf(root, engine);
  return level === 'own' || level === 'injected' || level === 'module' || level === 'process' ? 'kept' : undefined;
}
