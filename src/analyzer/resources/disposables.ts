/** Disposables that are dropped, overwritten or not registered. */
import type { ResourceKind, TypeEntry } from './model';

export const disposableTypes: readonly TypeEntry[] = [];

export const disposableKinds: readonly ResourceKind[] = [];
