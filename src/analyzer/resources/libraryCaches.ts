/** Caches and memoizers of libraries, and other things that grow or keep alive by an API. */

import type { ApiName, TypeEntry } from './apiTypes';
import { cellUpdates, stateStores, updatedCells } from './cells';
import type { GrowthForm } from './growthForms';
import type { ResourceKind } from './model';
import { registryForms, registryTypes, registryWords } from './registries';
import { keepingOperators } from './streams';

export const libraryCacheTypes: readonly TypeEntry[] = [
  { id: 'finalization-registry', names: [{ name: 'FinalizationRegistry' }] },
  { id: 'async-local-storage', names: [{ module: 'async_hooks', name: 'AsyncLocalStorage' }] },
  ...registryTypes,
];

const kind = (
  name: string,
  noun: string,
  title: string,
  words: readonly string[],
  growth: readonly GrowthForm[],
  documentation: ResourceKind['documentation'],
  severity: ResourceKind['severity'] = 'medium',
): ResourceKind => ({
  id: `cache/${name}`,
  family: 'cache',
  noun,
  title,
  severity,
  words,
  acquire: [],
  release: [],
  heldBy: 'receiver',
  growth,
  documentation,
});

const exportsOf = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));

const clears = [
  'clear',
  'reset',
  'flushAll',
  'flush',
  'del',
  'delete',
  'remove',
  'prune',
  'purge',
  'take',
  'purgeStale',
];

