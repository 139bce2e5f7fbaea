import { samples } from '../expectLeaks';

samples(
  'listeners on what a shared object gives to all who ask it',
  [
    {
      name: 'a component without an end',
      path: 'src/bar.js',
      code: `import { Session } from './session';
export class Bar extends React.Component {
  componentDidMount() { Session.get().on('state', this.onState); } // leak listener/emitter-on
  onState = () => this.setState({});
}`,
    },
    {
      name: 'a component that forgets one of two',
      path: 'src/room.js',
      code: `import { Session } from './session';
export const Room = createReactClass({
  componentWillMount() {
    Session.get().on('open', this.onOpen); // leak listener/emitter-on
    Session.get().on('shut', this.onShut);
  },
  componentWillUnmount() { Session.get().removeListener('shut', this.onShut); },
  onOpen() { this.setState({ open: true }); },
  onShut() { this.setState({ open: false }); },
});`,
    },
    {
      name: 'an end that takes off another',
      path: 'src/list.js',
      code: `import { Store } from './store';
export class List extends React.Component {
  componentDidMount() {
    Store.getInstance().on('added', this.onAdded); // leak listener/emitter-on
    window.addEventListener('resize', this.fit);
  }
  componentWillUnmount() { window.removeEventListener('resize', this.fit); }
  onAdded = () => this.setState({});
  fit = () => this.setState({});
}`,
    },
    {
      name: 'an object of component options, whoever makes the class',
      path: 'src/mixin.js',
      code: `import { Session } from './session';
module.exports = {
  componentWillMount: function () {
    Session.get().on('open', this.onOpen); // leak listener/emitter-on
    Session.get().on('shut', this.onShut);
  },
  componentWillUnmount: function () { Session.get().removeListener('shut', this.onShut); },
  onOpen: function () { this.setState({ open: true }); },
  onShut: function () { this.setState({ open: false }); },
};`,
    },
  ],
  [
    {
      name: 'taken off by way of a constant',
      path: 'src/bar.js',
      code: `import { Session } from './session';
export class Bar extends React.Component {
  componentDidMount() { Session.get().on('state', this.onState); }
  componentWillUnmount() { const session = Session.get(); if (session) session.removeListener('state', this.onState); }
  onState = () => this.setState({});
}`,
    },
    {
      name: 'asked for by another name',
      path: 'src/bar.js',
      code: `import { Session } from './session';
export class Bar extends React.Component {
  componentDidMount() { const mine = Session.safeGet(); mine.on(Session.State, this.onState); }
  componentWillUnmount() { Session.get()?.off(Session.State, this.onState); }
  onState = () => this.setState({});
}`,
    },
    {
      name: 'one that is made for each who asks',
      path: 'src/bar.js',
      code: `import { Session } from './session';
export class Bar extends React.Component {
  componentDidMount() { Session.create().on('state', this.onState); }
  onState = () => this.setState({});
}`,
    },
    {
      name: 'the hooks of a directive, which has no instance',
      path: 'src/directive.js',
      code: `import { Bus } from './bus';
export const track = {
  mounted(el) { Bus.get().on('move', el.track); },
  unmounted(el) { el.remove(); },
};`,
    },
  ],
);

samples(
  'handlers for the end of the process or page that keep an instance',
  [
    {
      name: 'a signal',
      code: `export class Provider {
  constructor(private readonly jobs: Set<string>) { process.on('SIGTERM', () => this.flush()); } // hint listener/emitter-on
  flush() { this.jobs.clear(); }
  close() { this.jobs.clear(); }
}`,
    },
    {
      name: 'the exit, by a bound method',
      code: `export class Pool {
  constructor(private readonly jobs: Set<string>) { process.once('exit', this.flush.bind(this)); } // leak listener/emitter-once-never-fires
  flush() { this.jobs.clear(); }
  destroy() { this.jobs.clear(); }
}`,
    },
    {
      name: 'the page',
      path: 'src/editor.js',
      code: `export class Editor extends React.Component {
  componentDidMount() { window.addEventListener('beforeunload', this.onLeave); } // leak listener/dom-event-listener
  componentWillUnmount() { this.draft.close(); }
  onLeave = () => this.draft.save();
}`,
    },
  ],
  [
    {
      name: 'taken off',
      code: `export class Provider {
  private readonly onTerm = () => this.flush();
  constructor(private readonly jobs: Set<string>) { process.on('SIGTERM', this.onTerm); }
  flush() { this.jobs.clear(); }
  close() { process.off('SIGTERM', this.onTerm); }
}`,
    },
    {
      name: 'a program, which has one instance',
      code: `class Server {
  constructor(private readonly jobs: Set<string>) { process.on('SIGTERM', () => this.close()); }
  close() { this.jobs.clear(); }
}
export const server = new Server(new Set());`,
    },
    {
      name: 'no end before that of the page',
      path: 'src/draft.js',
      code: `export class Draft {
  constructor(store) { this.store = store; window.addEventListener('beforeunload', () => this.save()); }
  save() { this.store.put(this.text); }
}`,
    },
    {
      name: 'a handler that holds nothing of it',
      code: `export class Provider {
  constructor(private readonly jobs: Set<string>) { process.once('SIGTERM', () => console.log('bye')); }
  close() { this.jobs.clear(); }
}`,
    },
  ],
);

