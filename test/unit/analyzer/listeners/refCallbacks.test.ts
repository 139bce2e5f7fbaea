import { samples } from '../expectLeaks';

samples(
  'listeners of a ref callback',
  [
    {
      name: 'on what the component is given',
      path: 'src/head.tsx',
      code: `import { useCallback } from 'react';
export function Head({ scroller }: { scroller: HTMLElement }) {
  const attach = useCallback(
    (node: HTMLElement | null) => {
      if (!node) return;
      scroller.addEventListener('scroll', () => node.scrollTo(0, scroller.scrollTop)); // leak listener/dom-event-listener
    },
    [scroller],
  );
  return <div ref={attach} />;
}`,
    },
    {
      name: 'on a bus, where it is written',
      path: 'src/line.tsx',
      code: `import type { EventEmitter } from 'node:events';
export function Line({ bus }: { bus: EventEmitter }) {
  return (
    <p
      ref={(node) => {
        if (node) bus.on('line', (text) => node.append(text)); // leak listener/emitter-on
      }}
    />
  );
}`,
    },
  ],
  [
    {
      name: 'it gives a clean-up back',
      path: 'src/head.tsx',
      code: `import { useCallback } from 'react';
export function Head({ scroller }: { scroller: HTMLElement }) {
  const attach = useCallback(
    (node: HTMLElement) => {
      const follow = () => node.scrollTo(0, scroller.scrollTop);
      scroller.addEventListener('scroll', follow);
      return () => scroller.removeEventListener('scroll', follow);
    },
    [scroller],
  );
  return <div ref={attach} />;
}`,
    },
    {
      name: 'on the element itself, and on a part of it',
      path: 'src/head.tsx',
      code: `import { useCallback } from 'react';
export function Head({ open }: { open(): void }) {
  const attach = useCallback(
    (node: HTMLElement | null) => {
      node?.addEventListener('click', () => open());
      node?.firstElementChild?.addEventListener('scroll', () => open());
    },
    [open],
  );
  return <div ref={attach} />;
}`,
    },
    {
      name: 'taken off where there is no element any more',
      path: 'src/head.tsx',
      code: `import { useRef } from 'react';
export function Head({ scroller }: { scroller: HTMLElement }) {
  const kept = useRef<() => void>(() => {});
  const attach = (node: HTMLElement | null) => {
    if (node) {
      kept.current = () => node.scrollTo(0, scroller.scrollTop);
      scroller.addEventListener('scroll', kept.current);
    } else scroller.removeEventListener('scroll', kept.current);
  };
  return <div ref={attach} />;
}`,
    },
  ],
);
