/** Database pools, clients, sessions, transactions and caches over a connection. */
import type { ResourceKind, TypeEntry } from './model';

export const databaseTypes: readonly TypeEntry[] = [];

export const databaseKinds: readonly ResourceKind[] = [];
