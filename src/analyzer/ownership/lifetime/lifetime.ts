/** How long does the object live that a handler is registered on, compared with the code that registers it? */

import type { StreamSource } from '../../acquiring/streams';
import type { Engine } from '../../engine';
import type { Member, Owner } from '../../program/members';
import type { Place } from '../../program/places';
import type { Declaration } from '../../program/scopes';
import { injectingDecorators, injectors, ownInjections, ownProviders } from '../../resources/scopes';
import { isClassNode, propertyNameText, ts, unwrap, wrapped } from '../../syntax/syntax';
import { isViewQuery } from '../../words/components';
import { givesShared } from '../../words/owners';
import { isWholeTeardown } from '../../words/teardowns';
import { withBases } from '../instances/bases';
import { fluentRoot } from '../registrations/fluent';
import { isCopiedFromGiven, isGivenByParent, wasThereBefore } from './given';

export interface Lifetime {
  readonly level: /** The page or the process itself. */
    | 'process'
    /** A module-level or static object. */
    | 'module'
    /** Given to the constructor: outlives the instance unless documented otherwise. */
    | 'injected'
    /** A parameter: belongs to the caller. */
    | 'caller'
    /** Created by this instance: dies with it. */
    | 'own'
    /** Created in this function. */
    | 'local'
    | 'unknown';
  /** "lives as long as the page": completes a sentence. */
  readonly why: string;
}

const unknown: Lifetime = { level: 'unknown', why: 'is not known' };
const injected: Lifetime = { level: 'injected', why: 'is injected and may outlive the instance' };
const shared: Lifetime = { level: 'module', why: 'is shared by all who ask for it' };
const own: Lifetime = { level: 'own', why: 'is created by the instance' };

/** Lifetime of the source of a stream: of what a call listens to, or of the object whose member the stream is. */
export function lifetimeOfStream(source: StreamSource, engine: Engine): Lifetime {
  if (source.started)
    return source.started.target
      ? lifetimeOf(source.started.target, engine)
      : { level: 'process', why: 'goes on until it is ended' };
  let at = unwrap(source.root);
  for (let depth = 0; depth < 4; depth++) {
    if (!ts.isCallExpression(at) || isInjection(at, engine)) {
      const life = lifetimeOf(at, engine);
      if (life.level !== 'unknown' || !ts.isPropertyAccessExpression(at)) return life;
      at = unwrap(at.expression);
      // A field that is given from elsewhere says nothing of the instance's own life.
      if (at.kind === ts.SyntaxKind.ThisKeyword) return life;
      continue;
    }
    const callee: ts.Expression = unwrap(at.expression);
    if (!ts.isPropertyAccessExpression(callee)) return unknown;
    at = unwrap(callee.expression);
  }
  return unknown;
}

/** `Client.get()`, `Store.getInstance()`: the imported object that has what it gives to everybody. */
export function askedObject(value: ts.Expression, engine: Engine): Place | undefined {
  if (!ts.isCallExpression(value) || value.arguments.length > 0) return undefined;
  const callee = unwrap(value.expression);
  if (!ts.isPropertyAccessExpression(callee) || !givesShared(callee.name.text)) return undefined;
  const place = engine.program.places.of(callee.expression);
  return place?.root.kind === 'import' ? place : undefined;
}

/** `getClient()`: an imported function that is told nothing gives everybody the same, or nothing to listen to. */
function isAsked(value: ts.Expression, engine: Engine): boolean {
  if (!ts.isCallExpression(value) || value.arguments.length > 0) return false;
  const callee = unwrap(value.expression);
  if (!ts.isIdentifier(callee) || !givesShared(callee.text)) return false;
  return engine.program.places.of(callee)?.root.kind === 'import';
}

function isInjection(value: ts.Expression, engine: Engine): boolean {
  return (
    ts.isCallExpression(value) &&
    engine.types.matches(engine.program.origins.nameOf(unwrap(value.expression)), injectors)
  );
}

