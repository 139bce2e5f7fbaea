/** Occasions that somebody outside of the program brings about, of which there is no end. */
import type { Occasion } from '../ownership/lifetime/frequency/occasions';
import { isOutsideEvent, takesFromOutside } from './words';

/** A request, a message, a command: what somebody outside sends. */
export function isSentFromOutside(occasion: Occasion): boolean {
  switch (occasion.kind) {
    case 'request':
      return true;
    case 'event':
      return isOutsideEvent(occasion.name);
    case 'handler':
      return takesFromOutside(occasion.name);
    default:
      return false;
  }
}
