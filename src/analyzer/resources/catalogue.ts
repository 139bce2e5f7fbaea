/** All resource kinds and types, in one place. Adding a kind is one entry in a file beside this one, and its tests. */

import type { TypeEntry } from './apiTypes';
import { automationKinds, automationTypes } from './automation';
import { brokerKinds, brokerTypes } from './brokers';
import { browserConnectionKinds, browserConnectionTypes } from './browserConnections';
import { bundlerKinds } from './bundlers';
import { clientKinds } from './clients';
import { containerKinds } from './containers';
import { conventionKinds } from './conventions';
import { type CustomEntries, completeKind } from './custom';
import { databaseKinds, databaseTypes } from './databases';
import { disposableKinds, disposableTypes } from './disposables';
import { domKinds } from './dom';
import { emitterKinds } from './emitters';
import { graphicsKinds, graphicsTypes } from './graphics';
import { httpResponseKinds, httpResponseTypes } from './httpResponses';
import { lateKinds } from './late';
import { libraryCacheKinds, libraryCacheTypes } from './libraryCaches';
import { lockKinds, lockTypes } from './locks';
import { mediaKinds, mediaTypes } from './media';
import type { ResourceKind } from './model';
import { nativeMemoryKinds, nativeMemoryTypes } from './nativeMemory';
import { nodeFsKinds } from './nodeFs';
import { nodeMiscKinds, nodeMiscTypes } from './nodeMisc';
import { nodeNetKinds } from './nodeNet';
import { nodeProcessKinds } from './nodeProcess';
import { nodeStreamKinds } from './nodeStreams';
import { observerKinds, observerTypes } from './observers';
import { pooledKinds } from './pooled';
import { reactiveKinds, reactiveTypes } from './reactive';
import { requestKinds } from './requests';
import { responseBodyKinds } from './responseBodies';
import { serverErrorKinds } from './serverErrors';
import { serviceClientKinds, serviceClientTypes } from './serviceClients';
import { sharedLoopKinds, sharedLoopTypes } from './sharedLoops';
import { signalKinds, signalTypes } from './signals';
import { storeKinds, storeTypes } from './stores';
import { subscriptionKinds, subscriptionTypes } from './subscriptions';
import { createLook, type TextLook } from './textLook';
import { timeoutKinds, timeoutTypes } from './timeouts';
import { timerKinds } from './timers';
import { typeEntries as sharedTypes } from './types';
import { vscodeKinds } from './vscode';
import { widgetKinds } from './widgets';

const typeEntries: readonly TypeEntry[] = [
  ...sharedTypes,
  ...timeoutTypes,
  ...observerTypes,
  ...signalTypes,
  ...sharedLoopTypes,
  ...subscriptionTypes,
  ...reactiveTypes,
  ...storeTypes,
  ...disposableTypes,
  ...browserConnectionTypes,
  ...mediaTypes,
  ...graphicsTypes,
  ...httpResponseTypes,
  ...nodeMiscTypes,
  ...databaseTypes,
  ...brokerTypes,
  ...serviceClientTypes,
  ...automationTypes,
  ...lockTypes,
  ...nativeMemoryTypes,
  ...libraryCacheTypes,
];

const resourceKinds: readonly ResourceKind[] = [
  // Before all: a request may be more than one thing, and leaves the call to the kinds after it.
  ...requestKinds,
  // Before the listeners: a handler that is given a resource is more than a handler.
  ...serverErrorKinds,
  ...signalKinds,
  ...domKinds,
  ...timerKinds,
  ...emitterKinds,
  ...sharedLoopKinds,
  ...subscriptionKinds,
  ...vscodeKinds,
  ...nodeFsKinds,
  ...nodeStreamKinds,
  ...httpResponseKinds,
  ...nodeNetKinds,
  ...nodeProcessKinds,
  ...bundlerKinds,
  ...timeoutKinds,
  ...observerKinds,
  ...reactiveKinds,
  ...storeKinds,
  ...disposableKinds,
  ...browserConnectionKinds,
  ...mediaKinds,
  ...graphicsKinds,
  ...widgetKinds,
  ...nodeMiscKinds,
  ...responseBodyKinds,
  ...databaseKinds,
  ...brokerKinds,
  ...clientKinds,
  ...serviceClientKinds,
  ...automationKinds,
  ...pooledKinds,
  ...lockKinds,
  ...nativeMemoryKinds,
  ...libraryCacheKinds,
  ...lateKinds,
  // Last: only what nothing else describes.
  ...conventionKinds,
];

/** Every kind, with those that have no acquisition. */
export const allKinds: readonly ResourceKind[] = [...resourceKinds, ...containerKinds];

/** What the engine is told about resources: the built-in entries, and those of the workspace before them. */
export interface Catalogue {
  /** Kinds with an acquisition, in order of precedence: the first that matches a call names it. */
  readonly acquired: readonly ResourceKind[];
  /** Every kind, with those that have no acquisition. */
  readonly kinds: readonly ResourceKind[];
  readonly types: readonly TypeEntry[];
  /** Which kinds are possible in a text, by their words and patterns. */
  readonly lookAt: (text: string) => TextLook;
  /** By its id, or by one that it had before. */
  readonly kind: (id: string) => ResourceKind | undefined;
}

/** The built-in catalogue alone. */
export const builtIn: Catalogue = assemble({ kinds: [], types: [] });

const extended = new WeakMap<CustomEntries, Catalogue>();

/** The catalogue with a workspace's own entries. The same entries give the same catalogue. */
export function catalogueWith(custom: CustomEntries | undefined): Catalogue {
  if (!custom || (custom.kinds.length === 0 && custom.types.length === 0)) return builtIn;
  let catalogue = extended.get(custom);
  if (!catalogue) {
    catalogue = assemble(custom);
    extended.set(custom, catalogue);
  }
  return catalogue;
}

function assemble(custom: CustomEntries): Catalogue {
  const own = custom.kinds.map(completeKind);
  const kinds = [...own, ...allKinds];
  const byId = new Map([
    ...kinds.flatMap((kind) => (kind.formerly ?? []).map((id) => [id, kind] as const)),
    ...kinds.map((kind) => [kind.id, kind] as const),
  ]);
  return {
    acquired: [...own, ...resourceKinds],
    kinds,
    types: [...custom.types, ...typeEntries],
    lookAt: createLook(kinds),
    kind: (id) => byId.get(id),
  };
}
