/**
 * Methods by which a class says that its instances have an end: it declares a `destroy()` that ends something in turn. Weaker
 * than what it is known to keep open (`instances.ts`, `ownEnds.ts`): whoever keeps such an instance for itself mostly calls it.
 */
import type { Engine } from '../../engine';
import { isEmptyValue } from '../../program/emptyValues';
import type { Owner } from '../../program/members';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { enclosingFunction, type FunctionNode, isThis, propertyNameText, ts, unwrap } from '../../syntax/syntax';
import { removesAll, unlistenMethods } from '../../words/listeners';
import { isParent } from '../../words/owners';
import { endsAPart } from '../assess';
import { returnedBy } from '../values/returned';
import { type EndSense, inheritedEnds } from './inheritedEnds';
import { plainMemory } from './instanceWords';

const wholeEnd =
  /^(?:dispose|destroy|close|terminate|shutdown|shutDown|quit|kill|release|stop|teardown|tearDown|cleanup|cleanUp|disposeAsync|\[Symbol\.(?:asyncD|d)ispose\])$/;
const endCall =
  /^_*#?(?:dispos|destroy|close|stop|end$|terminat|disconnect|unsubscri|remove(?:Event)?Listener|removeAllListeners|off$|kill|abort|release|revokeObjectURL|remove$|unobserve|unregister|cancel|shutdown|quit|unlisten|unwatch|detach|unbind|teardown|clean_?up|clear(?:Interval|Timeout)$|deleteLater$)/i;

type Counts = (callee: ts.PropertyAccessExpression, engine: Engine) => boolean;

const senseOf = (reaches: Counts, ofFact: EndSense['ofFact']): EndSense => ({
  isNamed: (name) => wholeEnd.test(name),
  ends: ({ name, functions: [fn], at }, engine) =>
    fn !== undefined && !endsAPart(name, fn, at) && endsSomething(fn, engine, reaches),
  ofFact,
  table: () => new Map(),
});

const isAny: Counts = () => true;
const any = senseOf(isAny, ({ closers }) => closers);
const outside = senseOf(reachesOut, ({ closers, mild }) => (mild ? [] : closers));

/** Names of such methods, the class's own and inherited ones; the first is the one to call. */
export function declaredEnds(owner: Owner, engine: Engine): readonly string[] {
  return inheritedEnds(owner, engine, any);
}

/** Do they only let go of what the instance was given after it was made, or tell its bases? Then what is never ended goes with it. */
export function endsMildly(owner: Owner, engine: Engine): boolean {
  return inheritedEnds(owner, engine, outside).length === 0;
}

/** Is it a class of the program of which this is so? */
export function isEndedMildly({ expression }: ts.NewExpression, engine: Engine): boolean {
  const callee = unwrap(expression);
  const { scopes, members, origins } = engine.program;
  const declaration = ts.isIdentifier(callee) ? scopes.resolve(callee) : undefined;
  const local = declaration && members.ownerOf(declaration.node);
  return local ? endsMildly(local, engine) : engine.imports.factOf(origins.nameOf(callee))?.mild === true;
}

/** Of what the instance has made or was made with, or of the program; not of an element, nor by a method that it inherits. */
function reachesOut({ expression }: ts.PropertyAccessExpression, engine: Engine): boolean {
  const target = unwrap(expression);
  const place = engine.program.places.of(target);
  if (isThis(target) || (place?.root.kind === 'declaration' && place.root.declaration.scope.func)) return false;
  if (place?.root.kind !== 'owner') return true;
  const member = place.path.length === 1 ? place.root.owner.members.get(place.path[0] ?? '') : undefined;
  return (
    member !== undefined &&
    (member.parameter !== undefined ||
      member.values.some(({ value }) => {
        const made = value && unwrap(value);
        return made && !isEmptyValue(made) && !(ts.isNewExpression(made) && isEndedMildly(made, engine));
      }))
  );
}