/** `@Component({ providers: [Store] })`: each instance gets one of its own. */
function isProvidedByOwner(owner: Owner, type: ts.Node | undefined): boolean {
  if (!type || !isClassNode(owner.node) || !ts.canHaveDecorators(owner.node)) return false;
  const name = /^\w+/.exec(type.getText())?.[0];
  if (name === undefined) return false;
  for (const decorator of ts.getDecorators(owner.node) ?? []) {
    const [options] = ts.isCallExpression(decorator.expression) ? decorator.expression.arguments : [];
    if (!options || !ts.isObjectLiteralExpression(options)) continue;
    for (const property of options.properties) {
      const key = property.name ? propertyNameText(property.name) : undefined;
      if (key !== undefined && ownProviders.includes(key) && new RegExp(`\\b${name}\\b`).test(property.getText()))
        return true;
    }
  }
  return false;
}

/** `@ViewChild(Part) part`: a part of the view, which ends with its owner. */
export function isOfView(owner: Owner, name: string): boolean {
  return isMarked(owner, name, isViewQuery);
}

/** `@inject(Bus) protected readonly bus: Bus` */
function isMarked(owner: Owner, name: string, marks: (decorator: string) => boolean): boolean {
  if (!isClassNode(owner.node)) return false;
  for (const member of owner.node.members) {
    if (!ts.isPropertyDeclaration(member) || propertyNameText(member.name) !== name) continue;
    for (const decorator of ts.getDecorators(member) ?? []) {
      const { expression } = decorator;
      const called = ts.isCallExpression(expression) ? expression.expression : expression;
      if (ts.isIdentifier(called) && marks(called.text)) return true;
    }
  }
  return false;
}

/** Lifetime of a receiver; an absent receiver is the global object. */
export function lifetimeOf(receiver: ts.Expression | undefined, engine: Engine): Lifetime {
  if (!receiver) return { level: 'process', why: 'lives as long as the page' };
  const value = fluentRoot(receiver);
  for (const id of engine.types.of(value)) {
    const lives = engine.types.entry(id)?.lives;
    if (lives) return { level: 'process', why: `lives as long as the ${lives}` };
  }
  if (isInjection(value, engine)) return injected;
  if (askedObject(value, engine) || isAsked(value, engine)) return shared;
  if (ts.isCallExpression(value) || ts.isNewExpression(value)) return { level: 'local', why: 'is created here' };
  if (value.kind === ts.SyntaxKind.ThisKeyword) return { level: 'own', why: 'is the instance itself' };
  const place = engine.program.places.of(value);
  if (!place) return unknown;
  const { root, path } = place;
  switch (root.kind) {
    case 'import':
      return { level: 'module', why: 'is shared by all who import it' };
    case 'global':
      return { level: 'process', why: 'is global' };
    case 'owner': {
      const [field] = path;
      if (field === undefined) return unknown;
      if (isGivenByParent(path)) return injected;
      const inherited = memberIn(root.owner, field, engine);
      if (!inherited) return unknown;
      const { member, owner } = inherited;
      if (member.isStatic) return { level: 'module', why: 'is static' };
      if (isEndedBy(place.key, engine) || isEndedBy(engine.program.places.ofMember(root.owner, field).key, engine))
        return own;
      // A part of what was given lives with it.
      if (member.parameter)
        return isProvidedByOwner(owner, member.type) || isOwnByType(member.type, engine) ? own : injected;
      if (isMarked(owner, member.name, (decorator) => injectingDecorators.has(decorator))) return injected;
      if (isOfView(owner, member.name)) return own;
      const given = member.values.map(({ value: initial }) => initial && unwrap(initial));
      const injection = given.find((initial) => initial && isInjection(initial, engine));
      if (injection) {
        const wanted = ts.isCallExpression(injection) ? injection.arguments[0] : undefined;
        return wanted && isProvidedByOwner(owner, wanted) ? own : injected;
      }
      if (given.some((initial) => initial && isCreation(initial))) return own;
      const fromParameter = given.some((initial) => {
        const source = initial && engine.program.places.of(initial);
        return source?.root.kind === 'declaration' && isOfConstructor(source.root.declaration, engine);
      });
      return fromParameter || isCopiedFromGiven(member, path[1], engine) ? injected : unknown;
    }
    case 'declaration': {
      const { declaration } = root;
      if (isOfConstructor(declaration, engine)) {
        if (ts.isParameter(declaration.node) && isOwnByType(declaration.node.type, engine)) return own;
        const owner = engine.program.members.ownerAt(declaration.node);
        const kept = owner && [...owner.members.values()].find((member) => keeps(member, declaration, engine));
        const field = owner && kept && engine.program.places.ofMember(owner, kept.name);
        return field && isEndedBy(field.key, engine) ? own : injected;
      }
      const usual = path.length === 0 ? defaultOf(declaration, engine) : undefined;
      if (usual) return lifetimeOf(usual, engine);
      if (declaration.kind === 'parameter' || declaration.kind === 'catch')
        return { level: 'caller', why: 'belongs to the caller' };
      const given = declaration.writes.length === 0 && path.length === 0 && declaration.initializer;
      if (given && declaration.path?.length === 0 && isAsked(unwrap(given), engine))
        return isEndedBy(place.key, engine) ? { level: 'local', why: 'is ended here' } : shared;
      if (declaration.scope.func !== undefined)
        return path.length === 0 ? { level: 'local', why: 'is created here' } : unknown;
      if (path.length > 0) return unknown;
      const value = declaration.initializer ? unwrap(declaration.initializer) : undefined;
      if (value && isCreation(value) && declaration.writes.length === 0)
        return { level: 'module', why: 'is created once for the module' };
      return wasThereBefore(receiver, declaration) ? { level: 'module', why: 'is kept by the module' } : unknown;
    }
    case 'unknown-this':
      return unknown;
  }
}

