/** Collections inside of the cells of state libraries: `const rows = ref([])`, filled as `rows.value.push(…)`. */

import type { Engine } from '../engine';
import { callsNamed, callsOf } from '../program/callNames';
import { accessText } from '../program/memberNames';
import type { Place } from '../program/places';
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import { cellApis, cellReaders } from '../resources/cells';
import { enclosingFunction, ts, unwrap, wrapped } from '../syntax/syntax';
import { type Container, freshShape } from './containers';

/** What the modules begin with that make cells. */
const cellLibraries = [
  ...new Set(
    cellApis.flatMap(({ callee }) =>
      callee.flatMap(({ module }) => (module === undefined ? [] : module.split('/', 1))),
    ),
  ),
];

/** Makers of cells that a build brings into a file without an import. */
const unimportedCells = new Set(
  cellApis.flatMap(({ callee }) => callee.flatMap(({ module, name }) => (module === undefined ? [name] : []))),
);

/** Nearly no file has a module that makes cells. */
function mayHaveCells(program: FileProgram): boolean {
  const isOfLibrary = (module: string): boolean => cellLibraries.some((name) => module.includes(name));
  return (
    program.scopes.imports.some(({ imported }) => imported && isOfLibrary(imported.module)) ||
    callsNamed(program, unimportedCells).length > 0 ||
    // `require('vue').ref([])`
    callsOf(program, 'require').some(
      ({ arguments: [module] }) => module && ts.isStringLiteralLike(module) && isOfLibrary(module.text),
    )
  );
}

/** Cells that are variables or fields, as far as nobody else is given them. */
export function cellContainers(engine: Engine): readonly Container[] {
  const { scopes, members, places } = engine.program;
  if (!mayHaveCells(engine.program)) return [];
  const exported = new Set(scopes.exports.values());
  const found: Container[] = [];
  for (const declaration of scopes.declarations) {
    if (declaration.path?.length !== 0 || !ts.isVariableDeclaration(declaration.node) || !declaration.initializer)
      continue;
    const cell = cellOf(declaration.initializer, engine);
    if (!cell || exported.has(declaration) || declaration.writes.length > 0) continue;
    const { func } = declaration.scope;
    const isCaptured = declaration.references.some((use) => enclosingFunction(use) !== func);
    if (func !== undefined && !isCaptured) continue;
    const part = partOf(cell, places.ofDeclaration(declaration), declaration, engine);
    if (!part) continue;
    found.push(
      ...part.map(({ place, shape, node, name }) => ({
        place,
        shape,
        node,
        holder: func === undefined ? ('module' as const) : ('closure' as const),
        owner: undefined,
        name: `${declaration.name}${name}`,
        exported: false,
        isPublic: false,
        keyType: undefined,
      })),
    );
  }
  for (const owner of members.owners) {
    if (owner.kind !== 'class') continue;
    for (const member of owner.members.values()) {
      const [first] = member.values;
      const cell = first?.value && member.values.length === 1 ? cellOf(first.value, engine) : undefined;
      if (!cell || !first) continue;
      const part = partOf(cell, places.ofMember(owner, member.name), undefined, engine);
      found.push(
        ...(part ?? []).map(({ place, shape, name }) => ({
          place,
          shape,
          node: first.node,
          holder: member.isStatic ? ('module' as const) : ('instance' as const),
          owner,
          name: `${accessText('this', [member.name])}${name}`,
          exported: false,
          isPublic: false,
          keyType: undefined,
        })),
      );
    }
  }
  return found;
}

interface Cell {
  readonly call: ts.CallExpression;
  readonly content: ts.Expression;
  readonly member: string | undefined;
}

function cellOf(initializer: ts.Expression, engine: Engine): Cell | undefined {
  const call = unwrap(initializer);
  if (!ts.isCallExpression(call)) return undefined;
  const [content] = call.arguments;
  const value = content && unwrap(content);
  if (!value || !(freshShape(value) || ts.isObjectLiteralExpression(value))) return undefined;
  const name = engine.program.origins.nameOf(unwrap(call.expression));
  const api = cellApis.find(({ callee }) => engine.types.matches(name, callee));
  return api && { call, content: value, member: api.member };
}

interface Part {
  readonly place: Place;
  readonly shape: Container['shape'];
  readonly node: ts.Node;
  readonly name: string;
}

/** The collections of a cell; undefined where somebody else is given the cell. */
function partOf(
  { call, content, member }: Cell,
  { key }: Place,
  declaration: Declaration | undefined,
  engine: Engine,
): readonly Part[] | undefined {
  const { places } = engine.program;
  const uses = engine.uses.reads(key);
  const shape = freshShape(content);
  // The cell is the collection itself: its uses are those of any other.
  if (member === undefined && shape && declaration)
    return [{ place: places.ofDeclaration(declaration), shape, node: declaration.node, name: '' }];
  const accesses: ts.PropertyAccessExpression[] = [];
  for (const use of uses) {
    const up = wrapped(use).parent;
    if (ts.isPropertyAccessExpression(up) && up.expression === wrapped(use)) accesses.push(up);
    else if (!isReader(up, engine)) return undefined;
  }
  if (member !== undefined) {
    const access = accesses.find(({ name }) => name.text === member);
    const place = access && places.of(access);
    if (accesses.some(({ name }) => name.text !== member) || !place || !shape) return undefined;
    return [{ place, shape, node: call, name: `.${member}` }];
  }
  if (!ts.isObjectLiteralExpression(content)) return undefined;
  return content.properties.flatMap((property) => {
    const inner = ts.isPropertyAssignment(property) ? freshShape(property.initializer) : undefined;
    const access = accesses.find(({ name }) => name.text === property.name?.getText());
    const place = access && places.of(access);
    return inner && place && ts.isPropertyAssignment(property)
      ? [{ place, shape: inner, node: property, name: `.${property.name.getText()}` }]
      : [];
  });
}

/** Given to a call that only looks, or in a list of what to look at. */
function isReader(up: ts.Node, engine: Engine): boolean {
  if (ts.isArrayLiteralExpression(up)) return ts.isCallExpression(up.parent);
  return (
    ts.isCallExpression(up) && engine.types.matches(engine.program.origins.nameOf(unwrap(up.expression)), cellReaders)
  );
}
