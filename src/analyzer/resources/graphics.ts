/** GPU objects: WebGL, WebGPU and three.js. */
import type { ResourceKind, TypeEntry } from './model';

export const graphicsTypes: readonly TypeEntry[] = [];

export const graphicsKinds: readonly ResourceKind[] = [];
