/** Sockets, event sources, channels and workers of the browser. */

import type { ApiName, TypeEntry } from './apiTypes';
import { withArticleFirst } from './articles';
import type { ResourceKind } from './model';

export const browserConnectionTypes: readonly TypeEntry[] = [];

const global = (...names: readonly string[]): readonly ApiName[] => names.map((name) => ({ name }));

interface Connection {
  readonly id: string;
  readonly noun: string;
  readonly title: string;
  readonly participle: string;
  readonly severity?: ResourceKind['severity'];
  readonly words: readonly string[];
  readonly created: readonly ApiName[];
  /** Made otherwise, and ended otherwise. */
  readonly shared?: { readonly created: readonly ApiName[]; readonly written: string };
  readonly methods: readonly string[];
  readonly survives?: ResourceKind['survives'];
  readonly endsAlone?: boolean;
  readonly mostlyForLife?: boolean;
  readonly inertAtFirst?: boolean;
  /** How a fix ends it, where that is no call of the first method. */
  readonly written?: string;
  readonly why: string;
  /** How it is made, in the examples. */
  readonly example: string;
}

/** A connection that the browser keeps open until a method of it ends it. */
const connection = (entry: Connection): ResourceKind => {
  const [end = 'close'] = entry.methods;
  return {
    id: entry.id,
    family: 'handle',
    noun: entry.noun,
    title: entry.title,
    participle: entry.participle,
    severity: entry.severity ?? 'high',
    words: entry.words,
    acquire: [
      { form: 'new', callee: entry.created },
      ...(entry.shared ? [{ form: 'new' as const, callee: entry.shared.created, written: entry.shared.written }] : []),
    ],
    release: [{ form: 'method', method: entry.methods, ...(entry.written ? { written: entry.written } : {}) }],
    heldBy: 'runtime',
    pathSensitive: true,
    exits: 'likely',
    mayLast: true,
    ...(entry.survives ? { survives: entry.survives } : {}),
    ...(entry.inertAtFirst ? { inertAtFirst: true } : {}),
    ...(entry.endsAlone ? { endsAlone: true } : {}),
    ...(entry.mostlyForLife ? { mostlyForLife: true } : {}),
    documentation: {
      what: `${withArticleFirst(entry.noun)} that is opened each time its component, instance or function runs and is never ${entry.participle}.`,
      why: entry.why,
      leaking: `import { useEffect } from 'react';\nexport function Feed({ show }) {\n  useEffect(() => {\n    const source = ${entry.example};\n    source.onmessage = (event) => show(event.data);\n  }, [show]);\n  return <p />;\n}`,
      safe: `import { useEffect } from 'react';\nexport function Feed({ show }) {\n  useEffect(() => {\n    const source = ${entry.example};\n    source.onmessage = (event) => show(event.data);\n    return () => source.${end}();\n  }, [show]);\n  return <p />;\n}`,
      releases: [
        ...entry.methods.map((method) => `\`${method}()\` in the matching teardown`),
        'returned or handed to another owner',
      ],
    },
  };
};

