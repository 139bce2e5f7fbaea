/** What a definition chose itself, in plain words with the numbers it chose: `slo-lens/assumed` names fields. */
import type { ObjectiveDefinition } from './definition/model';
import { durationText } from './duration';
import { numberText, windowLengthText } from './text';

/** "target (95%)", "time window (30 days)"; what names no field stays as it is written. */
export function assumedTexts(objective: ObjectiveDefinition): readonly string[] {
  return objective.assumed.map((field) => fieldText(field, objective));
}

function fieldText(field: string, { mode, zeroTolerance, target, window, sliceMs }: ObjectiveDefinition): string {
  const share = `${numberText(target * 100)}%`;
  switch (field) {
    case 'target':
      if (zeroTolerance) return 'target';
      return mode === 'window' ? `target (${share})` : `share of the time in which it should be met (${share})`;
    case 'timeWindow':
      return `time window (${windowLengthText(window)})`;
    case 'timeSliceWindow':
      return `length of a time slice (${durationText(sliceMs)})`;
    case 'heartbeatWithin':
      return 'how old a sign of life may be';
    case 'over':
      return 'time over which it is measured';
    case 'minSamples':
      return 'number of samples that it takes';
    default:
      return field;
  }
}
