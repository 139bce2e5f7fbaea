/** Stores, reactions and watchers whose subscription is returned. */
import type { ResourceKind, TypeEntry } from './model';

export const storeTypes: readonly TypeEntry[] = [];

export const storeKinds: readonly ResourceKind[] = [];
