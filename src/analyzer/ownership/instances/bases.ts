/** Base classes: those that are declared in the same file, and what others elsewhere may do. */

import type { Engine } from '../../engine';
import type { Fact } from '../../facts/askedFact';
import type { Owner } from '../../program/members';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { ts, unwrap, walk } from '../../syntax/syntax';
import { isWholeTeardown } from '../../words/teardowns';

/** The class that an owner extends, where this file declares it. */
export function localBaseOf({ base }: Owner, engine: Engine): Owner | undefined {
  const value = base && unwrap(base);
  const declaration = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration && engine.program.members.ownerOf(declaration.node);
}

/** A class and the bases of it that this file declares, the nearest first. */
export function withBases(owner: Owner, engine: Engine): readonly Owner[] {
  const found = new Set<Owner>();
  for (let at: Owner | undefined = owner; at && !found.has(at); at = localBaseOf(at, engine)) found.add(at);
  return [...found];
}

/** What another file says of the base class. */
export function factOfBase({ base }: Owner, engine: Engine): Fact | undefined {
  return base && engine.imports.factOf(engine.program.origins.nameOf(unwrap(base)));
}

/** What a class gives its base's constructor at a position; `same` where it has no constructor of its own. */
export function superArgument({ construct }: Owner, position: number): ts.Expression | 'same' | undefined {
  if (!construct) return 'same';
  let found: ts.Expression | undefined;
  visitNodes(construct, calls, (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
      found = node.arguments.slice(0, position + 1).some(ts.isSpreadElement) ? undefined : node.arguments[position];
    return undefined;
  });
  return found;
}

/**
 * Does the field belong to a base class of another file: in TypeScript it must be declared somewhere, and no class of this
 * file does? Whoever declares it may end what it holds. In JavaScript nobody declares it: then the end of a base that the
 * owner's own end calls may be for it.
 */
export function isOfUnseenBase(owner: Owner, field: string, engine: Engine): boolean {
  if (!/\.[cm]?tsx?$/i.test(engine.program.path))
    return localBaseOf(owner, engine) === undefined && isOfProgram(owner.base, engine) && endsBase(owner);
  for (const at of withBases(owner, engine)) {
    if (!ts.isClassLike(at.node) || fieldsOf(at.node, engine).has(field)) return false;
    if (!localBaseOf(at, engine)) return isOfProgram(at.base, engine);
  }
  return false;
}

/** A class of another file of the program; those of the platform and of frameworks hold no resources for their heirs. */
function isOfProgram(base: Owner['base'], engine: Engine): boolean {
  const name = base && engine.program.origins.nameOf(unwrap(base));
  return name?.module !== undefined && (name.module.startsWith('.') || engine.imports.factOf(name) !== undefined);
}

/** `stop() { this.port = 0; return super.stop(); }` */
function endsBase(owner: Owner): boolean {
  for (const member of owner.members.values())
    for (const fn of isWholeTeardown(member.name) ? member.functions : []) {
      let ends = false;
      walk(fn, (inner) => {
        const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
        ends ||=
          callee !== undefined &&
          ts.isPropertyAccessExpression(callee) &&
          callee.expression.kind === ts.SyntaxKind.SuperKeyword &&
          callee.name.text === member.name;
        return !ends;
      });
      if (ends) return true;
    }
  return false;
}

/** Names of the fields that each class declares, for those that were asked for. */
const declaredFields = (): Map<ts.Node, ReadonlySet<string>> => new Map();

function fieldsOf(node: ts.ClassLikeDeclaration, engine: Engine): ReadonlySet<string> {
  const known = engine.once(declaredFields);
  let found = known.get(node);
  if (!found) {
    found = new Set(
      node.members.flatMap((member) => {
        if (ts.isPropertyDeclaration(member)) return [member.name.getText()];
        if (!ts.isConstructorDeclaration(member)) return [];
        return member.parameters
          .filter((parameter) => ts.isParameterPropertyDeclaration(parameter, member))
          .map(({ name }) => name.getText());
      }),
    );
    known.set(node, found);
  }
  return found;
}
