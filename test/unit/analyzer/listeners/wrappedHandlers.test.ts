import { samples } from '../expectLeaks';

samples(
  'a wrapper is added, what it wraps is removed',
  [
    {
      name: 'a debounced method against the method',
      path: 'src/ruler.js',
      code: `import { debounce } from 'lodash-es';
export class Ruler {
  constructor(el) {
    this.el = el;
    window.addEventListener('resize', debounce(this.measure, 50)); // leak listener/dom-event-listener
  }
  measure = () => {};
  destroy() {
    window.removeEventListener('resize', this.measure);
  }
}`,
    },
    {
      name: 'a bridge that hands on what comes',
      code: `import { ipcRenderer } from 'electron';
export const api = {
  listen(name: string, callback: (value: unknown) => void) {
    ipcRenderer.on(name, (_event, value) => callback(value)); // leak listener/emitter-on
  },
  unlisten(name: string, callback: (value: unknown) => void) {
    ipcRenderer.removeListener(name, callback);
  },
};`,
    },
    {
      name: 'a bridge with a method for each of many events, of which one can be taken off',
      code: `import { ipcRenderer } from 'electron';
import { RENAMED, RELOADED } from '../channels';
export const api = {
  onRenamed: (callback: () => void) => {
    ipcRenderer.on(RENAMED, () => callback()); // leak listener/emitter-on
    return () => ipcRenderer.off(RENAMED, callback);
  },
};
ipcRenderer.on(RELOADED, () => location.reload());`,
    },
    {
      name: 'a wrapper in a constant, in an effect',
      path: 'src/Board.tsx',
      code: `import { useEffect } from 'react';
export function Board({ onMove }) {
  useEffect(() => {
    const limited = throttled(onMove, 16);
    document.addEventListener('pointermove', limited); // leak listener/dom-event-listener
    return () => document.removeEventListener('pointermove', onMove);
  }, [onMove]);
  return <p />;
}
function throttled(fn, wait) {
  let last = 0;
  return (event) => {
    if (event.timeStamp - last > wait) fn(event);
    last = event.timeStamp;
  };
}`,
    },
    {
      name: 'a condition around a function that is given the event',
      path: 'src/Menu.tsx',
      code: `import { useEffect } from 'react';
export function Menu({ close }) {
  useEffect(() => {
    window.addEventListener('scroll', (event) => { // leak listener/dom-event-listener
      const isOwn = event.target.classList.contains('menu');
      if (!isOwn) close(event);
    });
    return () => window.removeEventListener('scroll', close);
  }, [close]);
  return <p />;
}`,
    },
    {
      name: 'an arrow around a method in a field',
      code: `export class Meter {
  private readonly wrapped = (event: Event) => this.update(event);
  start() {
    document.addEventListener('input', this.wrapped); // leak listener/dom-event-listener
  }
  update(_event: Event) {}
  stop() {
    document.removeEventListener('input', this.update);
  }
}`,
    },
  ],
  [
    {
      name: 'a debounced method that replaces itself',
      path: 'src/ruler.js',
      code: `import { debounce } from 'lodash-es';
export class Ruler {
  constructor() {
    this.measure = debounce(this.measure.bind(this), 50);
    window.addEventListener('resize', this.measure);
  }
  measure() {}
  destroy() {
    window.removeEventListener('resize', this.measure);
    this.measure.cancel();
  }
}`,
    },
    {
      name: 'a wrapper that is kept for each function',
      code: `import { ipcRenderer } from 'electron';
const wrappers = new WeakMap<object, (event: unknown, value: unknown) => void>();
export const api = {
  listen(name: string, callback: (value: unknown) => void) {
    const wrapper = (_event: unknown, value: unknown) => callback(value);
    wrappers.set(callback, wrapper);
    ipcRenderer.on(name, wrapper);
  },
  unlisten(name: string, callback: (value: unknown) => void) {
    const wrapper = wrappers.get(callback);
    if (wrapper) ipcRenderer.removeListener(name, wrapper);
  },
};`,
    },
    {
      name: 'a maker that gives the same wrapper again',
      code: `const made = new WeakMap<object, () => void>();
function bound(fn: () => void): () => void {
  const known = made.get(fn);
  if (known) return known;
  const fresh = () => fn();
  made.set(fn, fresh);
  return fresh;
}
export class Meter {
  start() {
    document.addEventListener('input', bound(this.update));
  }
  update = () => {};
  stop() {
    document.removeEventListener('input', bound(this.update));
  }
}`,
    },
    {
      name: 'a removal for another event, which another import names',
      code: `import { ipcRenderer } from 'electron';
import { RENAMED, RELOADED } from '../channels';
class Bridge {
  constructor(private readonly callback: () => void) {}
  open() {
    if (!this.opened) ipcRenderer.on(RENAMED, () => this.callback());
    this.opened = true;
    ipcRenderer.on(RELOADED, this.callback);
  }
  private opened = false;
  close() {
    ipcRenderer.off(RELOADED, this.callback);
  }
}
const bridge = new Bridge(() => location.reload());
bridge.open();`,
    },
    {
      name: 'a condition around it in a constant, which is what is removed',
      path: 'src/Menu.tsx',
      code: `import { useEffect } from 'react';
export function Menu({ close }) {
  useEffect(() => {
    const leave = (event) => {
      const isOwn = event.target.classList.contains('menu');
      if (!isOwn) close(event);
    };
    window.addEventListener('scroll', leave);
    return () => window.removeEventListener('scroll', leave);
  }, [close]);
  return <p />;
}`,
    },
    {
      name: 'the function itself beside its wrapper',
      code: `export class Meter {
  private readonly wrapped = () => this.update();
  start() {
    document.addEventListener('input', this.wrapped);
    document.addEventListener('input', this.update);
  }
  update = () => {};
  stop() {
    document.removeEventListener('input', this.wrapped);
    document.removeEventListener('input', this.update);
  }
}`,
    },
  ],
);
