/** Abort signals, cancellation tokens and controllers. */
import type { ResourceKind, TypeEntry } from './model';

export const signalTypes: readonly TypeEntry[] = [];

export const signalKinds: readonly ResourceKind[] = [];
