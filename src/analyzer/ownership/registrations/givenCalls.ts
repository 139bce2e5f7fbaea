/** The calls of a file by what they are given: who is given a thing may do anything with it. */
import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { ts, unwrap } from '../../syntax/syntax';

/** Who is given what a place holds. */
interface Given {
  readonly place: Place;
  /** In source order. */
  readonly calls: readonly ts.CallExpression[];
}

const none: readonly ts.CallExpression[] = [];

interface GivenCalls {
  readonly byPlace: ReadonlyMap<string, Given>;
  /** Those that are given `this` by its own name. */
  readonly ofInstances: readonly ts.CallExpression[];
}

function indexOf({ program }: Engine): GivenCalls {
  const byPlace = new Map<string, Given & { readonly calls: ts.CallExpression[] }>();
  const ofInstances: ts.CallExpression[] = [];
  for (const call of nodesIn(program.sourceFile, calls))
    for (const argument of call.arguments) {
      if (unwrap(argument).kind === ts.SyntaxKind.ThisKeyword && ofInstances.at(-1) !== call) ofInstances.push(call);
      const place = program.places.of(argument);
      const given = place && byPlace.get(place.key);
      if (!given) {
        if (place) byPlace.set(place.key, { place, calls: [call] });
      } else if (given.calls.at(-1) !== call) given.calls.push(call);
    }
  return { byPlace, ofInstances };
}

/** The calls that are given the value of an expression which denotes a place, in source order. */
export function callsGiven(value: ts.Expression, engine: Engine): readonly ts.CallExpression[] {
  const place = engine.program.places.of(value);
  return (place && engine.once(indexOf).byPlace.get(place.key)?.calls) ?? none;
}

/** Those that are given what the place of a key holds, unless it is an instance, which hands itself on and is not given away. */
export function callsThatTake(key: string, engine: Engine): readonly ts.CallExpression[] {
  const given = engine.once(indexOf).byPlace.get(key);
  return given && !(given.place.root.kind === 'owner' && given.place.path.length === 0) ? given.calls : none;
}

/** The calls that are given the instance in which they stand. */
export function callsGivenInstances(engine: Engine): readonly ts.CallExpression[] {
  return engine.once(indexOf).ofInstances;
}
