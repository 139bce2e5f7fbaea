/**
 * How bad, how sure and why: joins what is left open with who should have released it and how often it is acquired.
 * Severity follows the scheme "impact × multiplicity, gated by proof"; unsure means low confidence or silence.
 */
import type { Engine } from '../engine';
import type { Confidence, Mechanism, Severity, TrailStep } from '../findings/findings';
import type { Owner } from '../program/members';
import type { ResourceKind } from '../resources/model';
import { calledName, type FunctionNode, rangeOf, ts, unwrap, walk } from '../syntax/syntax';
import { putsOne } from '../words/collections';
import { componentBases, componentHooks } from '../words/components';
import { teardownHooks } from '../words/hooks';
import { listenMethods } from '../words/listeners';
import { areOpposite } from '../words/opposites';
import { isOfPage, singletonDecorators } from '../words/owners';
import {
  addsHandler,
  endsForGood,
  isAdditionHook,
  isClosing,
  isOpening,
  isRemovalHook,
  isSideParameter,
  isStrictTeardown,
  isSureTeardown,
  isWholeTeardown,
  mayBeginAgain,
  selfRemoval,
} from '../words/teardowns';
import { keepsForDisposal } from './instances/instanceWords';
import { takesItselfOut } from './lastRemoval';
import { runsAtProgramEnd } from './lifetime/endOfProgram';
import type { Frequency } from './lifetime/frequency/frequency';
import { asSentence } from './lifetime/frequency/occasions';
import { placeOfRun } from './runPlaces';

export interface Assessment {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly mechanism: Mechanism;
  readonly frequency: Frequency;
  /** The method that tears the owner down without releasing this. */
  readonly teardown: { readonly name: string; readonly node: FunctionNode } | undefined;
  readonly owner: Owner | undefined;
}

const lowered: Readonly<Record<Severity, Severity>> = { high: 'medium', medium: 'low', low: 'low' };

/** One level down. */
export function demote(severity: Severity): Severity {
  return lowered[severity];
}

/**
 * Judges an acquisition that nothing releases.
 * @param node the acquiring call
 * @param base severity of the kind
 * @param heldBy what keeps it alive when nobody releases it
 * @param owner instance that should release it, when the acquisition happens in one of its members
 * @returns undefined when it is acquired once by design
 */
