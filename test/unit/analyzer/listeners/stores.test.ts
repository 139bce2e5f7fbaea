import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

samples(
  'listener/store-subscribe-in-effect',
  [
    {
      name: 'the store of react-redux in an effect',
      path: 'src/useTitle.tsx',
      code: `import { useEffect } from 'react';\nimport { useStore } from 'react-redux';\nexport function useTitle() {\n  const store = useStore();\n  useEffect(() => {\n    store.subscribe(() => (document.title = store.getState().title)); // leak listener/store-subscribe-in-effect\n  }, [store]);\n}`,
    },
    {
      name: 'a store given to a hook, its remover forgotten',
      path: 'src/useStoreValue.ts',
      code: `import { useEffect, useState } from 'react';\nimport type { Store } from 'redux';\nexport function useStoreValue(store: Store) {\n  const [value, setValue] = useState(store.getState());\n  useEffect(() => {\n    const unsubscribe = store.subscribe(() => setValue(store.getState())); // leak listener/store-subscribe-in-effect\n  }, [store]);\n  return value;\n}`,
    },
    {
      name: 'a class component',
      path: 'src/Badge.jsx',
      code: `import React from 'react';\nimport { createStore } from 'zustand/vanilla';\nconst store = createStore(() => ({ n: 0 }));\nexport class Badge extends React.Component {\n  componentDidMount() {\n    this.unsubscribe = store.subscribe(() => this.forceUpdate()); // leak listener/store-subscribe-in-effect\n  }\n  render() {\n    return <b>{store.getState().n}</b>;\n  }\n}`,
    },
    {
      name: 'a curried zustand store',
      code: `import { create } from 'zustand';\nconst useBears = create<State>()((set) => ({ bears: 0 }));\nexport class Meter {\n  constructor(private el: HTMLElement) {\n    useBears.subscribe((s) => (this.el.textContent = String(s.bears))); // leak listener/store-subscribe-in-effect\n  }\n  destroy() {\n    this.el.remove();\n  }\n}`,
    },
    {
      name: 'a router guard per mount',
      code: `import { onMounted } from 'vue';\nimport { useRouter } from 'vue-router';\nexport function useGuard(dirty) {\n  const router = useRouter();\n  onMounted(() => {\n    router.beforeEach(() => !dirty.value); // leak listener/store-subscribe-in-effect\n  });\n}`,
    },
  ],
  [
    {
      name: 'returned',
      path: 'src/useTitle.tsx',
      code: `import { useEffect } from 'react';\nimport { useStore } from 'react-redux';\nexport function useTitle() {\n  const store = useStore();\n  useEffect(() => store.subscribe(() => {}), [store]);\n  useEffect(() => {\n    const stop = store.subscribe(() => {});\n    return stop;\n  }, [store]);\n  useEffect(() => {\n    const stop = store.subscribe(() => {});\n    return () => {\n      stop();\n    };\n  }, [store]);\n}`,
    },
    {
      name: 'called in componentWillUnmount',
      path: 'src/Badge.jsx',
      code: `import React from 'react';\nimport { createStore } from 'redux';\nconst store = createStore(reducer);\nexport class Badge extends React.Component {\n  componentDidMount() {\n    this.stop = store.subscribe(() => this.forceUpdate());\n  }\n  componentWillUnmount() {\n    this.stop?.();\n  }\n}`,
    },
    {
      name: 'once for the page',
      code: `import { configureStore } from '@reduxjs/toolkit';\nexport const store = configureStore({ reducer });\nstore.subscribe(() => localStorage.setItem('s', JSON.stringify(store.getState())));`,
    },
    {
      name: 'a store of its own',
      code: `import { createStore } from 'zustand/vanilla';\nexport class Model {\n  private store = createStore(() => ({}));\n  constructor() {\n    this.store.subscribe(() => {});\n  }\n  destroy() {\n    console.log(1);\n  }\n}`,
    },
    {
      name: 'removers in a list that the teardown calls',
      code: `import { useRouter } from 'vue-router';\nimport { onMounted, onUnmounted } from 'vue';\nexport function useGuards() {\n  const router = useRouter();\n  const stops = [];\n  onMounted(() => {\n    stops.push(router.beforeEach(() => true), router.afterEach(() => {}));\n  });\n  onUnmounted(() => stops.forEach((stop) => stop()));\n}`,
    },
  ],
);

