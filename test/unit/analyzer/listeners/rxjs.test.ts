import { samples } from '../expectLeaks';

const component = (imports: string, body: string): string =>
  `import { Component } from '@angular/core';\n${imports}\n@Component({ selector: 'app-x', template: '' })\nexport class X {\n${body}\n}`;

samples(
  'listener/rx-subscription-ignored',
  [
    {
      name: 'the store in a component',
      code: component(
        `import { Store } from '@ngrx/store';`,
        `  constructor(private readonly store: Store<State>) {}
  ngOnInit() {
    this.store.select(user).subscribe((u) => (this.user = u)); // leak listener/rx-subscription-ignored
  }`,
      ),
    },
    {
      name: 'router events by inject()',
      code: component(
        `import { inject } from '@angular/core';\nimport { NavigationEnd, Router } from '@angular/router';\nimport { filter } from 'rxjs/operators';`,
        `  private router = inject(Router);
  constructor() {
    this.router.events.pipe(filter((e) => e instanceof NavigationEnd)).subscribe(() => this.close()); // leak listener/rx-subscription-ignored
  }
  close() {}`,
      ),
    },
    {
      name: 'one of two, the other with takeUntil',
      code: component(
        `import { interval, Subject, takeUntil } from 'rxjs';`,
        `  private destroyed = new Subject<void>();
  ngOnInit() {
    interval(1000).pipe(takeUntil(this.destroyed)).subscribe(() => this.tick());
    interval(5000).subscribe(() => this.tick()); // leak listener/rx-subscription-ignored
  }
  tick() {}
  ngOnDestroy() {
    this.destroyed.next();
    this.destroyed.complete();
  }`,
      ),
    },
    {
      name: 'a page event per call',
      code: `import { fromEvent } from 'rxjs';\nimport { debounceTime } from 'rxjs/operators';\nexport function onResize(fn: () => void) {\n  fromEvent(window, 'resize').pipe(debounceTime(100)).subscribe(fn); // leak listener/rx-subscription-ignored\n}`,
    },
    {
      name: 'a subject of an injected service',
      code: component(
        `import { UserService } from './user.service';`,
        `  constructor(private users: UserService) {
    this.users.current$.subscribe((u) => this.show(u)); // leak listener/rx-subscription-ignored
  }
  show(u) {}`,
      ),
    },
    {
      name: 'a notifier that never gives a value',
      code: component(
        `import { interval, Subject, takeUntil } from 'rxjs';`,
        `  private destroyed = new Subject<void>();
  ngOnInit() {
    interval(1000).pipe(takeUntil(this.destroyed)).subscribe(() => this.tick()); // leak listener/rx-subscription-ignored
  }
  tick() {}
  ngOnDestroy() {
    this.destroyed.complete();
  }`,
      ),
    },
    {
      name: 'streams merged in a variable',
      code: component(
        `import { fromEvent, map, merge } from 'rxjs';`,
        `  ngAfterViewInit() {
    const moves$ = merge(fromEvent(document, 'mousemove'), fromEvent(document, 'touchmove')).pipe(map((e) => e.type));
    moves$.subscribe((type) => this.log(type)); // leak listener/rx-subscription-ignored
  }
  log(type) {}`,
      ),
    },
  ],
  [
    {
      name: 'an HTTP call',
      code: component(
        `import { HttpClient } from '@angular/common/http';`,
        `  constructor(private http: HttpClient) {\n    this.http.get('/x').subscribe((x) => (this.x = x));\n  }`,
      ),
    },
    {
      name: 'finite sources',
      code: `import { from, of, timer } from 'rxjs';\nexport function run() { of(1).subscribe(); from([1]).subscribe(); timer(100).subscribe(() => {}); }`,
    },
    {
      name: 'operators that end it',
      code: component(
        `import { Store } from '@ngrx/store';\nimport { first, take, takeWhile } from 'rxjs/operators';\nimport { takeUntilDestroyed } from '@angular/core/rxjs-interop';`,
        `  constructor(private store: Store) {
    this.store.select('a').pipe(take(1)).subscribe();
    this.store.select('a').pipe(first()).subscribe();
    this.store.select('a').pipe(takeWhile((a) => !a)).subscribe();
    this.store.select('a').pipe(takeUntilDestroyed()).subscribe();
  }`,
      ),
    },
    {
      name: 'an operator that is not known',
      code: component(
        `import { Store } from '@ngrx/store';\nimport { untilGone } from './operators';`,
        `  constructor(private store: Store) {\n    this.store.select('a').pipe(untilGone(this)).subscribe();\n  }`,
      ),
    },
    {
      name: 'its own subject',
      code: component(
        `import { Subject } from 'rxjs';`,
        `  private clicks = new Subject<void>();\n  constructor() {\n    this.clicks.subscribe(() => this.go());\n  }\n  go() {}`,
      ),
    },
    {
      name: 'events of its own element',
      code: component(
        `import { ElementRef } from '@angular/core';\nimport { fromEvent } from 'rxjs';`,
        `  constructor(private el: ElementRef) {\n    fromEvent(this.el.nativeElement, 'click').subscribe(() => this.go());\n  }\n  go() {}`,
      ),
    },
    {
      name: 'a service of its own',
      code: `import { Component } from '@angular/core';\nimport { Cart } from './cart';\n@Component({ selector: 'app-x', template: '', providers: [Cart] })\nexport class X {\n  constructor(private cart: Cart) {\n    this.cart.items$.subscribe(() => {});\n  }\n}`,
    },
    {
      name: 'a service that lives as long as the page',
      code: `import { Injectable } from '@angular/core';\nimport { Router } from '@angular/router';\n@Injectable({ providedIn: 'root' })\nexport class Titles {\n  constructor(private router: Router) {\n    this.router.events.subscribe(() => {});\n  }\n}`,
    },
    {
      name: 'another library with subscribe',
      code: `export class View { constructor(private model: Model) { this.model.changes.subscribe(() => {}); } dispose() { console.log(1); } }`,
    },
    {
      name: 'returned to the caller',
      code: `import { interval } from 'rxjs';\nexport const tick = (fn: () => void) => interval(10).subscribe(fn);`,
    },
    {
      name: 'unsubscribed by its own handler',
      code: `import { interval } from 'rxjs';\nexport function count(n: number) { const sub = interval(10).subscribe((i) => { if (i > n) sub.unsubscribe(); }); }`,
    },
    {
      name: 'DestroyRef',
      code: component(
        `import { DestroyRef, inject } from '@angular/core';\nimport { interval } from 'rxjs';`,
        `  constructor() {\n    const sub = interval(10).subscribe();\n    inject(DestroyRef).onDestroy(() => sub.unsubscribe());\n  }`,
      ),
    },
    {
      name: 'an effect that returns it',
      path: 'src/Clock.tsx',
      code: `import { useEffect } from 'react';\nimport { interval } from 'rxjs';\nexport function Clock({ tick }) {\n  useEffect(() => {\n    const sub = interval(1000).subscribe(tick);\n    return () => sub.unsubscribe();\n  }, [tick]);\n  return <p />;\n}`,
    },
  ],
);

