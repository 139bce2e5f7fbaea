/** Loops over a collection that release nothing: they see no entry at all, or the keys instead of what they stand for. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { freshShape, type Shape } from '../../growth/containers';
import { ts, unwrap } from '../../syntax/syntax';
import { type Element, elementOf } from '../lost/elements';
import type { Ending } from '../values/endings';
import { fatesOf } from '../values/fate';
import type { Vain } from './vainReleases';

const nouns = { map: 'Map', set: 'Set', array: 'list', record: 'record' } as const;

/** `for (const socket of Object.values(aMap)) socket.close()`, `for (const timer in timers) clearInterval(timer)`. */
export function loopFault(ending: Ending, engine: Engine, acquisitions: readonly Acquisition[]): Vain | undefined {
  const element = elementOf(ending.target, engine.program);
  if (!element || element.by === 'lookup') return undefined;
  const shape = shapeOf(element.collection, engine);
  if (!shape) return undefined;
  const name = `\`${element.collection.getText()}\``;
  if ((shape === 'map' || shape === 'set') && (element.by === 'for-in' || element.view?.of === 'object'))
    return {
      why: `${name} is a ${nouns[shape]}, whose entries are no properties, so the loop sees none of them`,
      advice: shape === 'map' ? `Go through ${name.slice(0, -1)}.values()\`.` : `Go through ${name} itself.`,
      cause: element.at,
      left: element.at,
    };
  const given = partOf(element, shape);
  // A call on what has no such method fails loudly; a function that is given it may take no notice.
  if (given === undefined || ending.by !== 'function' || !areValuesAcquired(element, engine, acquisitions))
    return undefined;
  return {
    why: `the loop gives it ${given} of ${name}, not what is kept there`,
    advice: 'Give it the value of each entry.',
    cause: element.at,
  };
}

/** What the loop variable is, where it is not the value of an entry. */
function partOf({ by, view, position, part }: Element, shape: Shape): string | undefined {
  if (by === 'for-in') return shape === 'array' ? 'each index' : 'each key';
  const entries = view?.part === 'entries' || (view === undefined && shape === 'map' && by === 'for-of');
  if (position === 0) {
    if (view?.part === 'keys') return shape === 'set' ? undefined : 'each key';
    if (entries && shape !== 'set')
      return part === undefined ? 'each entry, key and value together,' : part === 0 ? 'each key' : undefined;
    return undefined;
  }
  // (value, key)
  return by === 'callback' && view === undefined && position === 1 && shape !== 'set' && part === undefined
    ? shape === 'array'
      ? 'each index'
      : 'each key'
    : undefined;
}

/** Are the values that are put into it resources, and not its keys? */
function areValuesAcquired({ collection }: Element, engine: Engine, acquisitions: readonly Acquisition[]): boolean {
  const key = engine.program.places.of(collection)?.key;
  return acquisitions.some(({ result }) =>
    result
      ? fatesOf(result, engine.program).some((fate) => {
          if (fate.kind !== 'collected' || fate.container?.key !== key) return false;
          if (!ts.isCallExpression(fate.node)) return true;
          return fate.node.arguments.length === 2 && isWithinArgument(result, fate.node.arguments[1]);
        })
      : false,
  );
}

function isWithinArgument(node: ts.Node, argument: ts.Expression | undefined): boolean {
  return argument !== undefined && node.pos >= argument.pos && node.end <= argument.end;
}

/** Shape of a collection, where all that the place is given agree. */
export function shapeOf(expression: ts.Expression, engine: Engine): Shape | undefined {
  const place = engine.program.places.of(unwrap(expression));
  if (!place) return undefined;
  const { root, path } = place;
  const [field] = path;
  const member =
    root.kind === 'owner' && path.length === 1 && field !== undefined ? root.owner.members.get(field) : undefined;
  const declaration = root.kind === 'declaration' && path.length === 0 ? root.declaration : undefined;
  const type =
    member?.type ??
    (declaration && (ts.isVariableDeclaration(declaration.node) || ts.isParameter(declaration.node))
      ? declaration.node.type
      : undefined);
  const values = member
    ? member.values.map(({ value }) => value)
    : declaration
      ? [declaration.initializer, ...declaration.writes.map(({ value }) => value)].filter(
          (value) => value !== undefined,
        )
      : [];
  const shapes = new Set(values.map((value) => freshShape(value)));
  const [only] = shapes;
  if (shapes.size === 1 && only) return only;
  return values.length === 0 ? typeShape(type) : undefined;
}

function typeShape(type: ts.TypeNode | undefined): Shape | undefined {
  if (!type) return undefined;
  if (ts.isArrayTypeNode(type)) return 'array';
  const name = ts.isTypeReferenceNode(type) ? type.typeName.getText() : '';
  if (/^(?:Readonly)?Map$/.test(name)) return 'map';
  return /^(?:Readonly)?Set$/.test(name) ? 'set' : undefined;
}