export const browserConnectionKinds: readonly ResourceKind[] = [
  connection({
    id: 'handle/websocket',
    noun: 'WebSocket',
    title: 'WebSocket is never closed',
    participle: 'closed',
    words: ['new WebSocket', 'new ReconnectingWebSocket', "'ws'", '"ws"', 'isomorphic-ws'],
    created: [
      ...global('WebSocket'),
      { module: 'ws', name: 'default' },
      { module: 'ws', name: 'WebSocket' },
      { module: 'ws', name: '*' },
      { module: 'isomorphic-ws', name: 'default' },
      { module: 'reconnecting-websocket', name: 'default' },
    ],
    methods: ['close', 'terminate', 'destroy'],
    mostlyForLife: true,
    why: 'The connection, its handlers and all that they capture stay until one side closes it.',
    example: "new WebSocket('wss://example.org')",
  }),
  connection({
    id: 'handle/event-source',
    noun: 'event source',
    title: 'EventSource is never closed',
    participle: 'closed',
    words: ['EventSource'],
    created: [
      ...global('EventSource'),
      { module: 'eventsource', name: 'default' },
      { module: 'eventsource', name: 'EventSource' },
    ],
    methods: ['close'],
    survives: ['error'],
    mostlyForLife: true,
    why: 'It reconnects for ever, and each one takes one of the few connections that a browser opens to a server.',
    example: "new EventSource('/events')",
  }),
  connection({
    id: 'handle/broadcast-channel',
    noun: 'broadcast channel',
    title: 'BroadcastChannel is never closed',
    participle: 'closed',
    words: ['BroadcastChannel'],
    created: [...global('BroadcastChannel'), { module: 'worker_threads', name: 'BroadcastChannel' }],
    methods: ['close'],
    mostlyForLife: true,
    why: 'The browser keeps a channel with a listener, and all that the listener captures, until it is closed.',
    example: "new BroadcastChannel('news')",
  }),
  connection({
    id: 'handle/web-worker',
    noun: 'worker',
    title: 'Worker is never terminated',
    participle: 'terminated',
    words: ['new Worker', 'new SharedWorker', 'Worker('],
    created: global('Worker'),
    shared: { created: global('SharedWorker'), written: 'port.close()' },
    methods: ['terminate', 'port.close'],
    survives: ['error', 'messageerror'],
    endsAlone: true,
    mostlyForLife: true,
    why: 'A worker is a thread with a heap of its own; it lives until it is terminated or the page goes.',
    example: "new Worker('/worker.js')",
  }),
  connection({
    id: 'handle/message-channel',
    noun: 'message channel',
    title: 'MessageChannel is never closed',
    participle: 'closed',
    severity: 'medium',
    words: ['MessageChannel'],
    created: [...global('MessageChannel'), { module: 'worker_threads', name: 'MessageChannel' }],
    methods: ['close', 'port1', 'port2'],
    inertAtFirst: true,
    written: 'port1.close()',
    why: 'Two entangled ports with a handler keep each other alive until one is closed.',
    example: 'new MessageChannel()',
  }),
  connection({
    id: 'handle/peer-connection',
    noun: 'peer connection',
    title: 'RTCPeerConnection is never closed',
    participle: 'closed',
    words: ['RTCPeerConnection'],
    created: global('RTCPeerConnection', 'webkitRTCPeerConnection'),
    methods: ['close'],
    why: 'It keeps its sockets, threads and tracks until it is closed; browsers admit only so many, and do not collect an open one.',
    example: 'new RTCPeerConnection()',
  }),
  connection({
    id: 'handle/web-transport',
    noun: 'WebTransport session',
    title: 'WebTransport session is never closed',
    participle: 'closed',
    words: ['WebTransport'],
    created: global('WebTransport'),
    methods: ['close'],
    why: 'The connection and its streams stay until one side closes it.',
    example: "new WebTransport('https://example.org/feed')",
  }),
  connection({
    id: 'handle/web-codec',
    noun: 'codec',
    title: 'Codec is never closed',
    participle: 'closed',
    words: ['VideoDecoder', 'VideoEncoder', 'AudioDecoder', 'AudioEncoder', 'ImageDecoder'],
    created: global('VideoDecoder', 'VideoEncoder', 'AudioDecoder', 'AudioEncoder', 'ImageDecoder'),
    methods: ['close'],
    why: 'Codecs are threads and memory outside the heap, often of the graphics card, of which there are few.',
    example: 'new VideoDecoder({ output: show, error: console.error })',
  }),
  {
    id: 'handle/indexed-db',
    family: 'handle',
    noun: 'database connection',
    title: 'IndexedDB connection is never closed',
    participle: 'closed',
    severity: 'low',
    words: ['indexedDB', "'idb'", '"idb"'],
    acquire: [
      { form: 'call', callee: global('indexedDB.open'), request: true },
      { form: 'call', callee: [{ module: 'idb', name: 'openDB' }], promise: true },
    ],
    release: [{ form: 'method', method: ['close', '[Symbol.dispose]'] }],
    heldBy: 'runtime',
    fluent: ['addEventListener'],
    parts: ['transaction'],
    pathSensitive: true,
    exits: 'likely',
    mayLast: true,
    lent: true,
    mostlyShared: true,
    documentation: {
      what: 'A connection to an IndexedDB database that is opened each time a function runs and never closed.',
      why: 'As long as one is open, nobody can upgrade or delete the database: the request is blocked.',
      leaking:
        "import { openDB } from 'idb';\nexport async function draft(key) {\n  const db = await openDB('drafts', 1);\n  const draft = await db.get('drafts', key);\n  return draft?.text;\n}",
      safe: "import { openDB } from 'idb';\nexport async function draft(key) {\n  const db = await openDB('drafts', 1);\n  try {\n    const draft = await db.get('drafts', key);\n    return draft?.text;\n  } finally {\n    db.close();\n  }\n}",
      releases: ['`db.close()`', 'one connection for the whole page', 'returned or handed to another owner'],
    },
  },
];