samples(
  'listener/rx-subscription-stored',
  [
    {
      name: 'a field that ngOnDestroy forgets',
      code: component(
        `import { Subscription, interval } from 'rxjs';\nimport { Router } from '@angular/router';`,
        `  private a?: Subscription;
  private b?: Subscription;
  constructor(private router: Router) {}
  ngOnInit() {
    this.a = interval(1000).subscribe();
    this.b = this.router.events.subscribe(); // leak listener/rx-subscription-stored
  }
  ngOnDestroy() {
    this.a?.unsubscribe();
  }`,
      ),
    },
    {
      name: 'a component without a teardown',
      code: component(
        `import { Store } from '@ngrx/store';`,
        `  private sub;
  constructor(private store: Store) {
    this.sub = this.store.subscribe((s) => this.draw(s)); // leak listener/rx-subscription-stored
  }
  draw(s) {}`,
      ),
    },
    {
      name: 'a list that nobody reads',
      code: component(
        `import { interval, Subscription } from 'rxjs';`,
        `  private subs: Subscription[] = [];
  ngOnInit() {
    this.subs.push(interval(10).subscribe()); // leak listener/rx-subscription-stored
  }
  ngOnDestroy() {
    console.log('bye');
  }`,
      ),
    },
  ],
  [
    {
      name: 'a composite',
      code: component(
        `import { interval, Subscription } from 'rxjs';`,
        `  private subs = new Subscription();\n  ngOnInit() {\n    this.subs.add(interval(10).subscribe());\n  }\n  ngOnDestroy() {\n    this.subs.unsubscribe();\n  }`,
      ),
    },
    {
      name: 'a list that the teardown iterates',
      code: component(
        `import { interval, Subscription } from 'rxjs';`,
        `  private subs: Subscription[] = [];\n  ngOnInit() {\n    this.subs.push(interval(10).subscribe(), interval(20).subscribe());\n  }\n  ngOnDestroy() {\n    this.subs.forEach((s) => s.unsubscribe());\n  }`,
      ),
    },
    {
      name: 'unsubscribed in a helper',
      code: component(
        `import { interval, Subscription } from 'rxjs';`,
        `  private sub?: Subscription;\n  ngOnInit() {\n    this.sub = interval(10).subscribe();\n  }\n  private stop() {\n    this.sub?.unsubscribe();\n  }\n  ngOnDestroy() {\n    this.stop();\n  }`,
      ),
    },
    {
      name: 'a subscription given by the parent',
      code: component(
        `import { Input } from '@angular/core';`,
        `  @Input() items$;\n  private sub;\n  ngOnInit() {\n    this.sub = this.items$.subscribe();\n  }`,
      ),
    },
  ],
);

