/** Hooks of components and effects: by which a framework runs code when an instance begins, draws, or ends. */
import { instanceScriptName } from '../syntax/singleFile';

export const mountHooks: ReadonlySet<string> = new Set([
  'componentDidMount',
  'componentWillMount',
  'UNSAFE_componentWillMount',
  'connectedCallback',
  'hostConnected',
  'ngOnInit',
  'ngAfterViewInit',
  'ngAfterContentInit',
  'mounted',
  'created',
  'beforeMount',
  'onMount',
  'firstUpdated',
]);

/** Hooks that are given what runs when an instance is there. */
export function runsOnMount(name: string): boolean {
  return /^on(?:Before)?Mount(?:ed)?$/.test(name);
}

/** `onMount`, `onLoad`: what an element is given for its beginning, which comes once. */
export function tellsOfBeginning(name: string): boolean {
  return /^on(?:Before)?(?:Mount|Mounted|Init|Initialized|Ready|Load|Loaded|Create|Created|Open|Opened)$/i.test(name);
}

export const renderHooks: ReadonlySet<string> = new Set([
  'render',
  'componentDidUpdate',
  'ngOnChanges',
  'ngDoCheck',
  'updated',
  'attributeChangedCallback',
]);

/** Hooks that run after each change of what a component is given or has. */
export const updateHooks: ReadonlySet<string> = new Set(['componentDidUpdate', 'ngOnChanges', 'updated']);

/** Does a call of this name run its second argument when its first changes, as long as the component is there? */
export function watchesState(name: string): boolean {
  return name === 'watch';
}

/** Does a framework call the method by its name while the instance is there? */
export function runsByHost(name: string): boolean {
  return mountHooks.has(name) || renderHooks.has(name);
}

export const teardownHooks: ReadonlySet<string> = new Set([
  'componentWillUnmount',
  'disconnectedCallback',
  'hostDisconnected',
  'ngOnDestroy',
  'beforeDestroy',
  'destroyed',
  'beforeUnmount',
  'unmounted',
  'onModuleDestroy',
  'onApplicationShutdown',
  '[Symbol.dispose]',
  '[Symbol.asyncDispose]',
]);

export const effectHooks: ReadonlySet<string> = new Set([
  'useEffect',
  'useLayoutEffect',
  'useInsertionEffect',
  'onMounted',
  'onMount',
  'createEffect',
  'watchEffect',
  'onBeforeMount',
  'onActivated',
  '$effect',
  'useMountEffect',
  'useEffectOnce',
  'useMount',
]);

const ends: Readonly<Record<string, string>> = {
  useEffect: 'in a clean-up that the effect returns',
  useLayoutEffect: 'in a clean-up that the effect returns',
  useInsertionEffect: 'in a clean-up that the effect returns',
  $effect: 'in a clean-up that the effect returns',
  createEffect: 'in the clean-up of the effect',
  watchEffect: 'in the clean-up of the effect',
  onMounted: 'in `onBeforeUnmount`',
  onBeforeMount: 'in `onBeforeUnmount`',
  onActivated: 'in `onDeactivated`',
  onMount: 'when the component is destroyed',
  componentDidMount: 'in `componentWillUnmount`',
  componentWillMount: 'in `componentWillUnmount`',
  UNSAFE_componentWillMount: 'in `componentWillUnmount`',
  connectedCallback: 'in `disconnectedCallback`',
  firstUpdated: 'in `disconnectedCallback`',
  hostConnected: 'in `hostDisconnected`',
  ngOnInit: 'in `ngOnDestroy`',
  ngAfterViewInit: 'in `ngOnDestroy`',
  ngAfterContentInit: 'in `ngOnDestroy`',
  mounted: 'in `beforeUnmount`',
  created: 'in `beforeUnmount`',
  beforeMount: 'in `beforeUnmount`',
};

/** Where what a hook begins ends: completes "remove it …"; undefined for hooks without such a counterpart. */
export function endOfHook(name: string): string | undefined {
  return Object.hasOwn(ends, name) ? ends[name] : undefined;
}

