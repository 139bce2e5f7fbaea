/** Timeouts, frame and idle callbacks, debounced functions. */
import type { ResourceKind, TypeEntry } from './model';

export const timeoutTypes: readonly TypeEntry[] = [];

export const timeoutKinds: readonly ResourceKind[] = [];