samples(
  'listener/rx-nested-subscribe',
  [
    {
      name: 'a clock for each value of the store',
      code: component(
        `import { Store } from '@ngrx/store';\nimport { interval } from 'rxjs';\nimport { takeUntilDestroyed } from '@angular/core/rxjs-interop';`,
        `  constructor(private store: Store) {
    this.store.select('room').pipe(takeUntilDestroyed()).subscribe((room) => {
      interval(1000).subscribe(() => this.poll(room)); // leak listener/rx-nested-subscribe
    });
  }
  poll(room) {}`,
      ),
    },
    {
      name: 'a listener for each press',
      code: `import { fromEvent } from 'rxjs';\nexport function drag(el: HTMLElement) {\n  return fromEvent(el, 'mousedown').subscribe(() => {\n    fromEvent(document, 'mousemove').subscribe((e) => console.log(e)); // leak listener/rx-nested-subscribe\n  });\n}`,
    },
    {
      name: 'its own subject, again for each value',
      code: component(
        `import { BehaviorSubject, Subject, takeUntil } from 'rxjs';`,
        `  private page = new BehaviorSubject(0);
  private refresh = new Subject<void>();
  private done = new Subject<void>();
  ngOnInit() {
    this.page.pipe(takeUntil(this.done)).subscribe(() => {
      this.refresh.subscribe(() => this.load()); // leak listener/rx-nested-subscribe
    });
  }
  load() {}
  ngOnDestroy() {
    this.done.next();
  }`,
      ),
    },
  ],
  [
    {
      name: 'an HTTP call for each value',
      code: component(
        `import { Store } from '@ngrx/store';\nimport { HttpClient } from '@angular/common/http';\nimport { takeUntilDestroyed } from '@angular/core/rxjs-interop';`,
        `  constructor(private store: Store, private http: HttpClient) {\n    this.store.select('a').pipe(takeUntilDestroyed()).subscribe((a) => {\n      this.http.get(a).subscribe(() => {});\n    });\n  }`,
      ),
    },
    {
      name: 'taken once',
      code: `import { fromEvent, take } from 'rxjs';\nexport function drag(el: HTMLElement) {\n  return fromEvent(el, 'mousedown').subscribe(() => {\n    fromEvent(document, 'mouseup').pipe(take(1)).subscribe(() => {});\n  });\n}`,
    },
    {
      name: 'the inner one unsubscribed before the next',
      code: `import { fromEvent, interval, Subscription } from 'rxjs';\nexport function watch() {\n  let inner: Subscription | undefined;\n  return fromEvent(window, 'focus').subscribe(() => {\n    inner?.unsubscribe();\n    inner = interval(10).subscribe();\n  });\n}`,
    },
    {
      name: 'a subject made for the value',
      code: `import { fromEvent, Subject } from 'rxjs';\nexport function watch() {\n  return fromEvent(window, 'focus').subscribe(() => {\n    const once = new Subject();\n    once.subscribe(() => {});\n    once.next(1);\n  });\n}`,
    },
  ],
);

