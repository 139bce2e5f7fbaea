import { samples } from '../expectLeaks';

const component = (imports: string, body: string): string =>
  `import { Component } from '@angular/core';\n${imports}\n@Component({ selector: 'app-x', template: '' })\nexport class Row {\n${body}\n}`;

const destroy = `  private readonly destroy$ = new Subject<void>();
  ngOnDestroy() {
    this.destroy$.next();
    this.destroy$.complete();
  }`;

samples(
  'listener/rx-subscription-ignored',
  [
    {
      name: 'a method of a service that gives events, in ngOnInit',
      code: component(
        `import { PanelService } from './panels';`,
        `  constructor(private panels: PanelService) {}
  ngOnInit() {
    this.panels.onToggle().subscribe((open) => (this.open = open)); // leak listener/rx-subscription-ignored
  }`,
      ),
    },
    {
      name: 'left out among others that end',
      code: component(
        `import { filter, Subject, takeUntil } from 'rxjs';\nimport { ScrollService } from './scroll';`,
        `  constructor(private scroll: ScrollService) {}
${destroy}
  ngAfterViewInit() {
    this.scroll.onScroll().pipe(takeUntil(this.destroy$)).subscribe(() => this.draw());
    this.scroll
      .onWidthChange()
      .pipe(filter((width) => width > 0))
      .subscribe(() => this.draw()); // leak listener/rx-subscription-ignored
  }
  draw() {}`,
      ),
    },
    {
      name: 'by the old imports of the library',
      code: component(
        `import 'rxjs/add/operator/map';\nimport { Tabs } from './tabs';`,
        `  constructor(private tabs: Tabs) {
    this.tabs.watchActive().subscribe((tab) => (this.tab = tab)); // leak listener/rx-subscription-ignored
  }`,
      ),
    },
    {
      name: 'of an injected service, removed things',
      code: component(
        `import { inject } from '@angular/core';\nimport { CartService } from './cart';`,
        `  private cart = inject(CartService);
  ngOnInit() {
    this.cart.onItemRemoved().subscribe((item) => this.drop(item)); // leak listener/rx-subscription-ignored
  }
  drop(item) {}`,
      ),
    },
    {
      name: 'a flag is looked at with the next value only',
      code: component(
        `import { Input } from '@angular/core';\nimport { takeWhile } from 'rxjs/operators';\nimport { Rights } from './rights';`,
        `  private alive = true;
  constructor(private rights: Rights) {}
  @Input() set appCan(right: string) {
    this.rights
      .isAllowed(right)
      .pipe(takeWhile(() => this.alive))
      .subscribe((can) => this.show(can)); // leak listener/rx-subscription-ignored
  }
  show(can) {}
  ngOnDestroy() {
    this.alive = false;
  }`,
      ),
    },
    {
      name: 'the flag tells when it is over',
      code: component(
        `import { takeWhile } from 'rxjs/operators';\nimport { ThemeService } from './theme';`,
        `  private gone = false;
  constructor(private theme: ThemeService) {}
  ngOnInit() {
    this.theme.current$.pipe(takeWhile(() => !this.gone)).subscribe((name) => (this.name = name)); // leak listener/rx-subscription-ignored
  }
  ngOnDestroy() {
    this.gone = true;
  }`,
      ),
    },
  ],
  [
    {
      name: 'requests complete',
      code: component(
        `import { HttpClient } from '@angular/common/http';\nimport { takeWhile } from 'rxjs/operators';\nimport { UserService } from './users';`,
        `  private alive = true;
  constructor(private http: HttpClient, private users: UserService) {}
  ngOnInit() {
    this.http.get('/a').subscribe((a) => (this.a = a));
    this.users.saveChanges(this.a).subscribe(() => {});
    this.users.getAll().pipe(takeWhile(() => this.alive)).subscribe((all) => (this.all = all));
    this.users.isTaken('x').subscribe((taken) => (this.taken = taken));
  }
  ngOnDestroy() {
    this.alive = false;
  }`,
      ),
    },
    {
      name: 'ended, kept and ended, or taken once',
      code: component(
        `import { Subject, take, takeUntil } from 'rxjs';\nimport { PanelService } from './panels';`,
        `  private sub;
  constructor(private panels: PanelService) {}
  private readonly destroy$ = new Subject<void>();
  ngOnInit() {
    this.panels.onToggle().pipe(takeUntil(this.destroy$)).subscribe((open) => (this.open = open));
    this.panels.onResize().pipe(take(1)).subscribe((size) => (this.size = size));
    this.sub = this.panels.onMove().subscribe((at) => (this.at = at));
  }
  ngOnDestroy() {
    this.sub.unsubscribe();
    this.destroy$.next();
  }`,
      ),
    },
    {
      name: 'a part of the same view, and a service of its own',
      code: `import { Component } from '@angular/core';
import { GroupComponent } from './group';
import { RowStore } from './store';
@Component({ selector: 'app-x', template: '', providers: [RowStore] })
export class Row {
  constructor(private group: GroupComponent, private store: RowStore) {}
  ngOnInit() {
    this.group.onSelect().subscribe((row) => (this.row = row));
    this.store.onChange().subscribe((row) => (this.row = row));
  }
}`,
    },
    {
      name: 'one answer by its name',
      code: component(
        `import { Dialogs } from './dialogs';`,
        `  constructor(private dialogs: Dialogs) {}
  ask() {
    this.dialogs.onClose().subscribe((answer) => (this.answer = answer));
    this.dialogs.onReady().subscribe(() => (this.ready = true));
  }`,
      ),
    },
    {
      name: 'a clock ends soon after the flag, a value decides about its own end',
      code: component(
        `import { interval, takeWhile } from 'rxjs';\nimport { JobService } from './jobs';`,
        `  private alive = true;
  constructor(private jobs: JobService) {}
  ngOnInit() {
    interval(1000).pipe(takeWhile(() => this.alive)).subscribe(() => this.tick());
    this.jobs.state$.pipe(takeWhile((state) => state !== 'done')).subscribe((state) => (this.state = state));
  }
  tick() {}
  ngOnDestroy() {
    this.alive = false;
  }`,
      ),
    },
    {
      name: 'no component: the only instance lives as long as the service',
      code: `import { Injectable } from '@angular/core';
import { ThemeService } from './theme';
@Injectable({ providedIn: 'root' })
export class Layout {
  constructor(private theme: ThemeService) {
    this.theme.onChange().subscribe((name) => (this.name = name));
  }
}`,
    },
  ],
);
