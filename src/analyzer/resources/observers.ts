/** Observers of the browser and of Node, media queries, geolocation. */
import type { ResourceKind, TypeEntry } from './model';

export const observerTypes: readonly TypeEntry[] = [];

export const observerKinds: readonly ResourceKind[] = [];
