/** RxJS subscriptions and operators. */
import type { ResourceKind, TypeEntry } from './model';

export const reactiveTypes: readonly TypeEntry[] = [];

export const reactiveKinds: readonly ResourceKind[] = [];
