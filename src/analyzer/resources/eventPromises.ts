/** Functions that give a promise of the next event of an emitter. */
import type { ApiName } from './apiTypes';

/** `once(emitter, event, { signal })`: until the event comes the emitter keeps the listener, unless a signal takes it off. */
export const eventPromises: readonly ApiName[] = [{ module: 'events', name: 'once' }];
