/** How long does the object live that a handler is registered on, compared with the code that registers it? */
import type { Engine } from '../engine';
import { ts, unwrap } from '../syntax';

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

/** Lifetime of a receiver; an absent receiver is the global object. */
export function lifetimeOf(receiver: ts.Expression | undefined, engine: Engine): Lifetime {
  if (!receiver) return { level: 'process', why: 'lives as long as the page' };
  const value = unwrap(receiver);
  for (const id of engine.types.of(value)) {
    const lives = engine.types.entry(id)?.lives;
    if (lives) return { level: 'process', why: `lives as long as the ${lives}` };
  }
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
      if (path.length !== 1) return unknown;
      const member = root.owner.members.get(path[0] ?? '');
      if (!member) return unknown;
      if (member.isStatic) return { level: 'module', why: 'is static' };
      if (member.parameter) return { level: 'injected', why: 'is injected and may outlive the instance' };
      const given = member.values.map(({ value: initial }) => initial && unwrap(initial));
      if (given.some((initial) => initial && isCreation(initial)))
        return { level: 'own', why: 'is created by the instance' };
      const fromParameter = given.some((initial) => {
        const declaration = initial && ts.isIdentifier(initial) ? engine.program.scopes.resolve(initial) : undefined;
        return declaration?.kind === 'parameter' && ts.isConstructorDeclaration(declaration.scope.node);
      });
      return fromParameter ? { level: 'injected', why: 'is injected and may outlive the instance' } : unknown;
    }
    case 'declaration': {
      const { declaration } = root;
      if (declaration.kind === 'parameter' || declaration.kind === 'catch')
        return { level: 'caller', why: 'belongs to the caller' };
      if (declaration.scope.func !== undefined)
        return path.length === 0 ? { level: 'local', why: 'is created here' } : unknown;
      if (path.length > 0) return unknown;
      const value = declaration.initializer ? unwrap(declaration.initializer) : undefined;
      return value && isCreation(value) && declaration.writes.length === 0
        ? { level: 'module', why: 'is created once for the module' }
        : unknown;
    }
    case 'unknown-this':
      return unknown;
  }
}

function isCreation(value: ts.Expression): boolean {
  if (ts.isAwaitExpression(value)) return isCreation(unwrap(value.expression));
  return ts.isNewExpression(value) || ts.isCallExpression(value);
}