samples(
  'events that are constants of another file',
  [
    {
      name: 'on a store that the module shares',
      path: 'src/list.js',
      code: `import { ListStore, UPDATE_EVENT } from './stores';
export class List extends React.Component {
  componentDidMount() { ListStore.instance.on(UPDATE_EVENT, this.onUpdate); } // leak listener/emitter-on
  onUpdate = () => this.setState({});
}`,
    },
    {
      name: 'forgotten by a teardown that ends another',
      path: 'src/panel.js',
      code: `import { ListStore, UPDATE_EVENT } from './stores';
export class Panel {
  constructor() {
    ListStore.instance.on(UPDATE_EVENT, this.onUpdate); // leak listener/emitter-on
    this.timer = setInterval(() => this.draw(), 1000);
  }
  onUpdate = () => this.draw();
  draw() { this.el.render(); }
  destroy() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'in the effect of a component',
      path: 'src/badge.jsx',
      code: `import { useEffect, useState } from 'react';
import { counts, COUNT_CHANGED } from './counts';
export function Badge() {
  const [count, setCount] = useState(0);
  useEffect(() => {
    counts.on(COUNT_CHANGED, () => setCount(counts.now)); // leak listener/emitter-on
  }, []);
  return <b>{count}</b>;
}`,
    },
  ],
  [
    {
      name: 'removed',
      path: 'src/list.js',
      code: `import { ListStore, UPDATE_EVENT } from './stores';
export class List extends React.Component {
  componentDidMount() { ListStore.instance.on(UPDATE_EVENT, this.onUpdate); }
  componentWillUnmount() { ListStore.instance.off(UPDATE_EVENT, this.onUpdate); }
  onUpdate = () => this.setState({});
}`,
    },
    {
      name: 'a variable, which may be anything',
      path: 'src/list.js',
      code: `import { steps, first } from './steps';
export class List extends React.Component {
  componentDidMount() { steps.on(first, this.onStep); }
  onStep = () => this.setState({});
}`,
    },
    {
      name: 'a store that the component makes',
      path: 'src/list.js',
      code: `import { ListStore, UPDATE_EVENT } from './stores';
export class List extends React.Component {
  store = new ListStore();
  componentDidMount() { this.store.on(UPDATE_EVENT, this.onUpdate); }
  onUpdate = () => this.setState({});
}`,
    },
  ],
);

samples(
  'what a framework runs at once, outside of its own bookkeeping',
  [
    {
      name: 'a listener of a component',
      code: `import { Component, NgZone } from '@angular/core';
@Component({ selector: 'app-bar', template: '' })
export class BarComponent {
  constructor(private zone: NgZone) {
    this.zone.runOutsideAngular(() => {
      window.addEventListener('resize', () => this.fit()); // leak listener/dom-event-listener
    });
  }
  fit() {}
}`,
    },
    {
      name: 'an interval of a mount',
      code: `import { Component, NgZone } from '@angular/core';
@Component({ selector: 'app-bar', template: '' })
export class BarComponent {
  constructor(private zone: NgZone) {}
  ngOnInit() {
    this.zone.runOutsideAngular(() => {
      setInterval(() => this.tick(), 1000); // leak listener/interval
    });
  }
  tick() {}
}`,
    },
    {
      name: 'one in each change',
      code: `import { Component, NgZone } from '@angular/core';
@Component({ selector: 'app-bar', template: '' })
export class BarComponent {
  constructor(private zone: NgZone) {}
  ngOnChanges() {
    this.zone.runOutsideAngular(() => {
      document.addEventListener('click', () => this.hide()); // leak listener/dom-event-listener
    });
  }
  hide() {}
}`,
    },
  ],
  [
    {
      name: 'removed',
      code: `import { Component, NgZone } from '@angular/core';
@Component({ selector: 'app-bar', template: '' })
export class BarComponent {
  constructor(private zone: NgZone) {
    this.zone.runOutsideAngular(() => window.addEventListener('resize', this.fit));
  }
  fit = () => {};
  ngOnDestroy() { window.removeEventListener('resize', this.fit); }
}`,
    },
    {
      name: 'the root of the page',
      code: `import { Component, NgZone } from '@angular/core';
@Component({ selector: 'app-root', template: '' })
export class AppComponent {
  constructor(private zone: NgZone) {
    this.zone.runOutsideAngular(() => { window.addEventListener('load', () => this.fit()); });
  }
  fit() {}
}`,
    },
    {
      name: 'an interval that is cleared',
      code: `import { Component, NgZone } from '@angular/core';
@Component({ selector: 'app-bar', template: '' })
export class BarComponent {
  private timer = 0;
  constructor(private zone: NgZone) {}
  ngOnInit() { this.zone.runOutsideAngular(() => { this.timer = window.setInterval(() => this.tick(), 1000); }); }
  ngOnDestroy() { window.clearInterval(this.timer); }
  tick() {}
}`,
    },
  ],
);
