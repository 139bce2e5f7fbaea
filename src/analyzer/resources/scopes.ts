/** How frameworks run code and hand out objects, as data: what gives shared objects, which decorators make an owner's own. */
import type { ApiName } from './apiTypes';

/** Calls that give a shared object of the type named by their first argument. */
export const injectors: readonly ApiName[] = [
  { module: '@angular/core', name: 'inject' },
  { module: 'aurelia', name: 'resolve' },
];

/** Decorators of a field that is given a shared object. */
export const injectingDecorators: ReadonlySet<string> = new Set([
  'inject',
  'Inject',
  'lazyInject',
  'Autowired',
  'autowired',
  'service',
  'InjectRepository',
  'InjectConnection',
  'InjectModel',
  'InjectQueue',
]);

/** Decorator properties that list what is made anew for each instance of the decorated class. */
export const ownProviders: readonly string[] = ['providers', 'viewProviders'];

/** Calls whose callback may return a clean-up: it runs before the next run and at the end. */
export const cleanupEffects: readonly ApiName[] = [
  ...['react', 'preact/hooks', 'preact/compat'].flatMap((module) =>
    ['useEffect', 'useLayoutEffect', 'useInsertionEffect', 'default.useEffect', 'default.useLayoutEffect'].map(
      (name) => ({ module, name }),
    ),
  ),
  { module: 'svelte', name: 'onMount' },
  { name: '$effect' },
  { name: '$effect.pre' },
  { module: 'react-use', name: 'useEffectOnce' },
];

/** Calls that run their function once or again, and throw away what it returns: no clean-up of theirs. */
export const resultIgnoringHooks: readonly ApiName[] = [
  ...['vue', 'vue-demi', '@vue/composition-api', '@vue/runtime-core'].flatMap((module) =>
    [
      'onBeforeMount',
      'onMounted',
      'onActivated',
      'onBeforeUpdate',
      'onUpdated',
      'watchEffect',
      'watchPostEffect',
      'watchSyncEffect',
    ].map((name) => ({ module, name })),
  ),
  ...['onMount', 'createEffect', 'createRenderEffect', 'createComputed'].map((name) => ({ module: 'solid-js', name })),
  { module: 'svelte', name: 'beforeUpdate' },
  { module: 'svelte', name: 'afterUpdate' },
  ...['afterNextRender', 'afterRender', 'afterEveryRender', 'effect'].map((name) => ({
    module: '@angular/core',
    name,
  })),
];

/** The method in which a class of a framework releases what it acquired in others. */
export interface ComponentTeardown {
  /** Base classes, or the decorator, that make the method's name certain. */
  readonly bases?: readonly ApiName[];
  readonly decorators?: readonly ApiName[];
  readonly method: string;
  /** The base class has a method of that name that must run. */
  readonly callsSuper: boolean;
  /** Where an acquisition is met by exactly one call of the method. */
  readonly acquiredIn: readonly string[];
}

const elements = ['HTMLElement', 'HTMLButtonElement', 'HTMLDivElement', 'HTMLInputElement', 'HTMLAnchorElement'];

export const componentTeardowns: readonly ComponentTeardown[] = [
  {
    bases: ['react', 'preact'].flatMap((module) =>
      ['Component', 'PureComponent', 'default.Component', 'default.PureComponent'].map((name) => ({ module, name })),
    ),
    method: 'componentWillUnmount',
    callsSuper: false,
    acquiredIn: ['componentDidMount'],
  },
  {
    bases: elements.map((name) => ({ name })),
    method: 'disconnectedCallback',
    callsSuper: false,
    acquiredIn: ['connectedCallback'],
  },
  {
    bases: ['lit', 'lit-element', '@lit/reactive-element'].flatMap((module) =>
      ['LitElement', 'ReactiveElement'].map((name) => ({ module, name })),
    ),
    method: 'disconnectedCallback',
    callsSuper: true,
    acquiredIn: ['connectedCallback'],
  },
  {
    decorators: ['Component', 'Directive'].map((name) => ({ module: '@angular/core', name })),
    method: 'ngOnDestroy',
    callsSuper: false,
    acquiredIn: ['constructor', 'ngOnInit', 'ngAfterViewInit', 'ngAfterContentInit'],
  },
];

