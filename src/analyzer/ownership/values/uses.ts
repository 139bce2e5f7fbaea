/** Every use of a storage place in a file, whatever it is called there. */
import { select, visitNodes } from '../../nodeIndex';
import type { FileProgram } from '../../program';
import { isAssignment, ts, wrapped } from '../../syntax';

const using = select<ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.Identifier>(
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.Identifier,
);

export interface PlaceUses {
  /** Reads of the place (not the assignments to it), in order of position. */
  readonly reads: (key: string) => readonly ts.Expression[];
  /** Assignments to the place, also those that take a value apart: their right side is then the whole value. */
  readonly writes: (key: string) => readonly ts.BinaryExpression[];
}

/** Indexes the identifiers and property accesses of a file by place. Built once, on first need. */
export function createPlaceUses(program: FileProgram): PlaceUses {
  let index: { reads: Map<string, ts.Expression[]>; writes: Map<string, ts.BinaryExpression[]> } | undefined;
  const build = (): NonNullable<typeof index> => {
    const reads = new Map<string, ts.Expression[]>();
    const writes = new Map<string, ts.BinaryExpression[]>();
    const record = (node: ts.Expression): void => {
      const place = program.places.of(node);
      if (!place) return;
      const outer = wrapped(node);
      const up = outer.parent;
      const write = isAssignment(up) && up.left === outer ? up : destructuringInto(outer);
      if (write) push(writes, place.key, write);
      else push(reads, place.key, node);
    };
    visitNodes(program.sourceFile, using, (node) => {
      if (ts.isPropertyAccessExpression(node)) record(node);
      else if (ts.isIdentifier(node) && program.scopes.resolve(node)) record(node);
      else if (ts.isElementAccessExpression(node)) record(node);
      return undefined;
    });
    return { reads, writes };
  };
  const get = (): NonNullable<typeof index> => {
    index ??= build();
    return index;
  };
  return { reads: (key) => get().reads.get(key) ?? [], writes: (key) => get().writes.get(key) ?? [] };
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

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