samples(
  'listener/svelte-store-subscribe',
  [
    {
      name: 'a store of the module per call',
      code: `import { writable } from 'svelte/store';\nexport const user = writable(null);\nexport function createBadge(el) {\n  user.subscribe((u) => (el.textContent = u.name)); // leak listener/svelte-store-subscribe\n}`,
    },
    {
      name: 'a derived store in onMount',
      code: `import { onMount } from 'svelte';\nimport { derived, writable } from 'svelte/store';\nconst n = writable(0);\nconst twice = derived(n, (x) => x * 2);\nexport function useTwice(fn) {\n  onMount(() => {\n    twice.subscribe(fn); // leak listener/svelte-store-subscribe\n  });\n}`,
    },
    {
      name: 'page of the kit in a class',
      code: `import { page } from '$app/stores';\nexport class Crumbs {\n  constructor(el) {\n    this.stop = page.subscribe((p) => (el.textContent = p.url)); // leak listener/svelte-store-subscribe\n  }\n  destroy() {\n    console.log('gone');\n  }\n}`,
    },
  ],
  [
    {
      name: 'handed to onDestroy',
      code: `import { onDestroy } from 'svelte';\nimport { writable } from 'svelte/store';\nconst user = writable(null);\nexport function useUser(fn) {\n  onDestroy(user.subscribe(fn));\n}`,
    },
    {
      name: 'read once',
      code: `import { writable } from 'svelte/store';\nconst user = writable(null);\nexport function now() {\n  let value;\n  user.subscribe((u) => (value = u))();\n  return value;\n}`,
    },
    {
      name: 'a store made for the call',
      code: `import { writable } from 'svelte/store';\nexport function counter(fn) {\n  const n = writable(0);\n  n.subscribe(fn);\n  return n;\n}`,
    },
  ],
);

samples(
  'listener/mobx-reaction',
  [
    {
      name: 'autorun in an effect',
      path: 'src/useTitle.tsx',
      code: `import { autorun } from 'mobx';\nimport { useEffect } from 'react';\nexport function useTitle(store) {\n  useEffect(() => {\n    autorun(() => (document.title = store.title)); // leak listener/mobx-reaction\n  }, [store]);\n}`,
    },
    {
      name: 'a class that disposes one of two',
      code: `import { reaction } from 'mobx';\nexport class Sync {\n  private stopA;\n  private stopB;\n  constructor(private root: RootStore) {\n    this.stopA = reaction(() => this.root.a, () => this.push());\n    this.stopB = reaction(() => this.root.b, () => this.push()); // leak listener/mobx-reaction\n  }\n  push() {}\n  dispose() {\n    this.stopA();\n  }\n}`,
    },
    {
      name: 'componentDidMount',
      path: 'src/View.jsx',
      code: `import { reaction } from 'mobx';\nimport React from 'react';\nexport class View extends React.Component {\n  componentDidMount() {\n    reaction(() => this.props.store.size, () => this.layout()); // leak listener/mobx-reaction\n  }\n  layout() {}\n  render() {\n    return <p />;\n  }\n}`,
    },
  ],
  [
    {
      name: 'returned disposer',
      path: 'src/useTitle.tsx',
      code: `import { autorun } from 'mobx';\nimport { useEffect } from 'react';\nexport function useTitle(store) {\n  useEffect(() => autorun(() => (document.title = store.title)), [store]);\n}`,
    },
    {
      name: 'its own observables, no teardown',
      code: `import { autorun, makeAutoObservable } from 'mobx';\nexport class Todo {\n  title = '';\n  constructor() {\n    makeAutoObservable(this);\n    autorun(() => console.log(this.title));\n  }\n}`,
    },
    {
      name: 'a signal',
      path: 'src/useTitle.tsx',
      code: `import { autorun } from 'mobx';\nimport { useEffect } from 'react';\nexport function useTitle(store) {\n  useEffect(() => {\n    const controller = new AbortController();\n    autorun(() => (document.title = store.title), { signal: controller.signal });\n    return () => controller.abort();\n  }, [store]);\n}`,
    },
    {
      name: 'disposers in a list',
      code: `import { reaction } from 'mobx';\nexport class Sync {\n  private stops = [];\n  constructor(root) {\n    this.stops.push(reaction(() => root.a, () => {}));\n  }\n  dispose() {\n    for (const stop of this.stops) stop();\n  }\n}`,
    },
  ],
);

describe('subscriptions to what another file exports', () => {
  const view = (name: string): string =>
    `import { ${name} } from './shared';\nexport function show(el) {\n  ${name}.subscribe((v) => (el.textContent = v));\n}`;
  const kinds = (shared: string, name: string): readonly string[] =>
    findingsOfFiles({ 'src/shared.ts': shared, 'src/view.ts': view(name) }).flatMap(({ findings }) =>
      findings.filter(({ confidence }) => confidence !== 'low').map(({ kind }) => kind),
    );
  it('are of the kind of the export', () => {
    assert.deepEqual(kinds(`import { writable } from 'svelte/store';\nexport const user = writable(0);`, 'user'), [
      'listener/svelte-store-subscribe',
    ]);
    assert.deepEqual(
      kinds(`import { configureStore } from '@reduxjs/toolkit';\nexport const store = configureStore({});`, 'store'),
      ['listener/store-subscribe-in-effect'],
    );
    assert.deepEqual(kinds(`import { Subject } from 'rxjs';\nexport const clicks = new Subject();`, 'clicks'), [
      'listener/rx-subscription-ignored',
    ]);
    assert.deepEqual(kinds(`export const bus = makeBus();`, 'bus'), []);
  });
});