/** `function observe(selector, target = document.body)`: what a parameter is where no call that is seen gives it. */
function defaultOf({ kind, node, scope }: Declaration, engine: Engine): ts.Expression | undefined {
  if (kind !== 'parameter' || !ts.isParameter(node) || !node.initializer || !scope.func) return undefined;
  const position = scope.func.parameters.indexOf(node);
  const { calls, values } = engine.program.callees.usesOf(scope.func);
  const isGiven = calls.some(({ arguments: given = [] }) => given.length > position || given.some(ts.isSpreadElement));
  return position >= 0 && calls.length > 0 && values.length === 0 && !isGiven ? node.initializer : undefined;
}

/** `ElementRef`: the framework injects each instance with one of its own. */
function isOwnByType(type: ts.TypeNode | undefined, engine: Engine): boolean {
  return engine.types.matches(engine.program.origins.typeName(type), ownInjections);
}

/** A member of the owner, or of a base class of this file. */
function memberIn(
  owner: Owner,
  name: string,
  engine: Engine,
): { readonly member: Member; readonly owner: Owner } | undefined {
  for (const at of withBases(owner, engine)) {
    const member = at.members.get(name);
    if (member) return { member, owner: at };
  }
  return undefined;
}

/** Is the member the parameter of the constructor, or given it? */
function keeps(member: Member, declaration: Declaration, engine: Engine): boolean {
  if (member.parameter === declaration.node) return true;
  return member.values.some(({ value }) => {
    const source = value && engine.program.places.of(unwrap(value));
    return source?.root.kind === 'declaration' && source.root.declaration === declaration && source.path.length === 0;
  });
}

/** `this.socket.destroy()`: the class ends what it was given, so it is its own. */
function isEndedBy(key: string, engine: Engine): boolean {
  return engine.uses.reads(key).some((use) => {
    const up = wrapped(use).parent;
    return ts.isPropertyAccessExpression(up) && isWholeTeardown(up.name.text) && ts.isCallExpression(up.parent);
  });
}

/** A parameter of the constructor of a class, or of a function that is one. */
function isOfConstructor({ kind, scope }: Declaration, engine: Engine): boolean {
  if (kind !== 'parameter') return false;
  if (ts.isConstructorDeclaration(scope.node)) return true;
  return (
    scope.func !== undefined && engine.program.members.madeBy(scope.func).some((one) => one.kind === 'constructor')
  );
}

function isCreation(value: ts.Expression): boolean {
  if (ts.isAwaitExpression(value)) return isCreation(unwrap(value.expression));
  return ts.isNewExpression(value) || ts.isCallExpression(value);
}
