import { samples } from '../expectLeaks';

samples(
  'removals that name another function than the one that was added',
  [
    {
      name: 'a variable that nobody declares, and a function without a name',
      path: 'src/stream.js',
      code: `module.exports = function (hub, server) {
  server.on('connection', (client) => {
    hub.feed.on('delta', function (delta) { // leak listener/emitter-on
      client.write(delta);
    });
    client.onClose = () => hub.feed.removeListener('delta', onDelta);
  });
};`,
    },
    {
      name: 'a variable that is given a function and never added',
      code: `export class Ticker {
  constructor(private readonly feed) {}
  open(row) {
    let onPrice;
    if (row.isShort) onPrice = () => row.flash();
    this.feed.on('price', (price) => row.show(price)); // leak listener/emitter-on
    return () => this.feed.off('price', onPrice);
  }
}`,
    },
    {
      name: 'a property in the place of what is kept under a symbol',
      path: 'src/Editor.tsx',
      code: `import * as React from 'react';
import { handlerKey } from './keys';
export function Editor({ editor, onChange }) {
  React.useEffect(() => {
    editor.off('change', editor.handlerKey);
    editor[handlerKey] = () => onChange(editor.getValue());
    editor.on('change', editor[handlerKey]); // leak listener/emitter-on
  }, [onChange]);
  return null;
}`,
    },
    {
      name: 'what is removed is what the adding method gives, which is nothing',
      code: `export function watch(store: EventTarget, row) {
  const handler = store.addEventListener('price', () => row.show()); // leak listener/dom-event-listener
  return () => store.removeEventListener('price', handler);
}`,
    },
    {
      name: 'an object with the handler, made anew',
      code: `export class Source extends EventTarget {
  private last: ((event: Event) => void) | null = null;
  set onmessage(handler: (event: Event) => void) {
    if (this.last) this.removeEventListener('message', { handleEvent: this.last });
    this.last = handler;
    this.addEventListener('message', { handleEvent: this.last }); // leak listener/dom-event-listener
  }
}`,
    },
    {
      name: 'a function, made anew, on what is passed in',
      code: `export class Clock {
  open(player) { player.media.on('time', () => this.show()); } // leak listener/emitter-on
  close(player) { player.media.off('time', () => this.show()); }
  show() { console.debug('time'); }
}`,
    },
    {
      name: 'one of two handlers is removed from both objects',
      code: `const handle = (owner, event) => console.debug(owner, event);
export function mount(target: HTMLElement, names: string[]) {
  const onTarget = handle.bind(null, target);
  const onPage = handle.bind(null, document);
  for (const name of names) {
    target.addEventListener(name, onTarget);
    document.addEventListener(name, onPage); // leak listener/dom-event-listener
  }
  return () => {
    for (const name of names) {
      target.removeEventListener(name, onTarget);
      document.removeEventListener(name, onTarget);
    }
  };
}`,
    },
  ],
  [
    {
      name: 'each handler is removed from its own object',
      code: `const handle = (owner, event) => console.debug(owner, event);
export function mount(target: HTMLElement, names: string[]) {
  const onTarget = handle.bind(null, target);
  const onPage = handle.bind(null, document);
  for (const name of names) {
    target.addEventListener(name, onTarget);
    document.addEventListener(name, onPage);
  }
  return () => {
    for (const name of names) {
      target.removeEventListener(name, onTarget);
      document.removeEventListener(name, onPage);
    }
  };
}`,
    },
    {
      name: 'the variable is what was added, by another assignment',
      path: 'src/stream.js',
      code: `module.exports = function (hub, client) {
  var onDelta;
  hub.feed.on('delta', onDelta = function (delta) {
    client.write(delta);
  });
  client.onClose = function () {
    if (client.isOpen) hub.feed.removeListener('delta', onDelta);
  };
};`,
    },
    {
      name: 'a script of a page, whose variables others declare',
      path: 'src/page.js',
      code: `function show(feed, row) {
  feed.on('price', function (price) { row.show(price); });
}
function hide(feed) {
  feed.off('price', onPrice);
}`,
    },
    {
      name: 'an object that is kept, and a function of the same words for another event',
      code: `export class Source extends EventTarget {
  private readonly last = { handleEvent: () => console.debug('message') };
  open() { this.addEventListener('message', this.last); }
  close() { this.removeEventListener('message', this.last); }
}
export class Clock {
  open(player) { player.media.once('time', () => this.show()); }
  close(player) { player.media.off('end', () => this.show()); }
  show() { console.debug('time'); }
}`,
    },
    {
      name: 'a handle that the adding method gives',
      code: `export function watch(feed, row) {
  const handle = feed.on('price', (price) => row.show(price));
  return () => feed.off('price', handle);
}`,
    },
    {
      name: 'the entry under the symbol is what is removed',
      path: 'src/Editor.tsx',
      code: `import * as React from 'react';
const handlerKey = Symbol('handler');
export function Editor({ editor, onChange }) {
  React.useEffect(() => {
    if (editor[handlerKey]) editor.off('change', editor[handlerKey]);
    editor[handlerKey] = () => onChange(editor.getValue());
    editor.on('change', editor[handlerKey]);
    return () => editor.off('change', editor[handlerKey]);
  }, [onChange]);
  return null;
}`,
    },
  ],
);

samples(
  'ends that are bound and not called',
  [
    {
      name: 'the end of a client',
      code: `export class Manager {
  client: { end(): void } | undefined;
  disconnect() {
    if (this.client) this.client.end.bind(this.client); // leak handle/release-unreachable
    this.client = undefined;
  }
}`,
    },
    {
      name: 'the stop of a worker, in a hook',
      code: `const queue = new Set();
export const wait = (worker) => { queue.add(worker); };
export function finish(worker) {
  worker.stop.bind(worker); // leak handle/release-unreachable
  queue.delete(worker);
}`,
    },
  ],
  [
    {
      name: 'an event that is called so, and is given a handler',
      code: `export function follow(drag, table) {
  drag.events.stop.bind((event) => table.resize(event));
  drag.events.close.bind(table);
}`,
    },
    {
      name: 'bound to be called later, or at once',
      code: `export function finish(worker, after) {
  after(worker.stop.bind(worker));
  if (worker.isStale) worker.close.bind(worker)();
  const end = worker.end.bind(worker);
  return end;
}`,
    },
    {
      name: 'a binding of events that has such a name',
      code: `export function init(view) {
  view.keys.bind('up', () => view.scroll(-1));
}`,
    },
  ],
);
