/** Browsers, contexts and pages of browser automation. */
import type { ResourceKind, TypeEntry } from './model';

export const automationTypes: readonly TypeEntry[] = [];

export const automationKinds: readonly ResourceKind[] = [];
