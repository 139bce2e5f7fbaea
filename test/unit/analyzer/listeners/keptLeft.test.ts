import { samples } from '../expectLeaks';

samples(
  'Subscriptions in a field that a teardown leaves',
  [
    {
      name: 'one that a method renews and the teardown forgets, from an inherited field',
      code: `import { Directive } from '@angular/core';
import { Subscription } from 'rxjs';
import { Themed } from './themed';
@Directive({ selector: '[appBadge]' })
export class Badge extends Themed {
  private labels?: Subscription;
  private locale = '';
  ngOnInit() {
    this.labels = this.config.labelChanges.subscribe(() => this.redraw()); // leak listener/kept-never-used
  }
  pause() {
    if (this.labels != null) this.labels.unsubscribe();
  }
  redraw() {}
  ngOnDestroy() {
    this.locale = '';
  }
}`,
    },
    {
      name: 'a stream that a method of a service gives',
      code: `import { Component } from '@angular/core';
import { Subscription } from 'rxjs';
import { OverlayHost } from './overlay-host';
@Component({ selector: 'app-tip', template: '' })
export class Tip {
  private closings = Subscription.EMPTY;
  constructor(private readonly host: OverlayHost) {}
  ngAfterViewInit() {
    this.closings = this.host.outsideClicks('tip').pipe(map(asTip)).subscribe(() => this.hide()); // leak listener/kept-never-used
  }
  hide() {}
  ngOnDestroy() {
    this.closed = true;
  }
}`,
    },
    {
      name: 'an observer that only another method stops',
      code: `export class SplitPane extends HTMLElement {
  private sizes?: ResizeObserver;
  private label = '';
  connectedCallback() {
    this.sizes = new ResizeObserver(() => this.fit()); // leak listener/resize-observer
    this.sizes.observe(this);
  }
  freeze() {
    if (this.sizes !== undefined) this.sizes.disconnect();
  }
  fit() {}
  disconnectedCallback() {
    openPanes.delete(this);
    this.label = '';
  }
}
const openPanes = new Set<SplitPane>();`,
    },
    {
      name: 'a collection that nobody empties',
      code: `import { Component } from '@angular/core';
import { Subscription } from 'rxjs';
import { Store } from './store';
@Component({ selector: 'app-total', template: '' })
export class Total {
  private readonly parts = new Subscription();
  constructor(private readonly store: Store) {}
  ngOnInit() {
    this.parts.add(this.store.priceChanges.subscribe(() => this.draw())); // leak listener/rx-subscription-ignored
  }
  draw() {}
  ngOnDestroy() {
    this.ended = true;
  }
}`,
    },
    {
      name: 'one that a stop leaves which ends the rest',
      code: `export class Meter {
  private off;
  constructor(private readonly feed: Feed) {}
  start() {
    this.timer = setInterval(() => this.draw(), 1000);
    this.off = this.feed.onSample(() => this.draw()); // leak listener/kept-never-used
  }
  draw() {}
  stop() {
    clearInterval(this.timer);
  }
}`,
    },
  ],
  [
    {
      name: 'one that a disposer ends',
      code: `import { Disposable } from './disposable';
export class Badge {
  private sub?: Disposable;
  constructor(private readonly host: Host) {
    this.parts = Disposable.from({ dispose: () => this.sub?.dispose() });
    this.follow();
  }
  follow() {
    this.sub?.dispose();
    this.sub = this.host.onDidRename(() => this.draw());
  }
  draw() {}
  dispose() {
    this.parts.dispose();
  }
}`,
    },
    {
      name: 'a collection that the teardown ends, or that others have',
      code: `import { Component } from '@angular/core';
import { Subscription } from 'rxjs';
import { Store } from './store';
@Component({ selector: 'app-total', template: '' })
export class Total {
  private readonly parts = new Subscription();
  private readonly given = new Subscription();
  constructor(private readonly store: Store) {
    store.own(this.given);
    this.given.add(this.store.priceChanges.subscribe(() => this.draw()));
    this.parts.add(this.store.priceChanges.subscribe(() => this.draw()));
  }
  draw() {}
  ngOnDestroy() {
    this.parts.unsubscribe();
  }
}`,
    },
    {
      name: 'one that its own handler ends',
      code: `import { Directive, Renderer2 } from '@angular/core';
@Directive({ selector: '[appFade]' })
export class Fade {
  private stop?: () => void;
  constructor(private readonly renderer: Renderer2) {}
  enter(target) {
    this.stop = this.renderer.listen(target, 'animationend', () => {
      this.done = true;
      this.stop?.();
    });
  }
  ngOnDestroy() {
    this.done = true;
  }
}`,
    },
    {
      name: 'the answer to one request, and a part of the view',
      code: `import { Component, QueryList, ViewChildren } from '@angular/core';
import { Subscription } from 'rxjs';
import { Api } from './api';
@Component({ selector: 'app-list', template: '' })
export class List {
  private loading = Subscription.EMPTY;
  private rows = Subscription.EMPTY;
  @ViewChildren('row') private readonly children!: QueryList<unknown>;
  constructor(private readonly api: Api) {}
  ngAfterViewInit() {
    this.loading = this.api.fetchAll('x').subscribe(() => this.draw());
    this.rows = this.children.changes.subscribe(() => this.draw());
  }
  draw() {}
  ngOnDestroy() {
    this.ended = true;
  }
}`,
    },
    {
      name: 'a method that is bound, and what is watched without a function',
      code: `export class Slider {
  text = this.asText.bind(this);
  private view;
  constructor(private readonly client: Client) {
    this.view = this.client.watchFragment({ id: 1 });
  }
  asText() {
    return String(this.view);
  }
  dispose() {
    this.ended = true;
  }
}`,
    },
  ],
);

