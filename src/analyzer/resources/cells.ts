/** Cells of state libraries: a collection inside of one is as long-lived as the cell, and is changed through it. */
import type { ApiName } from './apiTypes';

const names = (modules: readonly string[], ...given: readonly string[]): readonly ApiName[] =>
  modules.flatMap((module) => given.map((name) => ({ module, name })));

const vue = ['vue', '@vue/reactivity', '@vue/runtime-core', '@vue/composition-api', 'vue-demi', '#imports'];
const preactSignals = ['@preact/signals', '@preact/signals-core', '@preact/signals-react'];

/** What Nuxt and builds with auto-imports have without an import. */
const unimported = (...given: readonly string[]): readonly ApiName[] => given.map((name) => ({ name }));

export interface CellApi {
  readonly callee: readonly ApiName[];
  /** Member that is the collection; absent where the cell is the collection itself. */
  readonly member?: string;
}

/** Calls that make a cell of the collection that they are given. */
export const cellApis: readonly CellApi[] = [
  {
    callee: [
      ...names(vue, 'ref', 'shallowRef'),
      ...unimported('ref', 'shallowRef'),
      ...names(preactSignals, 'signal', 'useSignal'),
    ],
    member: 'value',
  },
  {
    callee: [
      ...names(vue, 'reactive', 'shallowReactive'),
      ...unimported('reactive', 'shallowReactive'),
      ...names(['mobx'], 'observable', 'observable.array', 'observable.map', 'observable.set', 'observable.object'),
      ...names(['valtio', 'valtio/vanilla'], 'proxy'),
    ],
  },
  { callee: names(['react', 'preact/hooks', 'preact/compat'], 'useRef', 'default.useRef'), member: 'current' },
];

const vueReaders = [
  'watch',
  'watchEffect',
  'computed',
  'readonly',
  'shallowReadonly',
  'unref',
  'isRef',
  'triggerRef',
  'toRaw',
  'toValue',
];

/** Calls that look at a cell and leave it as it is. */
export const cellReaders: readonly ApiName[] = [
  ...names(vue, ...vueReaders),
  ...unimported(...vueReaders),
  ...names(preactSignals, 'computed', 'effect'),
  ...names(['mobx'], 'reaction', 'autorun', 'toJS', 'when'),
  ...names(['valtio', 'valtio/vanilla'], 'subscribe', 'snapshot', 'useSnapshot'),
  ...names(['react'], 'useImperativeHandle', 'useSyncExternalStore'),
];

/** Cells that are given their next content by a call: `cell.update((all) => [...all, one])`. */
export const updatedCells: readonly ApiName[] = [
  ...names(['rxjs'], 'BehaviorSubject'),
  ...names(['@angular/core'], 'signal'),
  ...names(['svelte/store'], 'writable'),
  ...names(['nanostores'], 'atom'),
];

/** Methods that give a cell its next content. */
export const cellUpdates: readonly string[] = ['next', 'set', 'update'];

/** Calls that make a store of an object with its first state in it, and of functions that change it. */
export const stateStores: readonly ApiName[] = [
  ...names(['@reduxjs/toolkit'], 'createSlice', 'createReducer'),
  ...names(
    ['zustand', 'zustand/vanilla', 'zustand/traditional'],
    'create',
    'createStore',
    'default',
    'createWithEqualityFn',
  ),
  ...names(['pinia', '#imports'], 'defineStore'),
  ...names(['vuex'], 'createStore', 'Store', 'default.Store'),
  ...names(['react', 'preact/hooks', 'preact/compat'], 'useReducer'),
  ...names(['@ngrx/store'], 'createReducer'),
  ...names(['@ngrx/signals'], 'signalStore', 'withState'),
  ...names(['@ngrx/component-store'], 'ComponentStore'),
];
