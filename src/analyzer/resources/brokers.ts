/** Message brokers and queues. */
import type { ResourceKind, TypeEntry } from './model';

export const brokerTypes: readonly TypeEntry[] = [];

export const brokerKinds: readonly ResourceKind[] = [];
