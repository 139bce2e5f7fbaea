/** RxJS subscriptions and operators. */
import type { AcquireForm } from './acquireForms';
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';
import type { ReleaseForm } from './releaseForms';
import { ownInjections } from './scopes';
import type { StreamForm } from './streamForm';

const rx = (...names: readonly string[]): readonly ApiName[] =>
  names.flatMap((name) => [
    { module: 'rxjs', name },
    { module: 'rxjs/operators', name },
  ]);

/** A service of a framework that lives as long as the page, and its members that are endless streams. */
const service = (module: string, name: string, properties: readonly string[], calls: readonly string[] = []) => ({
  id: `${module}:${name}`,
  module,
  name,
  properties,
  calls,
});

const services = [
  service('@ngrx/store', 'Store', [], ['select']),
  service('@ngrx/effects', 'Actions', []),
  service('@ngxs/store', 'Store', [], ['select']),
  service('@angular/router', 'Router', ['events']),
  service('@angular/core', 'NgZone', ['onStable', 'onUnstable', 'onMicrotaskEmpty', 'onError']),
  service('@angular/cdk/layout', 'BreakpointObserver', [], ['observe']),
  service('@angular/cdk/scrolling', 'ViewportRuler', [], ['change']),
  service('@angular/cdk/scrolling', 'ScrollDispatcher', [], ['scrolled']),
  service('@angular/cdk/bidi', 'Directionality', ['change']),
  service('@angular/flex-layout', 'MediaObserver', [], ['asObservable', 'isActive']),
  service('@angular/service-worker', 'SwUpdate', ['versionUpdates', 'available', 'unrecoverable']),
  service('@ngx-translate/core', 'TranslateService', [
    'onLangChange',
    'onTranslationChange',
    'onDefaultLangChange',
    'onFallbackLangChange',
  ]),
  service('@jsverse/transloco', 'TranslocoService', ['langChanges$', 'events$'], ['selectTranslate']),
  service('@ionic/angular', 'Platform', ['backButton', 'resume', 'pause', 'resize', 'keyboardDidShow']),
  service('@angular/fire/compat/auth', 'AngularFireAuth', ['authState', 'user', 'idToken']),
];

export const reactiveTypes: readonly TypeEntry[] = [
  {
    id: 'rx.endless',
    names: [
      ...['Subject', 'BehaviorSubject', 'ReplaySubject'].map((name) => ({ module: 'rxjs', name })),
      { module: '@angular/core', name: 'EventEmitter' },
    ],
    members: services.flatMap(({ id, properties, calls }) => [
      ...properties.map((name) => ({ of: id, name, call: false })),
      ...calls.map((name) => ({ of: id, name, call: true })),
    ]),
  },
  ...services.map(
    ({ id, module, name }): TypeEntry => ({
      id,
      names: [{ module, name }],
      lives: 'page',
      // The store and the actions are streams themselves.
      ...(name === 'Store' || name === 'Actions' ? { is: ['rx.endless'] } : {}),
    }),
  ),
];

const stream: StreamForm = {
  types: ['rx.endless'],
  starts: [
    { callee: rx('interval') },
    { callee: rx('timer'), minArguments: 2 },
    { callee: rx('fromEvent'), target: 0 },
    {
      callee: ['rxjs', 'rxjs/Rx', 'rxjs/Observable'].map((module) => ({ module, name: 'Observable.fromEvent' })),
      target: 0,
    },
  ],
  joins: rx('merge', 'combineLatest', 'zip', 'race'),
  steps: ['pipe', 'asObservable'],
  endedBy: [
    ...rx('take', 'first', 'single', 'find', 'findIndex', 'elementAt', 'every', 'isEmpty', 'timeout', 'dematerialize'),
  ],
  endedByOwner: [
    ...rx('takeUntil'),
    { module: '@angular/core/rxjs-interop', name: 'takeUntilDestroyed' },
    { module: '@ngneat/until-destroy', name: 'untilDestroyed' },
    { module: 'ngx-take-until-destroy', name: 'untilDestroyed' },
  ],
  endedLate: rx('takeWhile'),
  endedInConstructor: [{ module: '@angular/core/rxjs-interop', name: 'takeUntilDestroyed' }],
  notified: { by: rx('takeUntil'), method: ['next'] },
  operatorModules: ['rxjs', 'rxjs/operators', '@ngrx/store', '@ngrx/effects', '@ngrx/operators'],
  suffix: '$',
  injected: {
    decorators: ['Component', 'Directive'],
    ending: [
      ...['ActivatedRoute', 'ActivatedRouteSnapshot'].map((name) => ({ module: '@angular/router', name })),
      ...['NgControl', 'ControlContainer', 'NgForm', 'NgModel', 'FormGroupDirective', 'FormControlName'].map(
        (name) => ({
          module: '@angular/forms',
          name,
        }),
      ),
      { module: '@angular/material/dialog', name: 'MatDialogRef' },
      ...ownInjections,
    ],
  },
};

