/** Sockets, event sources, channels and workers of the browser. */
import type { ResourceKind, TypeEntry } from './model';

export const browserConnectionTypes: readonly TypeEntry[] = [];

export const browserConnectionKinds: readonly ResourceKind[] = [];
