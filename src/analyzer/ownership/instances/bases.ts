/** Base classes: those that are declared in the same file, and what others elsewhere may do. */
import type { Engine } from '../../engine';
import type { Owner } from '../../members';
import { ts, unwrap } from '../../syntax';

/** The class that an owner extends, where this file declares it. */
export function localBaseOf({ base }: Owner, engine: Engine): Owner | undefined {
  const value = base && unwrap(base);
  const declaration = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration && engine.program.members.ownerOf(declaration.node);
}

/**
 * Does the field belong to a base class of another file: in TypeScript it must be declared somewhere, and no class of this
 * file does? Whoever declares it may end what it holds.
 */
export function isOfUnseenBase(owner: Owner, field: string, engine: Engine): boolean {
  if (!/\.[cm]?tsx?$/i.test(engine.program.path)) return false;
  const seen = new Set<Owner>();
  let at: Owner | undefined = owner;
  for (; at && !seen.has(at); at = localBaseOf(at, engine)) {
    seen.add(at);
    if (!ts.isClassLike(at.node) || declares(at.node, field)) return false;
    const base = localBaseOf(at, engine);
    if (!base) return isOfProgram(at.base, engine);
  }
  return false;
}

/** A class of another file of the program; those of the platform and of frameworks hold no resources for their heirs. */
function isOfProgram(base: Owner['base'], engine: Engine): boolean {
  const name = base && engine.program.origins.nameOf(unwrap(base));
  return name?.module !== undefined && (name.module.startsWith('.') || engine.imports.factOf(name) !== undefined);
}

function declares(node: ts.ClassLikeDeclaration, field: string): boolean {
  return node.members.some(
    (member) =>
      (ts.isPropertyDeclaration(member) && member.name.getText() === field) ||
      (ts.isConstructorDeclaration(member) &&
        member.parameters.some(
          (parameter) => ts.isParameterPropertyDeclaration(parameter, member) && parameter.name.getText() === field,
        )),
  );
}