samples(
  'Subscriptions in a variable that a clean-up leaves',
  [
    {
      name: 'an effect that runs again',
      path: 'src/Feed.tsx',
      code: `import { useEffect } from 'react';
export function Feed({ source, show }) {
  useEffect(() => {
    const sub = source.subscribe(show); // leak listener/kept-never-used
    return () => show(null);
  }, [source, show]);
  return <p />;
}`,
    },
    {
      name: 'a variable around the effect',
      path: 'src/Feed.tsx',
      code: `import { useEffect } from 'react';
export function Feed({ source, show }) {
  let off;
  useEffect(() => {
    off = source.onChange(() => show()); // leak listener/kept-never-used
  }, [source, show]);
  return <p />;
}`,
    },
    {
      name: 'a function that hands out a clean-up',
      code: `export function link(source, view) {
  const sub = source.updates.subscribe((value) => view.draw(value)); // leak listener/kept-never-used
  return () => {
    view.clear();
  };
}`,
    },
    {
      name: 'what would stop a watch, beside another that is stopped',
      path: 'src/Box.tsx',
      code: `import { useEffect } from 'react';
export function Box({ settings, size, draw }) {
  useEffect(() => {
    const stopColors = settings.watchColors((colors) => draw(colors));
    const stopSizes = size.onChange(() => draw(size)); // leak listener/kept-never-used
    return () => {
      stopColors();
    };
  }, [settings, size, draw]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'a source that is subscribed to',
      code: `import { Component } from 'react';
export class Board extends Component {
  componentDidMount() {
    const source = this.props.client.subscribe({ query: 'messages' });
    this.subscription = source.subscribe({ next: () => this.draw() });
  }
  draw() {}
  componentWillUnmount() {
    this.subscription.unsubscribe();
  }
}`,
    },
    {
      name: 'one that the clean-up ends',
      path: 'src/Feed.tsx',
      code: `import { useEffect } from 'react';
export function Feed({ source, show }) {
  useEffect(() => {
    const sub = source.subscribe(show);
    return () => sub.unsubscribe();
  }, [source, show]);
  return <p />;
}`,
    },
    {
      name: 'one that others are given',
      code: `export function link(source, view) {
  const sub = source.updates.subscribe((value) => view.draw(value));
  view.own(sub);
  return () => {
    view.clear();
  };
}`,
    },
    {
      name: 'the answer to one request',
      code: `export function load(api, view) {
  const answer = api.fetchRows(1).subscribe((rows) => view.draw(rows));
  return () => {
    view.clear();
  };
}`,
    },
  ],
);

const watcher = (end: string) => `class Task {
  end() {}
}
export class Watch extends Task {
  constructor(page) {
    super();
    this.page = page;
    this.observer = null;
  }
  ${end}
  look(node) {
    if (this.observer === null) {
      this.observer = new MutationObserver(() => this.page.changed());
    }
    this.observer.observe(node, { childList: true });
  }
}`;

samples(
  'a class with a destructor',
  [
    {
      name: 'one that ends nothing',
      code: watcher('destructor() {\n    this.page = null;\n  }').replace(
        'new MutationObserver(() => this.page.changed());',
        'new MutationObserver(() => this.page.changed()); // leak listener/mutation-observer',
      ),
    },
  ],
  [{ name: 'one that ends the observer', code: watcher('destructor() {\n    this.observer?.disconnect();\n  }') }],
);
