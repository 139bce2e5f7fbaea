/** Timers and handles that do not keep the process running. */

import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import { ts } from '../../syntax/syntax';
import { fatesOf } from './fate';

/** `unref()` lets the process exit; it frees nothing, but weighs less. */
export function isUnreferenced(result: ts.Expression, place: Place | undefined, engine: Engine): boolean {
  if (fatesOf(result, engine.program).some((fate) => fate.kind === 'used' && fate.member === 'unref')) return true;
  return (
    place !== undefined &&
    engine.uses
      .reads(place.key)
      .some((use) => ts.isPropertyAccessExpression(use.parent) && use.parent.name.text === 'unref')
  );
}