const subscribe: AcquireForm = { form: 'stream', method: ['subscribe'], source: stream };
const unsubscribe: readonly ReleaseForm[] = [{ form: 'method', method: ['unsubscribe', '[Symbol.dispose]'] }];

const flattening = rx(
  'switchMap',
  'mergeMap',
  'flatMap',
  'concatMap',
  'exhaustMap',
  'mergeWith',
  'combineLatestWith',
  'concatWith',
  'switchMapTo',
  'mergeMapTo',
);

const releases = [
  '`unsubscribe()` of the kept subscription in any teardown',
  '`takeUntil`, `takeUntilDestroyed`, `take`, `first` in the pipe',
  'a `Subscription` that collects it (`subscriptions.add(…)`) and is unsubscribed',
  'the `async` pipe or `toSignal` instead of `subscribe`',
  'a source that completes: HTTP calls, `of`, `from`, `timer(delay)`',
];

export const reactiveKinds: readonly ResourceKind[] = [
  {
    id: 'listener/rx-subscription-ignored',
    family: 'listener',
    noun: 'subscription',
    title: 'Subscription to an endless stream is dropped',
    participle: 'unsubscribed',
    severity: 'high',
    words: ['.subscribe('],
    acquire: [subscribe],
    type: { module: 'rxjs', name: 'Subscription' },
    release: unsubscribe,
    heldBy: 'receiver',
    keptAs: 'listener/rx-subscription-stored',
    overwrittenAs: 'listener/disposable-overwritten',
    nestedAs: 'listener/rx-nested-subscribe',
    perInstance: true,
    byCall: ['subscribe'],
    documentation: {
      what: 'The result of `subscribe` is dropped though the stream goes on for ever and outlives the subscriber: a clock, a page event, a store or a subject of a shared service.',
      why: 'The source keeps the observer and all that it captures; each instance or call adds one more that still runs.',
      leaking:
        "import { Component } from '@angular/core';\nimport { interval } from 'rxjs';\n@Component({ selector: 'app-clock', template: '' })\nexport class ClockComponent {\n  ngOnInit() {\n    interval(1000).subscribe(() => this.tick());\n  }\n  tick() {}\n}",
      safe: "import { Component } from '@angular/core';\nimport { takeUntilDestroyed } from '@angular/core/rxjs-interop';\nimport { interval } from 'rxjs';\n@Component({ selector: 'app-clock', template: '' })\nexport class ClockComponent {\n  constructor() {\n    interval(1000).pipe(takeUntilDestroyed()).subscribe(() => this.tick());\n  }\n  tick() {}\n}",
      releases,
    },
  },
  {
    id: 'listener/rx-subscription-stored',
    family: 'listener',
    noun: 'subscription',
    title: 'Kept subscription is never unsubscribed',
    participle: 'unsubscribed',
    severity: 'high',
    words: ['.subscribe('],
    acquire: [],
    type: { module: 'rxjs', name: 'Subscription' },
    release: unsubscribe,
    heldBy: 'receiver',
    documentation: {
      what: 'A subscription to an endless stream is kept in a field, and nothing unsubscribes it.',
      why: 'The source keeps the observer, and through it the instance, after its end.',
      leaking:
        "import { interval } from 'rxjs';\nexport class Clock {\n  private sub;\n  constructor() {\n    this.sub = interval(1000).subscribe(() => this.tick());\n  }\n  tick() {}\n  destroy() {\n    console.log('done');\n  }\n}",
      safe: "import { interval } from 'rxjs';\nexport class Clock {\n  private sub;\n  constructor() {\n    this.sub = interval(1000).subscribe(() => this.tick());\n  }\n  tick() {}\n  destroy() {\n    this.sub.unsubscribe();\n  }\n}",
      releases,
    },
  },
  {
    id: 'listener/rx-nested-subscribe',
    family: 'listener',
    noun: 'subscription',
    title: 'Endless subscription inside the handler of another one',
    participle: 'unsubscribed',
    severity: 'high',
    words: ['.subscribe('],
    acquire: [],
    type: { module: 'rxjs', name: 'Subscription' },
    release: unsubscribe,
    heldBy: 'receiver',
    documentation: {
      what: 'A handler of a stream subscribes to another endless stream and drops the subscription.',
      why: 'Each value of the outer stream adds a subscription; none of them ends with the outer one.',
      leaking:
        "import { fromEvent, interval } from 'rxjs';\nexport function start() {\n  return fromEvent(window, 'focus').subscribe(() => {\n    interval(1000).subscribe(() => console.log('tick'));\n  });\n}",
      safe: "import { fromEvent, interval, switchMap } from 'rxjs';\nexport function start() {\n  return fromEvent(window, 'focus')\n    .pipe(switchMap(() => interval(1000)))\n    .subscribe(() => console.log('tick'));\n}",
      releases: ['a flattening operator: `switchMap`, `mergeMap`, `exhaustMap`, `concatMap`', ...releases],
    },
  },
  {
    id: 'listener/rx-operator-after-take-until',
    family: 'listener',
    noun: 'inner subscription',
    title: 'Operator behind `takeUntil` keeps an endless stream subscribed',
    participle: 'unsubscribed',
    severity: 'high',
    words: ['takeUntil'],
    acquire: [{ form: 'operator', callee: flattening, keeps: 'inner', source: stream }],
    type: { module: 'rxjs', name: 'Subscription' },
    release: unsubscribe,
    heldBy: 'receiver',
    documentation: {
      what: 'A flattening operator stands behind `takeUntil` in the same pipe, and the stream that it switches to never ends.',
      why: '`takeUntil` completes only what comes before it; the inner stream stays subscribed, with its handlers.',
      leaking:
        "import { Component } from '@angular/core';\nimport { interval, Subject, switchMap, takeUntil } from 'rxjs';\n@Component({ selector: 'app-feed', template: '' })\nexport class FeedComponent {\n  private destroy$ = new Subject<void>();\n  constructor(private feed: FeedService) {\n    this.feed.open$.pipe(takeUntil(this.destroy$), switchMap(() => interval(1000))).subscribe();\n  }\n  ngOnDestroy() {\n    this.destroy$.next();\n  }\n}",
      safe: "import { Component } from '@angular/core';\nimport { interval, Subject, switchMap, takeUntil } from 'rxjs';\n@Component({ selector: 'app-feed', template: '' })\nexport class FeedComponent {\n  private destroy$ = new Subject<void>();\n  constructor(private feed: FeedService) {\n    this.feed.open$.pipe(switchMap(() => interval(1000)), takeUntil(this.destroy$)).subscribe();\n  }\n  ngOnDestroy() {\n    this.destroy$.next();\n  }\n}",
      releases: ['`takeUntil` as the last operator', 'an inner stream that ends by itself'],
    },
  },
  {
    id: 'listener/rx-share-replay-no-refcount',
    family: 'listener',
    noun: 'shared subscription',
    title: '`shareReplay` without `refCount` on a stream that never ends',
    participle: 'unsubscribed',
    severity: 'medium',
    words: ['shareReplay'],
    acquire: [
      {
        form: 'operator',
        callee: rx('shareReplay'),
        keeps: 'source',
        source: stream,
        unlessOption: 'refCount',
      },
    ],
    type: { module: 'rxjs', name: 'Subscription' },
    release: unsubscribe,
    heldBy: 'receiver',
    documentation: {
      what: '`shareReplay` without `refCount: true` is put on an endless stream, once per instance or call.',
      why: 'It keeps its one subscription to the source for ever, though the last subscriber is gone.',
      leaking:
        "import { interval, map, shareReplay } from 'rxjs';\nexport function ticksOf(name: string) {\n  return interval(1000).pipe(\n    map((n) => name + n),\n    shareReplay(1),\n  );\n}",
      safe: "import { interval, map, shareReplay } from 'rxjs';\nexport function ticksOf(name: string) {\n  return interval(1000).pipe(\n    map((n) => name + n),\n    shareReplay({ bufferSize: 1, refCount: true }),\n  );\n}",
      releases: ['`refCount: true`', '`takeUntil` before it', 'a source that completes', 'one stream per process'],
    },
  },
];
