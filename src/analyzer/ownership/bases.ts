/** Base classes that are declared in the same file. */
import type { Engine } from '../engine';
import type { Owner } from '../members';
import { ts, unwrap } from '../syntax';

/** The class that an owner extends, where this file declares it. */
export function localBaseOf({ base }: Owner, engine: Engine): Owner | undefined {
  const value = base && unwrap(base);
  const declaration = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration && engine.program.members.ownerOf(declaration.node);
}
