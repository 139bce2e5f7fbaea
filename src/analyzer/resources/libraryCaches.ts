/** Caches and memoizers of libraries. */
import type { ResourceKind, TypeEntry } from './model';

export const libraryCacheTypes: readonly TypeEntry[] = [];

export const libraryCacheKinds: readonly ResourceKind[] = [];
