/** Agents, bodies, inspector sessions, temporary folders and readers of streams. */
import type { ResourceKind, TypeEntry } from './model';

export const nodeMiscTypes: readonly TypeEntry[] = [];

export const nodeMiscKinds: readonly ResourceKind[] = [];
