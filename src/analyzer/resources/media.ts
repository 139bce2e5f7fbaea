/** Object URLs, media streams, audio, images and video frames. */
import type { ResourceKind, TypeEntry } from './model';

export const mediaTypes: readonly TypeEntry[] = [];

export const mediaKinds: readonly ResourceKind[] = [];
