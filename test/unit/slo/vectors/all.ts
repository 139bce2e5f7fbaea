import type { Adapters } from './adapter';
import { alertAdapters } from './alertAdapters';
import { budgetAdapters } from './budgetAdapters';
import { definitionAdapters } from './definitionAdapters';
import { gateAdapters, lintAdapters } from './gateAdapters';
import { sourceAdapters } from './sourceAdapters';
import { stateAdapters } from './stateAdapters';

/** By `group/case`. */
export const ADAPTERS: Adapters = {
  ...budgetAdapters,
  ...stateAdapters,
  ...alertAdapters,
  ...definitionAdapters,
  ...sourceAdapters,
  ...gateAdapters,
  ...lintAdapters,
};
