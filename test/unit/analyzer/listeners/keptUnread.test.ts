import { samples } from '../expectLeaks';

samples(
  'Subscriptions whose end is kept and never used',
  [
    {
      name: 'a token of a shared dispatcher',
      path: 'src/Tile.tsx',
      code: `import { Component } from 'react';
import dispatcher from './dispatcher';
export class Tile extends Component {
  private ref?: string;
  componentDidMount() {
    this.ref = dispatcher.register(this.onAction); // leak listener/kept-never-used
  }
  componentWillUnmount() {
    this.closed = true;
  }
  onAction = () => this.forceUpdate();
}`,
    },
    {
      name: 'a subscription to what the constructor is given',
      code: `import { Component } from '@angular/core';
import { Subscription } from 'rxjs';
import { Adapter } from './adapter';
@Component({ selector: 'app-year', template: '' })
export class YearComponent {
  private subscription = Subscription.EMPTY;
  constructor(private readonly adapter: Adapter) {}
  ngOnInit() {
    this.subscription = this.adapter.localeChanges.pipe(startWith(null)).subscribe(() => this.draw()); // leak listener/kept-never-used
  }
  ngOnDestroy() {}
  draw() {}
}`,
    },
    {
      name: 'a function that a watched setting gives',
      code: `import { settings } from './settings';
export class Theme {
  #unwatch;
  constructor() {
    this.#unwatch = settings.watchSetting('theme', () => this.apply()); // leak listener/kept-never-used
  }
  apply() {}
  destroy() {
    this.applied = undefined;
  }
}`,
    },
    {
      name: 'a subscription to a service that is asked for',
      code: `import { Component, inject } from '@angular/core';
import { Routes } from './routes';
@Component({ selector: 'app-year', template: '' })
export class YearComponent {
  private route = inject(Routes);
  ngOnInit() {
    this.subscription = this.route.fragment.subscribe(() => this.draw()); // leak listener/kept-never-used
  }
  ngOnDestroy() {}
  draw() {}
}`,
    },
  ],
  [
    {
      name: 'one that the teardown ends',
      path: 'src/Tile.tsx',
      code: `import { Component } from 'react';
import dispatcher from './dispatcher';
export class Tile extends Component {
  private ref?: string;
  componentDidMount() {
    this.ref = dispatcher.register(this.onAction);
  }
  componentWillUnmount() {
    if (this.ref) dispatcher.unregister(this.ref);
  }
  onAction = () => this.forceUpdate();
}`,
    },
    {
      name: 'a stream that ends by itself, or may',
      code: `import { Component } from '@angular/core';
import { take, Subscription } from 'rxjs';
import { Adapter } from './adapter';
@Component({ selector: 'app-year', template: '' })
export class YearComponent {
  private first?: Subscription;
  private loaded?: Subscription;
  constructor(private readonly adapter: Adapter) {}
  ngOnInit() {
    this.first = this.adapter.localeChanges.pipe(take(1)).subscribe(() => this.draw());
    this.loaded = this.adapter.load().subscribe(() => this.draw());
  }
  ngOnDestroy() {}
  draw() {}
}`,
    },
    {
      name: 'one to what the instance makes itself',
      code: `import { Feed } from './feed';
export class Theme {
  #ended;
  feed = new Feed();
  constructor() {
    this.#ended = this.feed.subscribe(() => this.apply());
  }
  apply() {}
  destroy() {
    this.feed = undefined;
  }
}`,
    },
    {
      name: 'one that is taken by name elsewhere',
      code: `import { settings } from './settings';
export class Theme {
  constructor() {
    this._unwatch = settings.watchSetting('theme', () => this.apply());
  }
  apply() {}
  destroy() {
    for (const name of ['_unwatch']) this[name]();
  }
}`,
    },
    {
      name: 'what a component is given for itself, and that ends with it',
      code: `import { Component, inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
@Component({ selector: 'app-year', template: '' })
export class YearComponent {
  private own = inject(ActivatedRoute);
  constructor(private route: ActivatedRoute) {}
  ngOnInit() {
    this.subscription = this.route.fragment.subscribe(() => this.draw());
    this.other = this.own.params.pipe(distinct()).subscribe(() => this.draw());
  }
  ngOnDestroy() {}
  draw() {}
}`,
    },
  ],
);
