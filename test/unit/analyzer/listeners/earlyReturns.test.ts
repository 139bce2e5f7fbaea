import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'effects that leave before they give their clean-up',
  [
    {
      name: 'a condition behind the subscription',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ ready, run }) {
  useEffect(() => {
    window.addEventListener('keydown', run); // leak listener/dom-event-listener
    if (!ready) return;
    document.title = 'ready';
    return () => window.removeEventListener('keydown', run);
  }, [ready, run]);
  return <p />;
}`,
    },
    {
      name: 'one of three ways',
      path: 'src/Poll.tsx',
      code: `import { useEffect } from 'react';
export function Poll({ mode, load }) {
  useEffect(() => {
    const slow = setInterval(load, 9000); // leak listener/interval
    if (mode === 'both') {
      const fast = setInterval(load, 900);
      return () => {
        clearInterval(slow);
        clearInterval(fast);
      };
    }
    if (mode === 'none') return undefined;
    return () => clearInterval(slow);
  }, [mode, load]);
  return <p />;
}`,
    },
    {
      name: 'a clean-up within a condition only',
      path: 'src/Poll.tsx',
      code: `import { useEffect } from 'react';
export function Poll({ visible, load }) {
  useEffect(() => {
    const timer = setInterval(load, 9000); // leak listener/interval
    if (visible) {
      return () => clearInterval(timer);
    }
  }, [visible, load]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'a condition before the subscription',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ ready, run }) {
  useEffect(() => {
    if (!ready) return;
    window.addEventListener('keydown', run);
    return () => window.removeEventListener('keydown', run);
  }, [ready, run]);
  return <p />;
}`,
    },
    {
      name: 'ended before it leaves',
      path: 'src/Poll.tsx',
      code: `import { useEffect } from 'react';
export function Poll({ mode, load }) {
  useEffect(() => {
    const timer = setInterval(load, 9000);
    const stop = () => clearInterval(timer);
    if (mode === 'none') {
      stop();
      return;
    }
    return stop;
  }, [mode, load]);
  return <p />;
}`,
    },
    {
      name: 'a clean-up on each way',
      path: 'src/Poll.tsx',
      code: `import { useEffect } from 'react';
export function Poll({ mode, load }) {
  useEffect(() => {
    const timer = setInterval(load, 9000);
    if (mode === 'log')
      return () => {
        console.log('over');
        clearInterval(timer);
      };
    return () => clearInterval(timer);
  }, [mode, load]);
  return <p />;
}`,
    },
    {
      name: 'begun on the way that gives the clean-up',
      path: 'src/Poll.tsx',
      code: `import { useEffect } from 'react';
export function Poll({ visible, load }) {
  useEffect(() => {
    if (visible) {
      const timer = setInterval(load, 9000);
      return () => clearInterval(timer);
    }
  }, [visible, load]);
  return <p />;
}`,
    },
  ],
);

samples(
  'releases that are named and not called',
  [
    {
      name: 'in a loop over all',
      path: 'src/panel.js',
      code: `export class Panel {
  constructor(store) {
    this.all = [store.watch(() => this.draw())];
  }
  draw() {}
  close() {
    this.all.forEach((one) => one.dispose); // leak listener/release-unreachable
  }
}`,
    },
    {
      name: 'as a statement',
      path: 'src/follow.js',
      code: `export function follow(source, draw) {
  const handle = source.open(draw);
  return {
    close() {
      handle.unsubscribe; // leak listener/release-unreachable
      source.removeEventListener('x', draw);
    },
  };
}`,
    },
    {
      name: 'in the clean-up of an effect',
      path: 'src/Size.tsx',
      code: `import { useEffect } from 'react';
export function Size({ element, show }) {
  useEffect(() => {
    const seen = new ResizeObserver(show);
    seen.observe(element);
    return () => {
      seen.disconnect; // leak listener/release-unreachable
    };
  }, [element, show]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'called, or handed on',
      path: 'src/panel.js',
      code: `export class Panel {
  constructor(source, scope) {
    this.handle = source.follow(() => this.draw());
    scope.add(this.handle.unsubscribe);
    this.later = this.handle.dispose;
  }
  draw() {}
  close() {
    this.handle.unsubscribe();
  }
}`,
    },
    {
      name: 'what a callback of map gives',
      path: 'src/panel.js',
      code: `export const endsOf = (all) => all.map((one) => one.dispose);`,
    },
    {
      name: 'an assertion',
      path: 'src/panel.js',
      code: `import { expect } from 'chai';
export function check(spy) {
  expect(spy).to.have.property('dispose').disconnect;
  spy.on('x', () => 1);
}`,
    },
  ],
);

describe('an effect that begins something under a condition', () => {
  const effect = (begun: string): string => `import { useEffect, useState } from 'react';
export function Preview({ blob, fallback }) {
  const [shown, show] = useState('');
  useEffect(() => {
    const url = ${begun};
    const address = url || fallback;
    if (!address) return;
    show(address);
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return <img src={shown} />;
}`;
  const told = (begun: string): number =>
    findingsOf(effect(begun), 'src/Preview.tsx').filter(({ message }) => message.includes('the effect returns')).length;
  it('may leave where there is nothing to clean up', () => assert.equal(told('blob && URL.createObjectURL(blob)'), 0));
  it('is told of where it is always begun', () => assert.equal(told('URL.createObjectURL(blob)'), 1));
});

describe('a timer that is cleared after its place is emptied', () => {
  const pressing = (callers: string): string => `export class Touch {
  press() {
    this.timer = setTimeout(this.hold, 450);
  }
  hold = () => {
    this.timer = null;
    clearTimeout(this.timer);
    this.select();
  };
  ${callers}
}`;
  const told = (callers: string): number =>
    findingsOf(pressing(callers)).filter(({ message }) => message.includes('is emptied on line')).length;
  it('has run, in its own callback', () => assert.equal(told('release() { clearTimeout(this.timer); }'), 0));
  it('may be waiting, where others call that too', () => assert.equal(told('release() { this.hold(); }'), 1));
});