export function assess(
  engine: Engine,
  node: ts.Node,
  base: Severity,
  heldBy: ResourceKind['heldBy'],
  owner: Owner | undefined,
): Assessment | undefined {
  const frequency = engine.frequency.of(node);
  const teardown = owner ? wholeTeardownOf(owner, node) : undefined;
  const result = (severity: Severity, confidence: Confidence, mechanism: Mechanism): Assessment => ({
    severity: cap(severity, base),
    confidence,
    mechanism,
    frequency,
    teardown,
    owner,
  });
  // What the runtime holds goes on for sure; a handler costs its receiver's memory, and only where there are many.
  const isListener = heldBy === 'receiver';
  if (owner && teardown) {
    const count = engine.frequency.instancesOf(owner);
    const isStrict = isStrictTeardown(teardown.name) || teardown.name === selfRemoval;
    // `stop`, `close`: ends the work of an instance that may go on, or be the only one.
    const mayGoOn = isListener && count !== 'many' && !isStrict;
    const isOnly = count === 'single' && !isInjected(owner);
    // It ends with the page, and what is left then is gone as well; of many, or for others, one ends before.
    const isForGood =
      count !== 'many' && runsAtProgramEnd(teardown.node, engine.program) && !engine.frequency.isMadeElsewhere(owner);
    if ((isForPage(owner) || isForGood) && frequency.level !== 'hot' && frequency.level !== 'mount')
      return result('low', 'medium', 'no-release-on-dispose');
    // Acquired on demand, not when the owner is set up: the teardown is not proven to be its counterpart.
    if (frequency.level === 'unknown' || frequency.level === 'call')
      return result(mayGoOn || (isOnly && isListener) ? 'low' : 'medium', 'medium', 'no-release-on-dispose');
    // The only one of its kind leaves one thing, at its end.
    if (isOnly && frequency.level === 'once') return result('low', 'medium', 'no-release-on-dispose');
    // Behind a flag of the module or of the class itself: the first of many begins it, for all.
    if (frequency.level === 'once' && count !== 'single') return undefined;
    if (count === 'many' || (count === 'unknown' && isStrict && !isListener))
      return result('high', 'high', 'no-release-on-dispose');
    return result(mayGoOn ? 'low' : 'medium', 'medium', 'no-release-on-dispose');
  }
  // A class that ends nothing at all may be the page's own component, which stays.
  const isOfPageItself = owner?.kind === 'class' && isListener;
  switch (frequency.level) {
    case 'once':
      // One for each container, which may be one for each session.
      return owner && isInjected(owner) && engine.program.members.ownerAt(node) === owner
        ? result('low', 'medium', 'no-release-on-dispose')
        : undefined;
    case 'setup':
      // What the runtime holds and nobody can name again is lost for good; a listener set up once per page is mostly meant.
      return heldBy === 'runtime'
        ? result('medium', 'medium', 'repeated-registration')
        : result('low', 'low', 'repeated-registration');
    case 'instance': {
      // Without an end, and where nothing tells of more than one instance, it may well be meant for good.
      const isOfMany = owner !== undefined && engine.frequency.instancesOf(owner) === 'many';
      return isOfMany && !(isOfPageItself && isDrawnByHooks(owner))
        ? result('high', 'high', 'no-release-on-dispose')
        : result('low', 'medium', 'no-release-on-dispose');
    }
    case 'mount':
      return isOfPageItself || engine.frequency.isShownByNobody()
        ? result('low', 'medium', 'no-release-on-dispose')
        : result('high', 'high', 'no-release-on-dispose');
    case 'call':
      // That others may call it often is all that is known: what sets up handlers is mostly called once.
      return result(isListener ? 'low' : 'medium', 'medium', 'repeated-registration');
    case 'hot':
      // Not every event comes again: a socket opens once, a program is told once that it is ready.
      return result(isListener && !frequency.isRequest ? 'medium' : 'high', 'high', 'repeated-registration');
    case 'unknown':
      return result('low', 'low', 'repeated-registration');
  }
}

/** No more than the base of the kind. */
export function cap(severity: Severity, base: Severity): Severity {
  if (base === 'low' || severity === 'low') return 'low';
  return base === 'medium' ? 'medium' : severity;
}

/** The member that ends the owner as a whole, if it has one (not an empty body, not the acquiring function itself). */
export function wholeTeardownOf(owner: Owner, node?: ts.Node): Assessment['teardown'] {
  let best: Assessment['teardown'];
  if (node && isStatic(owner, node)) return undefined;
  const isDrawn = isDrawnByHooks(owner);
  for (const member of owner.members.values()) {
    if (!(owner.kind === 'object' ? isStrictTeardown(member.name) : isWholeTeardown(member.name))) continue;
    if (isDrawn && !teardownHooks.has(member.name) && !isSureTeardown(member.name)) continue;
    for (const fn of member.functions) {
      // A method that a component offers, `onRemove` for a click, is no end of it.
      if (ts.isObjectLiteralExpression(fn.parent) && fn.parent !== owner.node && !teardownHooks.has(member.name))
        continue;
      // `get end()` is a position.
      if (ts.isGetAccessor(fn) || ts.isSetAccessor(fn)) continue;
      if (!hasStatements(fn) || (node && contains(fn, node)) || endsAPart(member.name, fn, owner)) continue;
      // `setInterval(() => this.cleanup())`: what the work itself does is no end of it.
      const isSure = isSureTeardown(member.name);
      if (!isSure && ((node && callsOwn(node, member.name)) || isForwarding(fn, owner) || endsWithBase(owner)))
        continue;
      if (node && undoesOther(member.name, owner, node)) continue;
      if (!best || teardownHooks.has(member.name)) best = { name: member.name, node: fn };
    }
  }
  return best ?? (isDrawn ? undefined : lastRemovalOf(owner, node));
}

