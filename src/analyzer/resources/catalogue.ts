/** All resource kinds and types, in one place. Adding a kind is one entry in a file beside this one, and its tests. */
import { automationKinds, automationTypes } from './automation';
import { brokerKinds, brokerTypes } from './brokers';
import { browserConnectionKinds, browserConnectionTypes } from './browserConnections';
import { containerKinds } from './containers';
import { databaseKinds, databaseTypes } from './databases';
import { disposableKinds, disposableTypes } from './disposables';
import { domKinds } from './dom';
import { emitterKinds } from './emitters';
import { graphicsKinds, graphicsTypes } from './graphics';
import { libraryCacheKinds, libraryCacheTypes } from './libraryCaches';
import { lockKinds, lockTypes } from './locks';
import { mediaKinds, mediaTypes } from './media';
import type { ResourceKind, TypeEntry } from './model';
import { nodeFsKinds } from './nodeFs';
import { nodeMiscKinds, nodeMiscTypes } from './nodeMisc';
import { nodeNetKinds } from './nodeNet';
import { nodeProcessKinds } from './nodeProcess';
import { nodeStreamKinds } from './nodeStreams';
import { observerKinds, observerTypes } from './observers';
import { reactiveKinds, reactiveTypes } from './reactive';
import { signalKinds, signalTypes } from './signals';
import { storeKinds, storeTypes } from './stores';
import { timeoutKinds, timeoutTypes } from './timeouts';
import { timerKinds } from './timers';
import { typeEntries as sharedTypes } from './types';
import { vscodeKinds } from './vscode';

/** Every type the engine recognises. */
export const typeEntries: readonly TypeEntry[] = [
  ...sharedTypes,
  ...timeoutTypes,
  ...observerTypes,
  ...signalTypes,
  ...reactiveTypes,
  ...storeTypes,
  ...disposableTypes,
  ...browserConnectionTypes,
  ...mediaTypes,
  ...graphicsTypes,
  ...nodeMiscTypes,
  ...databaseTypes,
  ...brokerTypes,
  ...automationTypes,
  ...lockTypes,
  ...libraryCacheTypes,
];

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
  ...timeoutKinds,
  ...observerKinds,
  ...signalKinds,
  ...reactiveKinds,
  ...storeKinds,
  ...disposableKinds,
  ...browserConnectionKinds,
  ...mediaKinds,
  ...graphicsKinds,
  ...nodeMiscKinds,
  ...databaseKinds,
  ...brokerKinds,
  ...automationKinds,
  ...lockKinds,
  ...libraryCacheKinds,
];

/** Every kind, with those that have no acquisition. */
export const allKinds: readonly ResourceKind[] = [...resourceKinds, ...containerKinds];
