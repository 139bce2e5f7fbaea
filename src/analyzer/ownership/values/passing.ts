/** What becomes of a value where it is passed to a call: a sink, a reader, or a function of this file. */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { isSink } from '../../flow/givenCalls';
import type { ResourceKind } from '../../resources/model';
import { type CallLike, enclosingFunction, ts, unwrap, wrapped } from '../../syntax/syntax';
import { type Fate, fatesOf, isTest } from './fate';

/** What becomes of it where it is passed: a sink and a function of this file that only uses it leave it here. */
export function passedTo(
  { call, argument }: Extract<Fate, { kind: 'passed' }>,
  acquisition: Acquisition,
  engine: Engine,
  depth: number,
): 'released' | 'reads' | 'escapes' {
  if (isSinkCall(call, acquisition, engine)) return isReadBack(acquisition, engine) ? 'released' : 'reads';
  if (isReader(call, acquisition.kind, engine)) return 'reads';
  const local = engine.program.callees.of(call);
  if (local.length === 0 && acquisition.kind.sinks?.arguments) return 'reads';
  if (local.length === 0 || depth > 3) return 'escapes';
  const outcomes = local.map((fn) => parameterFate(fn.parameters[argument], acquisition, engine, depth + 1));
  return (
    outcomes.find((outcome) => outcome === 'released') ?? outcomes.find((outcome) => outcome === 'escapes') ?? 'reads'
  );
}

function parameterFate(
  parameter: ts.ParameterDeclaration | undefined,
  acquisition: Acquisition,
  engine: Engine,
  depth: number,
): 'released' | 'reads' | 'escapes' {
  const declaration =
    parameter && ts.isIdentifier(parameter.name) && !parameter.dotDotDotToken
      ? engine.program.scopes.declarationOf(parameter)
      : undefined;
  if (!parameter || !declaration || ts.isParameterPropertyDeclaration(parameter, parameter.parent)) return 'escapes';
  const { key } = engine.program.places.ofDeclaration(declaration);
  if (engine.releasesOf(acquisition.kind).byPlace.has(key)) return 'released';
  for (const use of engine.uses.reads(key)) {
    // An inner function may keep it.
    if (enclosingFunction(use) !== parameter.parent) return 'escapes';
    for (const fate of fatesOf(use, engine.program)) {
      if (fate.kind === 'used' || fate.kind === 'dropped') continue;
      if (fate.kind === 'unknown' && isTest(wrapped(use))) continue;
      const outcome = fate.kind === 'passed' ? passedTo(fate, acquisition, engine, depth) : 'escapes';
      if (outcome !== 'reads') return outcome;
    }
  }
  return 'reads';
}

/** `revoke(image.src)`: released where it is shown, by whoever has shown it. */
function isReadBack({ kind }: Acquisition, engine: Engine): boolean {
  const shown = kind.sinks?.properties ?? [];
  return engine.releasesOf(kind).sites.some((site) => {
    const given = ts.isCallExpression(site) && site.arguments[0] ? unwrap(site.arguments[0]) : undefined;
    return given !== undefined && ts.isPropertyAccessExpression(given) && shown.includes(given.name.text);
  });
}

function isSinkCall(call: CallLike, { kind }: Acquisition, engine: Engine): boolean {
  return isSink(call, kind, engine.types, engine.program.origins.nameOf(unwrap(call.expression)));
}

/** A function that works with the resource and leaves it with its caller: `fs.writeSync(fd, …)`. */
function isReader(call: CallLike, { readers }: ResourceKind, engine: Engine): boolean {
  return readers !== undefined && engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), readers);
}