export const libraryCacheKinds: readonly ResourceKind[] = [
  kind(
    'lru-without-max',
    'cache',
    'Cache library without a limit',
    ['node-cache', 'lru-cache', 'keyv', '@isaacs/ttlcache', 'memory-cache', 'tiny-lru', 'lru_map', 'mnemonist'],
    [
      {
        form: 'store',
        make: 'new',
        callee: exportsOf('node-cache', 'default', '*'),
        limits: ['stdTTL', 'maxKeys'],
        puts: ['set', 'mset'],
        expiryArgument: 2,
        clears,
      },
      {
        form: 'store',
        make: 'new',
        callee: exportsOf('lru-cache', 'default', '*', 'LRUCache'),
        limits: ['max', 'maxSize', 'maxEntrySize', 'ttlAutopurge'],
        ages: ['ttl', 'maxAge'],
        limitArgument: 0,
        puts: ['set', 'fetch'],
        clears,
      },
      {
        form: 'store',
        make: 'new',
        callee: exportsOf('keyv', 'default', '*', 'Keyv'),
        limits: ['ttl', 'store', 'stores'],
        limitArgument: 0,
        puts: ['set'],
        expiryArgument: 2,
        clears,
      },
      {
        form: 'store',
        make: 'new',
        callee: exportsOf('memory-cache', 'Cache'),
        limits: [],
        puts: ['put'],
        expiryArgument: 2,
        clears: [...clears, 'del'],
      },
      {
        form: 'store',
        make: 'new',
        callee: exportsOf('lru_map', 'LRUMap'),
        limits: [],
        limitArgument: 0,
        puts: ['set'],
        clears,
      },
      {
        form: 'store',
        make: 'new',
        callee: exportsOf('cacheable', 'Cacheable', 'CacheableMemory', 'default'),
        limits: ['ttl', 'lruSize', 'primary', 'secondary'],
        limitArgument: 0,
        puts: ['set', 'setMany', 'getOrSet'],
        expiryArgument: 2,
        clears,
      },
      {
        form: 'store',
        make: 'new',
        callee: exportsOf('@isaacs/ttlcache', 'default', '*', 'TTLCache'),
        limits: ['ttl', 'max'],
        limitArgument: 0,
        puts: ['set'],
        expiryArgument: 2,
        clears,
      },
      {
        form: 'store',
        make: 'call',
        callee: exportsOf('tiny-lru', 'lru'),
        limits: [],
        limitArgument: 0,
        puts: [],
        clears: [...clears, 'get', 'set'],
      },
    ],
    {
      what: 'A cache of a library is made without a size limit or expiry.',
      why: 'Without options these caches keep every entry until the process ends.',
      leaking:
        "import NodeCache from 'node-cache';\nconst pages = new NodeCache();\nexport function keep(url, page) {\n  pages.set(url, page);\n}",
      safe: "import NodeCache from 'node-cache';\nconst pages = new NodeCache({ stdTTL: 600, maxKeys: 1000 });\nexport function keep(url, page) {\n  pages.set(url, page);\n}",
      releases: ['`max`, `maxSize` or `maxKeys`', 'a `ttl` that purges', 'a `ttl` per entry', 'deleting entries'],
    },
  ),
  kind(
    'memoize-unbounded',
    'memoized function',
    'Memoized function without a limit',
    ['memoize', 'memoizee', "'mem'", '"mem"', 'fast-memoize', 'p-memoize', 'moize', 'atomFamily'],
    [
      {
        form: 'store',
        make: 'call',
        callee: [
          ...exportsOf('lodash', 'memoize', 'default.memoize'),
          ...exportsOf('lodash-es', 'memoize'),
          ...exportsOf('underscore', 'memoize'),
          ...['lodash/memoize', 'lodash/memoize.js', 'lodash.memoize', 'lodash-es/memoize', 'fast-memoize'].flatMap(
            (module) => exportsOf(module, 'default', '*'),
          ),
          ...exportsOf('ramda', 'memoizeWith'),
          ...exportsOf('memoizee', 'default', '*'),
          ...exportsOf('mem', 'default', '*'),
          ...exportsOf('memoize', 'default', '*'),
          ...exportsOf('p-memoize', 'default', '*'),
          ...exportsOf('es-toolkit', 'memoize'),
          ...exportsOf('es-toolkit/compat', 'memoize'),
          ...exportsOf('lodash/fp', 'memoize', 'default.memoize'),
          ...exportsOf('async', 'memoize', 'default.memoize'),
          ...exportsOf('@formatjs/fast-memoize', 'default', 'memoize'),
          ...exportsOf('nano-memoize', 'default', 'nanomemoize'),
          ...exportsOf('jotai/utils', 'atomFamily'),
          ...exportsOf('jotai-family', 'atomFamily'),
        ],
        limits: ['max', 'maxAge', 'maxSize', 'maxArgs', 'cache', 'weak', 'dispose', 'refCounter'],
        puts: [],
        clears: ['cache', 'clear', 'delete', 'remove', 'setShouldRemove'],
        keyedBy: 0,
      },
    ],
    {
      what: 'A memoizer without a limit keeps the result of every argument there ever was.',
      why: 'Its table lives as long as the function, which for a function of a module is the whole process.',
      leaking:
        "import memoize from 'lodash/memoize';\nexport const parseQuery = memoize((query: string) => query.split('&'));",
      safe: "import memoize from 'lodash/memoize';\nexport const labelOf = memoize((kind: 'a' | 'b') => kind.toUpperCase());",
      releases: [
        'a `max`, `maxAge` or a bounded `cache`',
        'clearing or replacing `.cache`',
        'a memoizer of the last value only',
        'arguments of a small closed set',
      ],
    },
  ),
  kind(
    'replay-subject',
    'ReplaySubject',
    'ReplaySubject without a buffer size',
    ['ReplaySubject'],
    [
      {
        form: 'store',
        make: 'new',
        callee: [...exportsOf('rxjs', 'ReplaySubject'), ...exportsOf('rxjs/ReplaySubject', 'ReplaySubject')],
        limits: [],
        limitArgument: 0,
        puts: ['next'],
        clears: [],
      },
    ],
    {
      what: 'A `ReplaySubject` without a buffer size keeps every value it was ever given.',
      why: 'All of them are replayed to each new subscriber, and none is ever dropped.',
      leaking:
        "import { ReplaySubject } from 'rxjs';\nconst events = new ReplaySubject<string>();\nexport function publish(event: string) {\n  events.next(event);\n}",
      safe: "import { ReplaySubject } from 'rxjs';\nconst events = new ReplaySubject<string>(1);\nexport function publish(event: string) {\n  events.next(event);\n}",
      releases: ['a buffer size', 'a time window'],
    },
  ),
  kind(
    'finalization-registry-strong',
    'finalization registry',
    'Held value keeps its target alive',
    ['FinalizationRegistry'],
    [{ form: 'pin', on: ['finalization-registry'], method: ['register'], target: 0, held: 1 }],
    {
      what: 'The value held by a `FinalizationRegistry` is the target itself, or reaches it.',
      why: 'The registry keeps the held value, and with it the target, which is then never collected.',
      leaking:
        'const registry = new FinalizationRegistry((held) => free(held));\nexport function track(texture) {\n  registry.register(texture, { texture });\n}',
      safe: 'const registry = new FinalizationRegistry((handle) => free(handle));\nexport function track(texture) {\n  registry.register(texture, texture.handle);\n}',
      releases: ['a held value that does not reach the target, such as an id or a handle'],
    },
    'high',
  ),
  kind(
    'async-local-enter-with',
    'async context',
    'Async context entered and never left',
    ['enterWith'],
    [{ form: 'ambient', on: ['async-local-storage'], method: ['enterWith'] }],
    {
      what: '`enterWith` in a handler changes the context of everything that runs after it, and nothing restores it.',
      why: 'Timers, listeners and connections made later hold the store of that request as long as they live.',
      leaking:
        "import { AsyncLocalStorage } from 'node:async_hooks';\nconst context = new AsyncLocalStorage();\nserver.on('message', (message) => {\n  context.enterWith({ message });\n  handle(message);\n});",
      safe: "import { AsyncLocalStorage } from 'node:async_hooks';\nconst context = new AsyncLocalStorage();\nserver.on('message', (message) => {\n  context.run({ message }, () => handle(message));\n});",
      releases: ['`run`'],
    },
  ),
  kind(
    'component-state-array',
    'component state',
    'Component state grows with each event',
    ['useState'],
    [{ form: 'state', callee: [...exportsOf('react', 'useState'), ...exportsOf('preact/hooks', 'useState')] }],
    {
      what: 'A listener or timer of a component appends to a list in its state, and nothing shortens the list.',
      why: 'The list and its rendering grow with each event for as long as the component is shown.',
      leaking:
        "import { useEffect, useState } from 'react';\nexport function Log({ socket }) {\n  const [lines, setLines] = useState([]);\n  useEffect(() => {\n    const add = (line) => setLines((before) => [...before, line]);\n    socket.on('line', add);\n    return () => socket.off('line', add);\n  }, [socket]);\n  return lines.join();\n}",
      safe: "import { useEffect, useState } from 'react';\nexport function Log({ socket }) {\n  const [lines, setLines] = useState([]);\n  useEffect(() => {\n    const add = (line) => setLines((before) => [...before, line].slice(-500));\n    socket.on('line', add);\n    return () => socket.off('line', add);\n  }, [socket]);\n  return lines.join();\n}",
      releases: ['`slice`', 'a cap', 'another call of the setter that resets it'],
    },
  ),
  {
    // An example that keeps sessions in memory is one.
    productionOnly: true,
    ...kind(
      'request-cache-kept',
      'store',
      'Cache of one request is kept for all',
      ['dataloader', 'express-session'],
      [
        {
          form: 'store',
          make: 'new',
          callee: exportsOf('dataloader', 'default', '*'),
          limits: ['cache', 'cacheMap'],
          optionsAt: 1,
          puts: ['load', 'loadMany', 'prime'],
          clears: [...clears, 'clearAll'],
          fills: true,
        },
        {
          form: 'store',
          make: 'call',
          callee: exportsOf('express-session', 'default', '*'),
          limits: ['store'],
          puts: [],
          clears: [],
          fills: true,
        },
      ],
      {
        what: 'What a library keeps for the time of one request, or for development, is made once for the whole process.',
        why: 'A loader keeps each record that was ever loaded, and a session store in memory each session that never comes back.',
        leaking: "import DataLoader from 'dataloader';\nexport const users = new DataLoader((ids) => findUsers(ids));",
        safe: "import DataLoader from 'dataloader';\nexport function createLoaders() {\n  return { users: new DataLoader((ids) => findUsers(ids)) };\n}",
        releases: [
          'one for each request',
          '`cache: false` or a bounded `cacheMap`',
          '`clearAll()`',
          'a `store` of sessions',
        ],
      },
    ),
  },

  kind(
    'stream-keeps-all',
    'operator',
    'Operator keeps all values of an endless stream',
    ['shareReplay', 'publishReplay', 'distinct(', 'groupBy(', 'scan('],
    [
      {
        form: 'operator',
        callee: keepingOperators.replays,
        bound: { arguments: 0, options: ['bufferSize', 'windowTime'] },
      },
      { form: 'operator', callee: keepingOperators.keys, bound: { arguments: 1, options: [] } },
      { form: 'operator', callee: keepingOperators.groups, bound: { arguments: 1, options: ['duration'] } },
      { form: 'operator', callee: keepingOperators.folds, fold: 0 },
    ],
    {
      what: 'An operator keeps each value, key or group of a stream that does not end: `scan` that appends, `shareReplay()` or `distinct()` without a bound.',
      why: 'The stream lives as long as its source, and what the operator keeps grows with each event.',
      leaking:
        "import { fromEvent, scan } from 'rxjs';\nexport const lines$ = fromEvent(socket, 'line').pipe(scan((all, line) => [...all, line], []));",
      safe: "import { fromEvent, scan } from 'rxjs';\nexport const lines$ = fromEvent(socket, 'line').pipe(scan((all, line) => [...all, line].slice(-500), []));",
      releases: [
        '`slice` in the accumulator',
        'a buffer size',
        'a duration of groups',
        'an operator that ends the stream',
      ],
    },
  ),
  kind(
    'state-only-grows',
    'state',
    'List of a store only grows',
    [
      'BehaviorSubject',
      'signal(',
      'signal<',
      'writable(',
      'writable<',
      'atom(',
      'atom<',
      'createSlice',
      'createReducer',
      'zustand',
      'defineStore',
      'vuex',
      'useReducer',
      'signalStore',
      'ComponentStore',
    ],
    [
      { form: 'cell', callee: updatedCells, updates: cellUpdates },
      { form: 'reducers', callee: stateStores },
    ],
    {
      what: 'Each update of a store, or of a cell of state, appends to a list, and none ever takes something out of it.',
      why: 'Stores live as long as the page: what was shown once stays in memory, and every update copies all of it.',
      leaking:
        "import { BehaviorSubject } from 'rxjs';\nconst alerts = new BehaviorSubject([]);\nsocket.on('alert', (alert) => alerts.next([...alerts.value, alert]));",
      safe: "import { BehaviorSubject } from 'rxjs';\nconst alerts = new BehaviorSubject([]);\nsocket.on('alert', (alert) => alerts.next([...alerts.value, alert].slice(-100)));",
      releases: ['`slice`', 'an action that removes', 'a reset to the first state'],
    },
  ),
  kind(
    'library-registry',
    'registry of a library',
    'Registry of a library keeps an entry for each name',
    registryWords,
    registryForms,
    {
      what: 'Each piece of work puts an entry under a name of its own into a registry of a library: a label of a metric, a mark of the timeline, a partial, a schema.',
      why: 'Such registries live as long as the process and keep each name that they were ever given.',
      leaking:
        "import Handlebars from 'handlebars';\nlet count = 0;\nexport function render(layout, text) {\n  const name = 'text-' + ++count;\n  Handlebars.registerPartial(name, text);\n  return layout({ name });\n}",
      safe: "import Handlebars from 'handlebars';\nlet count = 0;\nexport function render(layout, text) {\n  const name = 'text-' + ++count;\n  Handlebars.registerPartial(name, text);\n  try {\n    return layout({ name });\n  } finally {\n    Handlebars.unregisterPartial(name);\n  }\n}",
      releases: [
        'the call that takes the entry out',
        'names of a small fixed set',
        'a registry of its own for each piece of work',
      ],
    },
  ),
];