/** Its framework ends it by a hook and nothing else: what its `close` or `stop` ends is a thing that it shows. */
function isDrawnByHooks({ base, members }: Owner): boolean {
  if (!base) return false;
  return (
    componentHooks.some((hook) => members.has(hook)) || (componentBases.test(base.getText()) && members.has('render'))
  );
}

/** Of a view that has no other end. */
function lastRemovalOf(owner: Owner, node: ts.Node | undefined): Assessment['teardown'] {
  const end = owner.members.get(selfRemoval)?.functions.find((fn) => takesItselfOut(fn, owner));
  return end && !(node && (contains(end, node) || callsOwn(node, selfRemoval)))
    ? { name: selfRemoval, node: end }
    : undefined;
}

/** What a static member begins is no instance's to end. */
function isStatic(owner: Owner, node: ts.Node): boolean {
  return [...owner.members.values()].some(
    (member) => member.isStatic && member.functions.some((fn) => contains(fn, node)),
  );
}

/**
 * `stop(session)` ends what it is given, not the owner; `close()` of something that can be opened again is no end either.
 * Names that say nothing but the end are believed.
 */
export function endsAPart(name: string, fn: FunctionNode, owner: Owner): boolean {
  if (isRegistering(name, fn)) return true;
  // `close(...args)` ends the whole, however it is told to.
  const first = fn.parameters[0]?.dotDotDotToken ? undefined : fn.parameters[0];
  if (isRemovalHook(name) && first && !isSideParameter(first.name.getText()))
    return ![...owner.members.keys()].some(isAdditionHook);
  // `cleanup(session)` ends what it is given, `destroy(reason)` the whole.
  if (first && addsHandler(name, first.name.getText())) return true;
  const needsOne = first !== undefined && !first.questionToken && !first.initializer;
  if (needsOne ? isSureTeardown(name) : isStrictTeardown(name)) return false;
  // `detach(element?)` ends all or one of them, and mostly one; what ends for good takes options.
  const isOptional = first?.questionToken !== undefined || first?.initializer !== undefined;
  if (first && !(isOptional && endsForGood(name)) && !isSideParameter(first.name.getText())) return true;
  return isClosing(name) && [...owner.members.values()].some((member) => isOpening(member.name));
}

function isKeeping(name: string): boolean {
  return listenMethods.has(name) || putsOne(name);
}

/** `onClose(fn) { this.socket.onclose = fn; }`: keeps what it is given for the end, and is none. */
function isRegistering(name: string, { parameters: [first], body }: FunctionNode): boolean {
  if (!first || !body || !ts.isIdentifier(first.name) || !/^_*on/.test(name)) return false;
  const given = first.name.text;
  let isKept = false;
  walk(body, (node) => {
    if (ts.isIdentifier(node) && node.text === given)
      isKept ||=
        (ts.isBinaryExpression(node.parent) && node.parent.right === node) ||
        (ts.isCallExpression(node.parent) && node.parent.expression !== node && isKeeping(calledName(node.parent)));
    return !isKept;
  });
  return isKept;
}

/**
 * `activate() {…}`, `deactivate() {…}`: what undoes another member, and may be followed by it again, ends what that one has
 * begun. What the constructor made, or who else began something, stays for the next time.
 */
function undoesOther(name: string, owner: Owner, node: ts.Node): boolean {
  if (owner.kind !== 'class' || !mayBeginAgain(name) || (teardownHooks.has(name) && isComponent(owner))) return false;
  const begins = [...owner.members.values()].filter((other) => areOpposite(other.name, name));
  return begins.length > 0 && !begins.some((begin) => reaches(begin.name, owner, node, new Set()));
}

/** A framework calls the hooks of what extends its class, or is marked as its own. */
function isComponent({ node, base }: Owner): boolean {
  return base !== undefined || (ts.canHaveDecorators(node) && (ts.getDecorators(node) ?? []).length > 0);
}