samples(
  'listener/rx-operator-after-take-until',
  [
    {
      name: 'switchMap to the store',
      code: component(
        `import { Store } from '@ngrx/store';\nimport { Subject, switchMap, takeUntil } from 'rxjs';`,
        `  private destroyed = new Subject<void>();
  constructor(private store: Store, private route: Route) {
    this.route.id$.pipe(
      takeUntil(this.destroyed),
      switchMap((id) => this.store.select(byId(id))), // leak listener/rx-operator-after-take-until
    ).subscribe();
  }
  ngOnDestroy() {
    this.destroyed.next();
  }`,
      ),
    },
    {
      name: 'mergeMap with a block',
      code: component(
        `import { interval, Subject } from 'rxjs';\nimport { map, mergeMap, takeUntil } from 'rxjs/operators';`,
        `  private destroyed = new Subject<void>();
  start(ids$) {
    ids$.pipe(
      takeUntil(this.destroyed),
      mergeMap((id) => { // leak listener/rx-operator-after-take-until
        return interval(1000).pipe(map(() => id));
      }),
    ).subscribe();
  }
  ngOnDestroy() {
    this.destroyed.next();
  }`,
      ),
    },
    {
      name: 'combineLatestWith',
      code: component(
        `import { combineLatestWith, fromEvent } from 'rxjs';\nimport { takeUntilDestroyed } from '@angular/core/rxjs-interop';`,
        `  constructor(items$) {
    items$.pipe(takeUntilDestroyed(), combineLatestWith(fromEvent(window, 'resize'))).subscribe(); // leak listener/rx-operator-after-take-until
  }`,
      ),
    },
  ],
  [
    {
      name: 'takeUntil last',
      code: component(
        `import { interval, Subject, switchMap, takeUntil } from 'rxjs';`,
        `  private destroyed = new Subject<void>();\n  start(ids$) {\n    ids$.pipe(switchMap(() => interval(10)), takeUntil(this.destroyed)).subscribe();\n  }\n  ngOnDestroy() {\n    this.destroyed.next();\n  }`,
      ),
    },
    {
      name: 'an inner stream that ends',
      code: component(
        `import { HttpClient } from '@angular/common/http';\nimport { Subject, switchMap, takeUntil } from 'rxjs';`,
        `  private destroyed = new Subject<void>();\n  constructor(private http: HttpClient, ids$) {\n    ids$.pipe(takeUntil(this.destroyed), switchMap((id) => this.http.get(id))).subscribe();\n  }\n  ngOnDestroy() {\n    this.destroyed.next();\n  }`,
      ),
    },
    {
      name: 'operators that only pass values on',
      code: component(
        `import { finalize, map, share, Subject, takeUntil, tap } from 'rxjs';`,
        `  private destroyed = new Subject<void>();\n  start(ids$) {\n    ids$.pipe(takeUntil(this.destroyed), map((x) => x), tap(() => {}), share(), finalize(() => {})).subscribe();\n  }\n  ngOnDestroy() {\n    this.destroyed.next();\n  }`,
      ),
    },
    {
      name: 'ended twice',
      code: component(
        `import { interval, Subject, switchMap, takeUntil } from 'rxjs';`,
        `  private destroyed = new Subject<void>();\n  start(ids$) {\n    ids$.pipe(takeUntil(this.destroyed), switchMap(() => interval(10)), takeUntil(this.destroyed)).subscribe();\n  }\n  ngOnDestroy() {\n    this.destroyed.next();\n  }`,
      ),
    },
  ],
);

