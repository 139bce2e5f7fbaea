/** Teardowns that are there and do not work. */
import { samples } from '../expectLeaks';

const emitter = `import { EventEmitter } from 'node:events';\n`;

samples(
  'listener/teardown-adds-again',
  [
    {
      name: 'a method that adds in place of removing',
      code: `export class Panel {
  private readonly fit = () => {};
  mount() { window.addEventListener('resize', this.fit); } // leak listener/dom-event-listener
  destroy() { window.addEventListener('resize', this.fit); }
}`,
    },
    {
      name: 'a clean-up of an effect',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ onKey }) {
  useEffect(() => {
    const down = () => onKey();
    document.addEventListener('keydown', down); // leak listener/dom-event-listener
    return () => {
      document.addEventListener('keydown', down);
    };
  }, [onKey]);
  return <p />;
}`,
    },
    {
      name: 'on for off',
      code: `${emitter}export class View {
  constructor(private readonly bus: EventEmitter) {
    this.bus.on('change', this.draw); // leak listener/emitter-on
  }
  draw = () => {};
  dispose() { this.bus.on('change', this.draw); }
}`,
    },
  ],
  [
    {
      name: 'removed and added again with other options',
      code: `export class Panel {
  private readonly fit = () => {};
  mount() { window.addEventListener('resize', this.fit); }
  destroy() { window.removeEventListener('resize', this.fit); }
}`,
    },
    {
      name: 'a pause that listens for its end',
      code: `export class Player {
  private readonly wake = () => { document.removeEventListener('click', this.wake); };
  play() { document.removeEventListener('click', this.wake); }
  stop() { document.addEventListener('click', this.wake); }
}`,
    },
    {
      name: 'off',
      code: `${emitter}export class View {
  constructor(private readonly bus: EventEmitter) { this.bus.on('change', this.draw); }
  draw = () => {};
  dispose() { this.bus.off('change', this.draw); }
}`,
    },
  ],
);

samples(
  'listener/disposer-never-called',
  [
    {
      name: 'a private field that nobody calls',
      code: `export class Panel {
  private off?: () => void;
  mount() {
    const fit = () => this.draw();
    window.addEventListener('resize', fit); // leak listener/dom-event-listener
    this.off = () => window.removeEventListener('resize', fit);
  }
  draw() {}
  destroy() { this.draw(); }
}`,
    },
    {
      name: 'a local function that nobody calls',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ onKey }) {
  useEffect(() => {
    const down = () => onKey();
    document.addEventListener('keydown', down); // leak listener/dom-event-listener
    const cleanUp = () => document.removeEventListener('keydown', down);
  }, [onKey]);
  return <p />;
}`,
    },
    {
      name: 'a private method that nobody calls',
      code: `${emitter}export class View {
  constructor(private readonly bus: EventEmitter) {
    this.bus.on('change', this.draw); // leak listener/emitter-on
  }
  draw = () => {};
  #off() { this.bus.off('change', this.draw); }
  dispose() { this.draw(); }
}`,
    },
  ],
  [
    {
      name: 'called by the teardown',
      code: `export class Panel {
  private off?: () => void;
  mount() {
    const fit = () => {};
    window.addEventListener('resize', fit);
    this.off = () => window.removeEventListener('resize', fit);
  }
  destroy() { this.off?.(); }
}`,
    },
    {
      name: 'a public field, which others may call',
      code: `export class Panel {
  off?: () => void;
  mount() {
    const fit = () => {};
    window.addEventListener('resize', fit);
    this.off = () => window.removeEventListener('resize', fit);
  }
}`,
    },
    {
      name: 'returned',
      code: `export function follow(fit: () => void) {
  const onResize = () => fit();
  window.addEventListener('resize', onResize);
  const stop = () => window.removeEventListener('resize', onResize);
  return { stop };
}`,
    },
    {
      name: 'in a list',
      code: `export class Panel {
  private readonly offs: (() => void)[] = [];
  mount() {
    const fit = () => {};
    window.addEventListener('resize', fit);
    this.offs.push(() => window.removeEventListener('resize', fit));
  }
  destroy() { for (const off of this.offs) off(); }
}`,
    },
  ],
);

samples(
  'listener/release-unreachable',
  [
    {
      name: 'the clean-up of an async effect',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ load, onKey }) {
  useEffect(async () => {
    await load();
    const down = () => onKey();
    document.addEventListener('keydown', down); // leak listener/dom-event-listener
    return () => document.removeEventListener('keydown', down);
  }, [onKey]);
  return <p />;
}`,
    },
    {
      name: 'the clean-up of a function within an effect',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ load, onKey }) {
  useEffect(() => {
    const start = async () => {
      await load();
      const down = () => onKey();
      document.addEventListener('keydown', down); // leak listener/dom-event-listener
      return () => document.removeEventListener('keydown', down);
    };
    start();
  }, [onKey]);
  return <p />;
}`,
    },
    {
      name: 'the clean-up of a timeout',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ onKey }) {
  useEffect(() => {
    const timer = setTimeout(() => {
      const down = () => onKey();
      document.addEventListener('keydown', down); // leak listener/dom-event-listener
      return () => document.removeEventListener('keydown', down);
    }, 500);
    return () => clearTimeout(timer);
  }, [onKey]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'a function of an effect whose result is kept',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ onKey }) {
  useEffect(() => {
    const start = () => {
      const down = () => onKey();
      document.addEventListener('keydown', down);
      return () => document.removeEventListener('keydown', down);
    };
    return start();
  }, [onKey]);
  return <p />;
}`,
    },
    {
      name: 'awaited by its caller',
      code: `export async function follow(load: () => Promise<void>, onKey: () => void) {
  await load();
  const down = () => onKey();
  document.addEventListener('keydown', down);
  return () => document.removeEventListener('keydown', down);
}
export async function run() { const stop = await follow(async () => {}, () => {}); stop(); }`,
    },
    {
      name: 'a clean-up that is written down outside',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ load, onKey }) {
  useEffect(() => {
    let stop = () => {};
    const start = async () => {
      await load();
      const down = () => onKey();
      document.addEventListener('keydown', down);
      stop = () => document.removeEventListener('keydown', down);
    };
    start();
    return () => stop();
  }, [onKey]);
  return <p />;
}`,
    },
  ],
);