/** Does a run of it end something that is not plain memory? */
function endsSomething(fn: FunctionNode, engine: Engine, reaches = isAny): boolean {
  let found = false;
  const { members } = engine.program;
  const isNode = [...(members.ownerAt(fn)?.members.keys() ?? [])].some(isParent);
  for (const inner of engine.program.callees.reachedFrom(fn))
    visitNodes(inner, calls, (call) => {
      const callee = unwrap(call.expression);
      // Those of this file are looked into.
      if (engine.program.callees.of(call).length > 0) return !found;
      if (ts.isIdentifier(callee)) found ||= endCall.test(callee.text);
      else if (ts.isPropertyAccessExpression(callee) && endCall.test(callee.name.text))
        found ||= !isOwnAffair(callee, isNode) && !isPlain(callee.expression, engine) && reaches(callee, engine);
      return !found;
    });
  return found;
}

/** `this.off()`: who listened to it is let go. Of a tree, `child.destroy()`: a child is another's, who has added it. */
function isOwnAffair({ expression, name }: ts.PropertyAccessExpression, isNode: boolean): boolean {
  const target = unwrap(expression);
  if (ts.isIdentifier(target)) return isNode;
  return (
    target.kind === ts.SyntaxKind.SuperKeyword ||
    (isThis(target) && (unlistenMethods.has(name.text) || removesAll.has(name.text)))
  );
}

function isPlain(target: ts.Expression, engine: Engine): boolean {
  const place = engine.program.places.of(unwrap(target));
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  const member = place.root.owner.members.get(place.path[0] ?? '');
  const values = member?.values ?? [];
  // Nothing is ever kept there.
  if (member && !member.parameter && values.length === 0) return true;
  return values.some(({ value }) => {
    const made = value && unwrap(value);
    // `given ?? open()`: it may be another's.
    if (!made || ts.isBinaryExpression(made) || ts.isConditionalExpression(made)) return made !== undefined;
    return ts.isNewExpression(made) && plainMemory.test(made.expression.getText());
  });
}

/** What each call of the function gives says of its end: an instance of such a class, or an object with such a method. */
export function endsOfResult(fn: FunctionNode, engine: Engine): readonly string[] {
  if (fn.asteriskToken) return [];
  const all = returnedBy(fn).map((value) => endsOfValue(value, engine));
  const [first] = all;
  return first && all.every((ends) => ends.length > 0) ? first : [];
}

function endsOfValue(value: ts.Expression, engine: Engine): readonly string[] {
  let given = unwrap(value);
  while (ts.isAwaitExpression(given)) given = unwrap(given.expression);
  if (ts.isIdentifier(given)) {
    const variable = engine.program.scopes.resolve(given);
    if (!variable?.initializer || variable.path?.length !== 0 || variable.kind === 'parameter') return [];
    // What is made once for all callers is not theirs.
    if (variable.scope.func !== enclosingFunction(given)) return [];
    given = unwrap(variable.initializer);
    while (ts.isAwaitExpression(given)) given = unwrap(given.expression);
  }
  if (ts.isNewExpression(given)) return endsOfClass(given, engine);
  if (!ts.isObjectLiteralExpression(given)) return [];
  return given.properties.flatMap((property) => {
    const name = property.name ? propertyNameText(property.name) : undefined;
    if (name === undefined || !wholeEnd.test(name)) return [];
    const functions = ts.isMethodDeclaration(property)
      ? [property]
      : ts.isPropertyAssignment(property)
        ? engine.program.callees.functionsOf(property.initializer)
        : ts.isShorthandPropertyAssignment(property)
          ? engine.program.callees.functionsOf(property.name)
          : [];
    return functions.some((fn) => endsSomething(fn, engine)) ? [name] : [];
  });
}

/** Such methods of the class that is instantiated, of this file or another of the program. */
export function endsOfClass(made: ts.NewExpression, engine: Engine): readonly string[] {
  return endsOfNamed(unwrap(made.expression), engine);
}

/** Such methods of the class that an expression names. */
export function endsOfNamed(callee: ts.Expression, engine: Engine): readonly string[] {
  const { scopes, members, origins } = engine.program;
  if (plainMemory.test(callee.getText())) return [];
  const declaration = ts.isIdentifier(callee) ? scopes.resolve(callee) : undefined;
  const local = declaration && members.ownerOf(declaration.node);
  if (local) return local.kind === 'class' ? declaredEnds(local, engine) : [];
  return engine.imports.factOf(origins.nameOf(callee))?.closers ?? [];
}
