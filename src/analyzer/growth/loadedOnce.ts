/**
 * Tables that remember what was loaded, so that it is loaded once: a script, a style sheet or a module stays in the page or
 * the process anyway, and an entry that were forgotten would load it again.
 */
import type { Engine } from '../engine';
import { enclosingFunction, ts, unwrap, walk } from '../syntax/syntax';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import { functionName } from './holders';
import { isLoadedForGood, isLoading, makesLoader } from './words';

/** Does the table remember what is loaded for good? Its entries are asked for, and are what the loading gives. */
export function loadsOnce({ node, value }: Insertion, { container, changes }: Collection, engine: Engine): boolean {
  if (changes.lookups.length + changes.tests.length === 0) return false;
  const given = value && unwrap(value);
  const declaration = given && ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  const made = declaration?.initializer ? unwrap(declaration.initializer) : given;
  const fn = enclosingFunction(node);
  if (!made && container.shape !== 'set') return false;
  if (made && loads(made)) return true;
  // Named so: the table, or the function that fills it.
  const isResult = !made || ts.isCallExpression(made) || ts.isNewExpression(made) || ts.isAwaitExpression(made);
  return (
    isResult && [container.name, fn ? functionName(fn) : ''].some((name) => isLoadedForGood(name) && isLoading(name))
  );
}

/** `import(…)`, `loadScript(…)`, an element for a script or style sheet that is made in the promise. */
function loads(value: ts.Expression): boolean {
  let found = false;
  walk(value, (node) => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      const [first] = node.arguments;
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) found = true;
      else if (isLoading(name) && isLoadedForGood(name)) found = true;
      else if (first && ts.isStringLiteralLike(first) && makesLoader(name, first.text)) found = true;
    }
    return !found;
  });
  return found;
}
