/** Where what some code begins should end, in words for advice. */

import { endOfHook } from '../words/hooks';
import type { Frequency } from './lifetime/frequency/frequency';
import { withoutLoops } from './lifetime/frequency/occasions';

/**
 * Completes "remove it …": in the teardown that forgets it, else by what the framework has for the end of what runs the code.
 * @param otherwise where nothing is known of an end
 */
export function placeOfEnd(
  { teardown, frequency }: { readonly teardown: { readonly name: string } | undefined; readonly frequency: Frequency },
  otherwise: string,
): string {
  if (teardown) return `in \`${teardown.name}\``;
  const occasion = withoutLoops(frequency.occasion);
  if (occasion.kind === 'componentInstance') return 'when the component is unmounted';
  return (occasion.kind === 'effect' || occasion.kind === 'mount' ? endOfHook(occasion.name) : undefined) ?? otherwise;
}
