/** All resource kinds and types, in one place. Adding a kind is one entry in a file beside this one, and its tests. */
import { containerKinds } from './containers';
import { domKinds } from './dom';
import { emitterKinds } from './emitters';
import type { ResourceKind } from './model';
import { nodeFsKinds } from './nodeFs';
import { nodeNetKinds } from './nodeNet';
import { nodeProcessKinds } from './nodeProcess';
import { nodeStreamKinds } from './nodeStreams';
import { timerKinds } from './timers';
import { vscodeKinds } from './vscode';

export { typeEntries } from './types';

/** Kinds with an acquisition, in order of precedence: the first that matches a call names it. */
export const resourceKinds: readonly ResourceKind[] = [
  ...domKinds,
  ...timerKinds,
  ...emitterKinds,
  ...vscodeKinds,
  ...nodeFsKinds,
  ...nodeStreamKinds,
  ...nodeNetKinds,
  ...nodeProcessKinds,
];

/** Every kind, with those that have no acquisition. */
export const allKinds: readonly ResourceKind[] = [...resourceKinds, ...containerKinds];