/** Does the member run the node, by itself or by other members that it calls? */
function reaches(name: string, owner: Owner, node: ts.Node, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return (owner.members.get(name)?.functions ?? []).some(
    (fn) =>
      contains(fn, node) ||
      [...owner.members.keys()].some((other) => callsOwn(fn, other) && reaches(other, owner, node, seen)),
  );
}

/** A container may make one for each of its children. */
function isInjected(owner: Owner): boolean {
  return decoratorsOf(owner).some((text) => singletonDecorators.test(text));
}

/** Its container says that there is one for as long as the page is there. */
function isForPage(owner: Owner): boolean {
  return decoratorsOf(owner).some(isOfPage);
}

/** The decorators of a class, as they are written. */
export function decoratorsOf({ node }: Owner): readonly string[] {
  return ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []).map(({ expression }) => expression.getText()) : [];
}

const endedByBase = new WeakMap<Owner, boolean>();

/** `this._register(part)`: who gives its parts to its base ends when the base is disposed, and not when work is shut down. */
function endsWithBase(owner: Owner): boolean {
  let known = endedByBase.get(owner);
  if (known === undefined) {
    known = owner.base !== undefined && owner.kind === 'class' && givesToBase(owner);
    endedByBase.set(owner, known);
  }
  return known;
}

function givesToBase(owner: Owner): boolean {
  let gives = false;
  walk(owner.node, (inner) => {
    if (
      ts.isPropertyAccessExpression(inner) &&
      inner.expression.kind === ts.SyntaxKind.ThisKeyword &&
      keepsForDisposal(inner.name.text) &&
      !owner.members.has(inner.name.text) &&
      ts.isCallExpression(inner.parent) &&
      inner.parent.expression === inner
    )
      gives = true;
    return !gives;
  });
  return gives;
}

/** Does it call this method of its owner? */
function callsOwn(node: ts.Node, name: string): boolean {
  let calls = false;
  walk(node, (inner) => {
    if (
      ts.isPropertyAccessExpression(inner) &&
      inner.name.text === name &&
      inner.expression.kind === ts.SyntaxKind.ThisKeyword
    )
      calls = true;
    return !calls;
  });
  return calls;
}

/** `shutdown() { return this.host.close(); }`: asks what the owner was given to end, and ends nothing of its own. */
function isForwarding({ body }: FunctionNode, owner: Owner): boolean {
  let [only, more] = body && ts.isBlock(body) ? body.statements : [];
  while (only && !more && ts.isBlock(only)) [only, more] = only.statements;
  if (!only || more || !(ts.isReturnStatement(only) || ts.isExpressionStatement(only)) || !only.expression)
    return false;
  let call = unwrap(only.expression);
  if (ts.isAwaitExpression(call)) call = unwrap(call.expression);
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  const part = callee && ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  return (
    part !== undefined &&
    callee !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    /^(?:close|quit|exit|shut|terminate|kill|restart)/.test(callee.name.text) &&
    ts.isPropertyAccessExpression(part) &&
    part.expression.kind === ts.SyntaxKind.ThisKeyword &&
    owner.members.get(part.name.text)?.parameter !== undefined
  );
}

/** Does the function do anything at all? */
export function hasStatements(fn: FunctionNode): boolean {
  let any = false;
  if (fn.body)
    walk(fn.body, (node) => {
      if (node !== fn.body) any = true;
      return !any;
    });
  return any;
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

/** "Each call of `open`" as a step of the trail, at what shows it. */
export function frequencyStep({ why, occasion }: Frequency, at: ts.Node): TrailStep {
  return { role: 'repeats', message: asSentence(why), range: placeOfRun(at, occasion.kind === 'loop') };
}

/** "`destroy` on line 160 does not release it" as a step of the trail. */
export function forgottenStep(teardown: NonNullable<Assessment['teardown']>, participle: string): TrailStep {
  const name = teardown.node.name ?? teardown.node;
  return {
    role: 'forgotten',
    message: `\`${teardown.name}\` ends without it being ${participle}`,
    range: rangeOf(name),
  };
}
