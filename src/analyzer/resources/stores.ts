/** Subscriptions to stores and reactions to observable state: a function that is called to end them. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

const names = (module: string, ...given: readonly string[]): readonly ApiName[] =>
  given.map((name) => ({ module, name }));

export const storeTypes: readonly TypeEntry[] = [
  {
    id: 'store',
    names: [
      ...names('redux', 'Store'),
      ...names('@reduxjs/toolkit', 'Store', 'EnhancedStore'),
      ...names('zustand', 'StoreApi', 'UseBoundStore'),
      ...names('zustand/vanilla', 'StoreApi'),
      ...names('@tanstack/store', 'Store', 'Derived'),
    ],
    calls: [
      ...names('redux', 'createStore', 'legacy_createStore'),
      ...names('@reduxjs/toolkit', 'configureStore'),
      ...names('zustand', 'create', 'createStore'),
      ...names('zustand', 'default'),
      ...names('zustand/vanilla', 'createStore'),
    ],
    members: [
      // the caches of a query client
      { of: 'query-client', name: 'getQueryCache', call: true },
      { of: 'query-client', name: 'getMutationCache', call: true },
    ],
  },
  { id: 'shared-store', names: [], calls: names('react-redux', 'useStore'), is: ['store'], lives: 'page' },
  {
    id: 'query-client',
    names: names('@tanstack/react-query', 'QueryClient'),
    calls: names('@tanstack/react-query', 'useQueryClient'),
    lives: 'page',
  },
  {
    id: 'nanostore',
    names: names('nanostores', 'Atom', 'WritableAtom', 'MapStore', 'ReadableAtom'),
    calls: names('nanostores', 'atom', 'map', 'computed', 'deepMap', 'persistentAtom'),
  },
  {
    id: 'svelte-store',
    names: names('svelte/store', 'Writable', 'Readable'),
    calls: names('svelte/store', 'writable', 'readable', 'derived', 'readonly'),
    values: names('$app/stores', 'page', 'navigating', 'updated'),
  },
  { id: 'jotai-store', names: [], calls: names('jotai', 'createStore', 'getDefaultStore', 'useStore') },
  {
    id: 'history',
    names: names('history', 'History', 'BrowserHistory', 'HashHistory'),
    calls: [
      ...names('history', 'createBrowserHistory', 'createHashHistory', 'createMemoryHistory'),
      ...names('react-router', 'useHistory'),
      ...names('react-router-dom', 'useHistory'),
    ],
    lives: 'page',
  },
  {
    id: 'vue-router',
    names: names('vue-router', 'Router'),
    calls: names('vue-router', 'useRouter', 'createRouter'),
    lives: 'page',
  },
];

const releases = [
  'calling the returned function in a clean-up',
  'returning it from the effect',
  'handing it to the scope: `onCleanup`, `onDestroy`, `onScopeDispose`',
];

export const storeKinds: readonly ResourceKind[] = [
  {
    id: 'listener/store-subscribe-in-effect',
    family: 'listener',
    noun: 'store subscription',
    title: 'Subscription to a store is never ended',
    participle: 'ended',
    severity: 'high',
    words: [
      '.subscribe(',
      '.listen(',
      '.sub(',
      'subscribeKey(',
      '.beforeEach(',
      '.afterEach(',
      '.beforeResolve(',
      '.observe(',
      '.onSnapshot(',
      '.onValue(',
      '.onChange(',
      'onAuthStateChanged(',
    ],
    acquire: [
      { form: 'method', on: ['store'], method: ['subscribe'], outlives: true },
      { form: 'method', on: ['nanostore'], method: ['subscribe', 'listen'], outlives: true },
      { form: 'method', on: ['jotai-store'], method: ['sub'], outlives: true },
      { form: 'method', on: ['history'], method: ['listen', 'block'], outlives: true },
      { form: 'method', on: ['vue-router'], method: ['beforeEach', 'afterEach', 'beforeResolve'], outlives: true },
      { form: 'call', callee: [...names('valtio', 'subscribe'), ...names('valtio/utils', 'subscribeKey', 'watch')] },
    ],
    release: [{ form: 'invoked' }],
    heldBy: 'receiver',
    perInstance: true,
    inEffects: ['subscribe', 'listen', 'on', 'addListener', 'addObserver', 'addHandler'],
    siblings: ['subscribe', 'listen', 'observe', 'onSnapshot', 'onValue', 'onAuthStateChanged', 'onChange'],
    documentation: {
      what: 'A handler subscribed to a store, a history or a router, once per mount, instance or call, whose returned function nobody calls.',
      why: 'The store lives as long as the page and keeps every handler with all that it captures.',
      leaking:
        "import { useEffect } from 'react';\nimport { useStore } from 'react-redux';\nexport function useTitle() {\n  const store = useStore();\n  useEffect(() => {\n    store.subscribe(() => (document.title = store.getState().title));\n  }, [store]);\n}",
      safe: "import { useEffect } from 'react';\nimport { useStore } from 'react-redux';\nexport function useTitle() {\n  const store = useStore();\n  useEffect(() => store.subscribe(() => (document.title = store.getState().title)), [store]);\n}",
      releases,
    },
  },
  {
    id: 'listener/svelte-store-subscribe',
    family: 'listener',
    noun: 'store subscription',
    title: 'Subscription to a Svelte store is never ended',
    participle: 'ended',
    severity: 'high',
    words: ['.subscribe('],
    acquire: [{ form: 'method', on: ['svelte-store'], method: ['subscribe'], outlives: true }],
    release: [{ form: 'invoked' }],
    heldBy: 'receiver',
    perInstance: true,
    documentation: {
      what: 'A handler subscribed to a Svelte store whose returned function nobody calls.',
      why: 'A store of a module lives as long as the page and keeps every handler.',
      leaking:
        "import { writable } from 'svelte/store';\nconst user = writable(null);\nexport function createBadge(el) {\n  user.subscribe((u) => (el.textContent = u?.name));\n}",
      safe: "import { writable } from 'svelte/store';\nconst user = writable(null);\nexport function createBadge(el) {\n  return user.subscribe((u) => (el.textContent = u?.name));\n}",
      releases: [...releases, '`$store` in a component'],
    },
  },
  {
    id: 'listener/effect-scope',
    family: 'listener',
    noun: 'effect scope',
    title: 'Scope of effects is never ended',
    participle: 'stopped',
    severity: 'medium',
    words: ['effectScope(', 'createRoot', 'effect.root', 'effect('],
    acquire: [
      {
        form: 'call',
        callee: ['vue', '@vue/reactivity', '@vue/runtime-core', 'vue-demi'].flatMap((module) =>
          names(module, 'effectScope'),
        ),
        whenTrue: 0,
      },
      { form: 'call', callee: [{ name: '$effect.root' }, ...names('@preact/signals-core', 'effect')] },
    ],
    release: [{ form: 'method', method: ['stop'] }, { form: 'invoked' }],
    heldBy: 'receiver',
    perInstance: true,
    needsTeardown: true,
    documentation: {
      what: 'A scope of watchers and effects that no component owns is made for each tab, session or call, and nobody ends it when that is closed.',
      why: 'Its effects go on for as long as what they watch, with all that they capture.',
      leaking:
        "import { effectScope } from 'vue';\nimport { follow } from './follow';\nconst tabs = new Map();\nexport function open(id) {\n  const scope = effectScope(true);\n  const model = scope.run(() => follow(id));\n  tabs.set(id, { scope, model });\n}\nexport function modelOf(id) {\n  const tab = tabs.get(id);\n  return tab?.model;\n}\nexport function close(id) {\n  tabs.delete(id);\n}",
      safe: "import { effectScope } from 'vue';\nimport { follow } from './follow';\nconst tabs = new Map();\nexport function open(id) {\n  const scope = effectScope(true);\n  const model = scope.run(() => follow(id));\n  tabs.set(id, { scope, model });\n}\nexport function close(id) {\n  tabs.get(id)?.scope.stop();\n  tabs.delete(id);\n}",
      releases: [
        '`scope.stop()` when what it was made for ends',
        'a scope that is made within another one and ends with it',
      ],
    },
  },
  {
    id: 'listener/mobx-reaction',
    family: 'listener',
    noun: 'reaction',
    title: 'MobX reaction is never disposed',
    participle: 'disposed',
    severity: 'high',
    words: ['mobx'],
    acquire: [{ form: 'call', callee: names('mobx', 'autorun', 'reaction', 'observe', 'intercept') }],
    release: [{ form: 'invoked' }],
    endingOptions: ['signal'],
    tracks: true,
    heldBy: 'nothing',
    perInstance: true,
    needsTeardown: true,
    documentation: {
      what: 'A reaction started in an effect, a mount hook or a class with a teardown, whose disposer nobody calls.',
      why: 'Every observable that it reads keeps the reaction; it runs on after the component or object that made it.',
      leaking:
        "import { autorun } from 'mobx';\nimport { useEffect } from 'react';\nexport function useTitle(store) {\n  useEffect(() => {\n    autorun(() => (document.title = store.title));\n  }, [store]);\n}",
      safe: "import { autorun } from 'mobx';\nimport { useEffect } from 'react';\nexport function useTitle(store) {\n  useEffect(() => autorun(() => (document.title = store.title)), [store]);\n}",
      releases: [...releases, '`{ signal }` in the options'],
    },
  },
];