samples(
  'listener/rx-share-replay-no-refcount',
  [
    {
      name: 'a component of the store',
      code: component(
        `import { Store } from '@ngrx/store';\nimport { map, shareReplay } from 'rxjs/operators';`,
        `  user$;
  constructor(private store: Store) {
    this.user$ = this.store.select('user').pipe(
      map((u) => u.name),
      shareReplay(1), // leak listener/rx-share-replay-no-refcount
    );
  }`,
      ),
    },
    {
      name: 'a stream per call',
      code: `import { fromEvent, shareReplay } from 'rxjs';\nexport function sizes() {\n  return fromEvent(window, 'resize').pipe(shareReplay({ bufferSize: 1, refCount: false })); // leak listener/rx-share-replay-no-refcount\n}`,
    },
    {
      name: 'a clock in a field of a component',
      code: component(
        `import { interval } from 'rxjs';\nimport { shareReplay } from 'rxjs/operators';`,
        `  readonly now$ = interval(1000).pipe(shareReplay()); // leak listener/rx-share-replay-no-refcount`,
      ),
    },
  ],
  [
    {
      name: 'refCount',
      code: component(
        `import { interval } from 'rxjs';\nimport { shareReplay } from 'rxjs/operators';`,
        `  readonly now$ = interval(1000).pipe(shareReplay({ bufferSize: 1, refCount: true }));`,
      ),
    },
    {
      name: 'an HTTP call',
      code: component(
        `import { HttpClient } from '@angular/common/http';\nimport { shareReplay } from 'rxjs/operators';`,
        `  user$;\n  constructor(http: HttpClient) {\n    this.user$ = http.get('/me').pipe(shareReplay(1));\n  }`,
      ),
    },
    {
      name: 'ended before it',
      code: component(
        `import { interval } from 'rxjs';\nimport { shareReplay } from 'rxjs/operators';\nimport { takeUntilDestroyed } from '@angular/core/rxjs-interop';`,
        `  readonly now$ = interval(1000).pipe(takeUntilDestroyed(), shareReplay(1));`,
      ),
    },
    {
      name: 'one for the page',
      code: `import { fromEvent, shareReplay } from 'rxjs';\nexport const sizes$ = fromEvent(window, 'resize').pipe(shareReplay(1));`,
    },
  ],
);

const asked = (members: string): string =>
  `import { Component, Directive, inject } from '@angular/core';\nimport { map } from 'rxjs/operators';\nimport { Tree } from './tree';\nimport { NewsService } from './news';\nimport { ElementRef, Input } from '@angular/core';\n@Component({ selector: 'app-row', template: '' })\nexport class Row {\n${members}\n  mark() {}\n}`;

samples(
  'streams of what a component asks for',
  [
    {
      name: 'a service that is asked for by its type',
      code: asked(
        `  private news = inject(NewsService);\n  ngOnInit() {\n    this.news.arrived.subscribe(() => this.mark()); // leak listener/rx-subscription-ignored\n  }\n  ngOnDestroy() { this.mark(); }`,
      ),
    },
    {
      name: 'a part of what is shared',
      code: asked(
        `  private tree = inject(Tree);\n  ngOnInit() {\n    this.tree.getModel().changed.pipe(map((x) => x)).subscribe(() => this.mark()); // leak listener/rx-subscription-ignored\n  }\n  ngOnDestroy() { this.mark(); }`,
      ),
    },
    {
      name: 'the parameter of the constructor itself',
      code: asked(
        `  constructor(private direction: Direction) {\n    direction.change.subscribe(() => this.mark()); // leak listener/rx-subscription-ignored\n  }`,
      ),
    },
  ],
  [
    {
      name: 'a parent that may end with it',
      code: asked(
        `  private tree = inject(Tree);\n  ngOnInit() {\n    this.tree.changed.subscribe(() => this.mark());\n  }\n  ngOnDestroy() { this.mark(); }`,
      ),
    },
    {
      name: 'what a method makes for it',
      code: asked(
        `  private news = inject(NewsService);\n  ngOnInit() {\n    this.news.open(Row).closed.subscribe(() => this.mark());\n  }\n  ngOnDestroy() { this.mark(); }`,
      ),
    },
    {
      name: 'what an end stops',
      code: asked(
        `  private news = inject(NewsService);\n  private sub: any;\n  ngOnInit() {\n    this.sub = this.news.arrived.subscribe(() => this.mark());\n  }\n  ngOnDestroy() { this.sub.unsubscribe(); }`,
      ),
    },
  ],
);
