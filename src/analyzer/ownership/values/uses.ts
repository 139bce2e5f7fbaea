/** Every use of a storage place in a file, whatever it is called there. */
import { inOrder } from '../../program/callNames';
import { globalObjectKey, globalObjects, type Place } from '../../program/places';
import type { FileProgram } from '../../program/program';
import { isReference } from '../../program/references';
import type { Declaration } from '../../program/scopes';
import { nodesIn } from '../../syntax/nodeIndex';
import { names } from '../../syntax/selections';
import { isAssignment, ts, wrapped } from '../../syntax/syntax';

export interface PlaceUses {
  /** Reads of the place (not the assignments to it), in order of position. */
  readonly reads: (key: string) => readonly ts.Expression[];
  /** Assignments to the place, also those that take a value apart: their right side is then the whole value. */
  readonly writes: (key: string) => readonly ts.BinaryExpression[];
}

interface Uses {
  readonly reads: ts.Expression[];
  readonly writes: ts.BinaryExpression[];
}

/** By the key of their place. */
type ByPlace<T> = ReadonlyMap<string, readonly T[]>;

/**
 * The uses of the places that are asked for: variables by their declarations, members by their names. To look at each name of
 * the file was a twentieth of an edit.
 */
export function createPlaceUses(program: FileProgram): PlaceUses {
  const { places, callees, scopes } = program;
  /** Variables by the place that they stand for. */
  let aliases: ByPlace<Declaration> | undefined;
  const members = new Map<string, ByPlace<ts.Expression>>();
  const found = new Map<string, Uses>();

  const membersNamed = (name: string): ByPlace<ts.Expression> | undefined => {
    const accesses = callees.accesses.get(name);
    if (!accesses) return undefined;
    let known = members.get(name);
    if (!known) {
      known = byPlace(accesses, (access) => places.of(access));
      members.set(name, known);
    }
    return known;
  };
  /** Uses of a name that the file gives a value without declaring it: `client = open(); return { client };`. */
  const undeclared = (name: string): readonly ts.Expression[] =>
    isAssigned(name, program.text)
      ? nodesIn(program.sourceFile, names).filter(
          (one) => one.text === name && isReference(one) && !scopes.resolve(one),
        )
      : [];
  const usesOf = (key: string): Uses => {
    const known = found.get(key);
    if (known) return known;
    aliases ??= byPlace(scopes.declarations, places.behind);
    const uses: ts.Expression[] = (aliases.get(key) ?? []).flatMap(({ references }) => references);
    // The place of a variable is called by its number.
    const own = key.startsWith('d') ? scopes.declarations[Number(key.slice(1))] : undefined;
    if (own && !places.behind(own)) uses.push(...own.references);
    if (key.startsWith('g:')) uses.push(...undeclared(key.slice(2)));
    for (const name of lastNames(key)) uses.push(...(membersNamed(name)?.get(key) ?? []));
    const sorted = sortedUses(uses.sort(inOrder));
    found.set(key, sorted);
    return sorted;
  };
  return { reads: (key) => usesOf(key).reads, writes: (key) => usesOf(key).writes };
}

/** Does the text have an assignment to the bare name? */
function isAssigned(name: string, text: string): boolean {
  return /^[\w$]+$/.test(name) && new RegExp(`(?:^|[^.\\w$])${name.replaceAll('$', '\\$')}\\s*=[^=>]`, 'm').test(text);
}

function byPlace<T>(nodes: readonly T[], placeOf: (node: T) => Place | undefined): ByPlace<T> {
  const found = new Map<string, T[]>();
  for (const node of nodes) {
    const place = placeOf(node);
    if (!place) continue;
    const known = found.get(place.key);
    if (known) known.push(node);
    else found.set(place.key, [node]);
  }
  return found;
}

/** Names by which a member may be accessed whose place has the key: what stands behind any of its marks. */
function lastNames(key: string): Iterable<string> {
  if (key === globalObjectKey) return globalObjects;
  const names: string[] = [];
  for (const { index } of key.matchAll(/[.:#]/g)) names.push(key.slice(index + 1));
  return names;
}

function sortedUses(uses: readonly ts.Expression[]): Uses {
  const reads: ts.Expression[] = [];
  const writes: ts.BinaryExpression[] = [];
  for (const use of uses) {
    const outer = wrapped(use);
    const up = outer.parent;
    const write = isAssignment(up) && up.left === outer ? up : destructuringInto(outer);
    if (write) writes.push(write);
    else reads.push(use);
  }
  return { reads, writes };
}

/** The assignment that takes its value apart into the target: `[first, this.last] = pair`, `({ port } = options)`. */
function destructuringInto(target: ts.Expression): ts.BinaryExpression | undefined {
  let at: ts.Node = target;
  for (;;) {
    const up: ts.Node = at.parent;
    if (ts.isPropertyAssignment(up) && up.initializer === at) at = up.parent;
    else if (ts.isShorthandPropertyAssignment(up) && up.name === at) at = up.parent;
    else if (ts.isArrayLiteralExpression(up)) at = up;
    else if (ts.isSpreadElement(up)) at = up;
    else break;
  }
  if (at === target) return undefined;
  const outer = wrapped(at as ts.Expression);
  return isAssignment(outer.parent) && outer.parent.left === outer ? outer.parent : undefined;
}
