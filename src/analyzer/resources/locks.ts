/** Locks, semaphores and mutexes. */
import type { ResourceKind, TypeEntry } from './model';

export const lockTypes: readonly TypeEntry[] = [];

export const lockKinds: readonly ResourceKind[] = [];