/** Methods of an owner's own class that keep what they are given until the owner is disposed of, and give it back. */
export const wrappers: readonly string[] = ['_register', 'register', '_own', 'own', 'disposeLater', 'addDisposable'];

/** Parameters that own what is handed to one of their members. */
export const ownerLists: readonly { readonly types: readonly ApiName[]; readonly method: string }[] = [
  { types: [{ module: 'vscode', name: 'ExtensionContext' }], method: 'subscriptions.push' },
];

/** Fields that keep what lives as long as their owner, by name: others of the same class may end sooner. */
export const ownerFields = /dispos|subscri|cleanup|teardown|destroy|^_?#?subs?$|^_?#?all$/i;

/**
 * Base classes whose teardown releases what their subclasses gave them, by which members they do so. A subclass that
 * overrides it and uses one of these members must call `super`.
 */
export const releasingBases: readonly {
  readonly names: readonly ApiName[];
  /** Modules whose class of such a name is another one. */
  readonly except?: readonly string[];
  readonly method: string;
  readonly when: readonly string[];
}[] = [
  {
    names: [
      { module: '*', name: 'Disposable' },
      { module: '@lumino/widgets', name: 'Widget' },
      { module: '@phosphor/widgets', name: 'Widget' },
      { module: '*', name: 'BaseWidget' },
      { module: '*', name: 'ReactWidget' },
    ],
    // Its `dispose` runs the function that it was made with.
    except: ['vscode'],
    method: 'dispose',
    when: ['_register', 'register', '_store', 'toDispose', 'addDisposable'],
  },
  {
    names: [
      { module: 'lit', name: 'LitElement' },
      { module: 'lit-element', name: 'LitElement' },
      { module: '@lit/reactive-element', name: 'ReactiveElement' },
    ],
    method: 'disconnectedCallback',
    when: ['addController'],
  },
  {
    names: [{ module: '@ngrx/component-store', name: 'ComponentStore' }],
    method: 'ngOnDestroy',
    when: ['effect', 'select', 'updater'],
  },
];

/** What a framework injects anew for each instance: it lives with the instance. */
export const ownInjections: readonly ApiName[] = [
  'ElementRef',
  'ViewContainerRef',
  'ChangeDetectorRef',
  'TemplateRef',
  'DestroyRef',
].map((name) => ({ module: '@angular/core', name }));

const vue = (...names: readonly string[]): readonly ApiName[] =>
  names.flatMap((name) =>
    ['vue', 'vue-demi', '@vue/composition-api', '@vue/runtime-core'].map((module) => ({ module, name })),
  );

/** Calls that bind to the scope that is active when they are made; after a wait there is none, and nothing ends them. */
export const scopeBound = {
  /** They do nothing but end things with the scope. */
  ends: [
    ...vue('onUnmounted', 'onBeforeUnmount', 'onScopeDispose'),
    { module: 'solid-js', name: 'onCleanup' },
    { module: '*', name: 'tryOnScopeDispose' },
    { module: '*', name: 'tryOnUnmounted' },
    { module: '*', name: 'tryOnBeforeUnmount' },
  ],
  /** They go on with what they are given as their first argument. */
  begins: [
    ...vue('watch'),
    ...[
      'useEventListener',
      'useIntervalFn',
      'useResizeObserver',
      'useIntersectionObserver',
      'useMutationObserver',
      'useRafFn',
      'useWebSocket',
      'useEventSource',
      'useBroadcastChannel',
      'useWebWorker',
    ].map((name) => ({ module: '*', name })),
  ],
  /** They run their second argument at once where this option is set, and give a function that ends them. */
  immediate: { callee: vue('watch'), callback: 1, options: 2, option: 'immediate' },
  /** Modules of which one must be imported: others have functions of the same names. */
  modules: [
    'vue',
    'vue-demi',
    '@vue/composition-api',
    '@vue/runtime-core',
    'solid-js',
    '@vueuse/core',
    '@vueuse/shared',
  ],
} satisfies {
  readonly ends: readonly ApiName[];
  readonly begins: readonly ApiName[];
  readonly immediate: {
    readonly callee: readonly ApiName[];
    readonly callback: number;
    readonly options: number;
    readonly option: string;
  };
  readonly modules: readonly string[];
};

/** Decorators of methods that handle events for as long as their component is there, and no longer. */
export const hostHandlers: readonly ApiName[] = [{ module: '@angular/core', name: 'HostListener' }];
