/** What is done first with a connection to a database. */
import type { ResourceKind } from './model';

/** A connection that is lost has closed itself, and a pool that notices has dropped it: nothing is left to be ended. */
export const connectionSteps: NonNullable<ResourceKind['firstSteps']> = {
  methods: ['ping', 'beginTransaction'],
  runs: ['query', 'execute'],
  statements: [
    'BEGIN',
    'START TRANSACTION',
    'SELECT 1',
    // `SET ROLE` and the like may be refused.
    ...['NAMES', 'TIME ZONE', 'TIME_ZONE', 'SESSION', 'LOCAL', 'TRANSACTION', 'CHARACTER SET', 'AUTOCOMMIT'].map(
      (what) => `SET ${what}`,
    ),
  ],
};
