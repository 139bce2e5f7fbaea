/**
 * Tables of one owner, each filled by its own functions under the same key: the function that ends a key takes it out of all the
 * others, and leaves it in this one.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { enclosingFunction, type FunctionNode, isWithin, lineOf, outermostFunction, rangeOf, ts, unwrap } from '../syntax';
import { isAllowListed } from './allowed';
import type { Insertion, Removal } from './changes';
import { type Collection, draftAt, isInWholeTeardown, nounOf, repeats, shrinksInLife, textOf } from './collections';
import { functionName } from './holders';
import { areParallel } from './siblings';
import { isSeenName, isWorkName } from './words';

/** The entry that stays when its key ends everywhere else. */
export function leftByEndOfKey(
  collection: Collection,
  all: readonly Collection[],
  engine: Engine,
): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape === 'array' || container.isPublic || isSeenName(container.name)) return undefined;
  if (changes.checks.length + changes.nullings.length > 0 || shrinksInLife(collection).length > 0) return undefined;
  for (const insertion of changes.insertions) {
    const key = parameterOf(insertion, engine);
    if (!key || !repeats(insertion.node, engine) || isAllowListed(insertion, container, engine)) continue;
    const siblings = all.filter(
      (one) =>
        one !== collection &&
        one.container.shape !== 'array' &&
        areParallel(collection, one) &&
        one.changes.insertions.some((other) => other.key !== undefined && textOf(other.key) === key.name.getText()),
    );
    if (siblings.length < 2) continue;
    const end = endOf(key, siblings, engine);
    const uses = engine.uses.reads(container.place.key);
    // Who ends the key and asks this table of it has not forgotten it.
    if (!end || uses.some((use) => isWithin(use, end.fn)) || isWithin(insertion.node, end.fn)) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/sibling-collection-forgotten',
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each \`${key.name.getText()}\`: \`${functionName(end.fn)}\` takes it out of ${siblings.map((one) => `\`${one.container.name}\``).join(', ')}, but not of this one.`,
      advice: `Remove the entry in \`${functionName(end.fn)}\`, too.`,
      steps: [
        { role: 'forgotten', message: `Ends the key on line ${lineOf(end.removal.node)} and leaves this entry`, range: rangeOf(end.removal.node) },
      ],
    });
  }
  return undefined;
}

/** The parameter that is the key: whoever calls says which one. */
function parameterOf({ key, node }: Insertion, { program }: Engine): ts.ParameterDeclaration | undefined {
  const name = key && unwrap(key);
  const declaration = name && ts.isIdentifier(name) ? program.scopes.resolve(name) : undefined;
  if (declaration?.kind !== 'parameter' || declaration.writes.length > 0 || !ts.isParameter(declaration.node)) return undefined;
  return declaration.scope.func === enclosingFunction(node) && ts.isIdentifier(declaration.node.name)
    ? declaration.node
    : undefined;
}

/** The function that takes the key, under the same name, out of all siblings, of which two at least are not filled there. */
function endOf(
  key: ts.ParameterDeclaration,
  siblings: readonly Collection[],
  engine: Engine,
): { readonly fn: FunctionNode; readonly removal: Removal } | undefined {
  const [first] = siblings;
  for (const removal of first?.changes.removals ?? []) {
    const fn = outermostFunction(removal.node);
    if (!fn || isInWholeTeardown(removal.node) || !takesKey(removal, fn, key, engine)) continue;
    const isTaken = ({ changes }: Collection): boolean =>
      changes.removals.some((one) => outermostFunction(one.node) === fn && takesKey(one, fn, key, engine));
    const isOwn = ({ container, changes }: Collection): boolean =>
      !isWorkName(container.name) && !changes.insertions.some(({ node }) => isWithin(node, fn));
    if (siblings.every(isTaken) && siblings.filter(isOwn).length >= 2) return { fn, removal };
  }
  return undefined;
}

/** By a parameter of the function that is called and typed as the other. */
function takesKey({ key }: Removal, fn: FunctionNode, other: ts.ParameterDeclaration, { program }: Engine): boolean {
  const name = key && unwrap(key);
  const node = name && ts.isIdentifier(name) ? program.scopes.resolve(name)?.node : undefined;
  return (
    node !== undefined &&
    ts.isParameter(node) &&
    node.parent === fn &&
    node.name.getText() === other.name.getText() &&
    node.type?.getText() === other.type?.getText()
  );
}
