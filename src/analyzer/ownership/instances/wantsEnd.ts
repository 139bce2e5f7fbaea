/**
 * What says that something wants an end, where no entry of the catalogue describes it: its class or maker in this program
 * tells of one, or it bears a name that nearly always stands for something that is ended.
 */

import type { Engine } from '../../engine';
import { isDisposerName } from '../../growth/words';
import { isEmptyValue } from '../../program/emptyValues';
import { type CallLike, memberOrText, ts, unwrap } from '../../syntax/syntax';
import { takesOver } from '../../words/owners';
import { goesOn, isMaking } from '../../words/starts';
import { endsOfClass, endsOfNamed, endsOfResult } from './declaredEnds';
import * as conventions from './instanceWords';

/** The methods that end it; empty where only the names tell that there must be one. */
export type Wanted = readonly string[];

/**
 * Does what is made want an end?
 * @param field name of what keeps it; empty where that says nothing
 */
export function wantedEnd(made: CallLike, field: string, engine: Engine): Wanted | undefined {
  const callee = unwrap(made.expression);
  const name = engine.program.origins.nameOf(callee);
  const fact = engine.imports.factOf(name);
  const isOfProgram = name?.module?.startsWith('.') === true || fact !== undefined;
  const kept = field.replace(/^[#_]+|_+$/g, '');
  if (ts.isNewExpression(made)) {
    const ends = endsOfClass(made, engine);
    if (ends.length > 0) return ends;
    const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
    if (isOfProgram || (declaration && engine.program.members.ownerOf(declaration.node))) return undefined;
    const last = callee.getText().split('.').at(-1) ?? '';
    if (conventions.plainClasses.test(last) || conventions.plainMemory.test(last)) return undefined;
    return conventions.isEndedClass(last) || conventions.isEndedField(kept) ? [] : undefined;
  }
  if (fact?.closers) return fact.closers;
  // `this.parts = this._register(new Parts())`: what is given away where it is made has an owner.
  if (made.arguments.some((argument) => ts.isNewExpression(unwrap(argument))) && takesOver(memberOrText(callee)))
    return undefined;
  if (isGivenToOwner(made) || made.arguments.some(isStore)) return undefined;
  // `factory.create(Server)` makes what the class says.
  const given = classGiven(made);
  if (given) {
    const declared = endsOfNamed(given, engine);
    return declared.length > 0 ? declared : undefined;
  }
  const [fn] = engine.program.callees.of(made);
  const ends = fn ? endsOfResult(fn, engine) : [];
  if (ends.length > 0) return ends;
  if (isOfProgram || fn) return undefined;
  const last = memberOrText(callee);
  if (conventions.isOpener(last)) return [];
  // Subscriptions are judged as such.
  if (goesOn(last) || /^on[A-Z]?/.test(last)) return undefined;
  if (conventions.isDisposableField(kept) && !conventions.isLookup(last)) return [];
  if (!isMaking(last) && !conventions.isTerseMaker(last)) return undefined;
  return conventions.isEndedProduct(last) || conventions.isEndedField(kept) ? [] : undefined;
}

/** `this._register(…)`, `this.own(make())`: the owner is given what is made there, and ends it. */
export function isGivenToOwner(made: ts.CallExpression): boolean {
  const callee = unwrap(made.expression);
  if (!ts.isPropertyAccessExpression(callee) || !conventions.keepsForDisposal(callee.name.text)) return false;
  const { kind } = unwrap(callee.expression);
  if (kind !== ts.SyntaxKind.ThisKeyword && kind !== ts.SyntaxKind.SuperKeyword) return false;
  return made.arguments.some((argument) => {
    const value = settled(argument);
    return ts.isNewExpression(value) || ts.isCallExpression(value);
  });
}

/** `this.makeWatcher(disposables)`: what is made is put into the store. */
export function isStore(argument: ts.Expression): boolean {
  const value = unwrap(argument);
  return (
    (ts.isIdentifier(value) && isDisposerName(value.text)) ||
    (ts.isPropertyAccessExpression(value) && isDisposerName(value.name.text))
  );
}

/** `factory.create(Server, port)`: the class that a maker is given. */
export function classGiven(made: CallLike): ts.Identifier | undefined {
  const first = made.arguments?.[0];
  const value = first && unwrap(first);
  // `container.get(Service)` gives what is there already.
  return ts.isCallExpression(made) &&
    isMaking(memberOrText(unwrap(made.expression))) &&
    value &&
    ts.isIdentifier(value) &&
    /^[A-Z]\w*[a-z]/.test(value.text)
    ? value
    : undefined;
}

/** `new X()`, `await createX()`, `new X().withWrap()`, or a variable that was given one of them before. */
export function madeIn(value: ts.Expression | undefined, engine: Engine, depth = 0): CallLike | undefined {
  const made = value && settled(value);
  if (!made || depth > 2) return undefined;
  const root = configured(made);
  if (ts.isNewExpression(root)) return root;
  if (ts.isCallExpression(made)) return made;
  if (ts.isConditionalExpression(made)) {
    const [one, other] = [made.whenTrue, made.whenFalse].map((part) => ({
      isEmptyValue: isEmptyValue(unwrap(part)),
      made: madeIn(part, engine, depth + 1),
    }));
    return one?.isEmptyValue ? other?.made : other?.isEmptyValue || other?.made ? one?.made : undefined;
  }
  const variable = ts.isIdentifier(made) ? engine.program.scopes.resolve(made) : undefined;
  if (!variable || variable.kind === 'parameter' || variable.path?.length !== 0) return undefined;
  return madeIn(variable.initializer ?? variable.writes[0]?.value, engine, depth + 1);
}

/** What is awaited. */
export function settled(value: ts.Expression): ts.Expression {
  const inner = unwrap(value);
  return ts.isAwaitExpression(inner) ? settled(inner.expression) : inner;
}

/** `new Keys(items).withWrap().skipPredicate(…)` is what `new Keys(items)` gives. */
export function configured(made: ts.Expression): ts.Expression {
  const callee = ts.isCallExpression(made) ? unwrap(made.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) && conventions.isConfiguring(callee.name.text)
    ? configured(unwrap(callee.expression))
    : made;
}