/** Does an effect hook of this name run its function more than once, unless its dependencies say otherwise? */
export function rerunsEffect(name: string): boolean {
  return effectHooks.has(name) && !/Mount|Once|onActivated/.test(name);
}

export const memoHooks: ReadonlySet<string> = new Set([
  'useCallback',
  'useMemo',
  'memo',
  'debounce',
  'throttle',
  'useEvent',
  'useEffectEvent',
]);

/** Hooks that run their function when the scope they are called in ends. */
export const unmountHooks: ReadonlySet<string> = new Set([
  'onUnmounted',
  'onBeforeUnmount',
  'onScopeDispose',
  'tryOnScopeDispose',
  'tryOnUnmounted',
  'onCleanup',
  'onDestroy',
  'useUnmount',
]);

/** Does a call of this name take a function that ends what is around it: `onCleanup(fn)`, `onScopeDispose(fn)`? */
export function registersEnd(name: string): boolean {
  return /^(?:try)?on(?:Before)?(?:Unmount(?:ed)?|ScopeDispose|Cleanup|Destroy|Invalidate|WatcherCleanup)$/.test(name);
}

/** Hooks whose framework throws away what they return, by names that say nothing else. */
export function ignoresResult(name: string): boolean {
  return (mountHooks.has(name) && name !== 'onMount') || renderHooks.has(name) || teardownHooks.has(name);
}

/** Hooks of each visit of a view that is kept, with those by which the visit is over. */
export const leaveHooks: ReadonlyMap<string, readonly string[]> = new Map([
  ['activated', ['deactivated']],
  ['onActivated', ['onDeactivated']],
  ['ionViewWillEnter', ['ionViewWillLeave', 'ionViewDidLeave']],
  ['ionViewDidEnter', ['ionViewWillLeave', 'ionViewDidLeave']],
  ['useIonViewWillEnter', ['useIonViewWillLeave', 'useIonViewDidLeave']],
  ['useIonViewDidEnter', ['useIonViewWillLeave', 'useIonViewDidLeave']],
  ['onIonViewWillEnter', ['onIonViewWillLeave', 'onIonViewDidLeave']],
  ['onIonViewDidEnter', ['onIonViewWillLeave', 'onIonViewDidLeave']],
  ['componentDidShow', ['componentDidHide']],
  ['useDidShow', ['useDidHide']],
  ['onNavigatedTo', ['onNavigatedFrom', 'onNavigatingFrom']],
  ['onPageShow', ['onPageHide']],
]);

/** A function that runs while a scope is active: a composable, the set-up of a component. */
export function isScopeFunction(name: string): boolean {
  return name === 'setup' || name === instanceScriptName || /^use[A-Z]/.test(name);
}

/** Hooks that give what a component around provides. */
export function givesContext(name: string): boolean {
  return /^(?:use)?[cC]ontext$|^inject$/.test(name);
}

/** Hooks that give what the whole program shares: `useStore`, `useAppSelector`, `useSocketStore`. */
export function givesShared(name: string): boolean {
  return /^use\w*(?:Store|Selector|Context|Client)$/.test(name);
}

/** Hooks that make something for the component that calls them: `useRef`, `useSpring`, `useMotionValue`. */
export function makesOwn(name: string): boolean {
  return /^use(?:\w*Ref|\w*Spring|Motion\w*|Animated\w*|SharedValue|Create\w*)$/.test(name);
}

/** Functions of components that others use by calling them at each render: `useMessages`. */
export function isHookName(name: string): boolean {
  return /^use[A-Z]/.test(name);
}

/** Hooks that keep an element for the component that shows it, and are the same for all its renders. */
export function holdsElement(hook: string): boolean {
  return hook === 'useRef';
}

/** Hooks of a state: what they give changes by the setter only, which never changes. */
export function givesOneForAll(hook: string): boolean {
  return hook === 'useState' || hook === 'useReducer';
}

/** Does what is named so stay the same between two draws: `dispatch`, `history`, `setRows`, `rowsRef`? */
export function staysTheSame(text: string): boolean {
  return /(?:^|\.)(?:dispatch|navigate|history|store|queryClient|set[A-Z]\w*|\w*Ref)$/.test(text);
}
