import { samples } from '../expectLeaks';

samples(
  'releases of a variable that nobody gives a value',
  [
    {
      name: 'a clean-up that is asked for, and never kept',
      code: `import { DestroyRef, afterNextRender, inject } from '@angular/core';
import { Scroller } from './scroller';
export function useScroller(options: object): Scroller {
  const scroller = new Scroller(options);
  let cleanUp: (() => void) | undefined;
  afterNextRender({ read: () => scroller.attach() });
  inject(DestroyRef).onDestroy(() => cleanUp?.()); // leak listener/release-unreachable
  return scroller;
}`,
    },
    {
      name: 'a subscription that stays empty',
      code: `import type { Subscription } from './bus';
export function follow(bus: any, show: () => void) {
  let subscription: Subscription | null = null;
  bus.follow('rows', show);
  return () => {
    subscription?.unsubscribe(); // leak listener/release-unreachable
  };
}`,
    },
    {
      name: 'a timer that the same function begins and drops',
      code: `export function search(find: (text: string) => void) {
  let timer: any;
  return (text: string) => {
    clearTimeout(timer); // leak listener/release-unreachable
    setTimeout(() => find(text), 300);
  };
}`,
    },
    {
      name: 'an element that the framework does not put in',
      path: 'src/Ask.tsx',
      code: `import { createEffect } from 'react';
export function Ask(props) {
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => {
    if (props.isOpen) dialog?.showModal();
    else dialog?.close(); // leak handle/release-unreachable
  });
  return <dialog ref={dialog} />;
}`,
    },
    {
      name: 'an element that is only shown',
      path: 'src/Ask.tsx',
      code: `import { createEffect } from 'solid-js';
export function Ask(props) {
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => {
    if (props.isOpen) dialog?.showModal();
    else dialog?.close(); // leak handle/release-unreachable
  });
  return <dialog title={dialog} />;
}`,
    },
  ],
  [
    {
      name: 'filled on some ways only',
      code: `import { DestroyRef, afterNextRender, inject } from '@angular/core';
import { Scroller } from './scroller';
export function useScroller(options: any): Scroller {
  const scroller = new Scroller(options);
  let cleanUp: (() => void) | undefined;
  afterNextRender({ read: () => { if (options.live) cleanUp = scroller.attach(); } });
  inject(DestroyRef).onDestroy(() => cleanUp?.());
  return scroller;
}`,
    },
    {
      name: 'a timer that nobody begins any more',
      code: `export function search(find: (text: string) => void, socket: any) {
  let timer: any;
  socket.on('text', (text: string) => {
    clearTimeout(timer);
    find(text);
  });
}
search(console.log, io());`,
    },
    {
      name: 'a timer that nobody begins any more, beside one of another function',
      code: `export function search(find: (text: string) => void, box: any) {
  let timer: any;
  const later = () => { setTimeout(() => find(''), 300); };
  return (text: string) => {
    if (timer) clearTimeout(timer);
    find(text);
    later();
  };
}`,
    },
    {
      name: 'filled with others at once',
      code: `export function follow(bus: any, show: () => void) {
  let subscription: any, count: number;
  ({ subscription, count } = bus.follow('rows', show));
  return () => {
    subscription?.unsubscribe();
    return count;
  };
}`,
    },
    {
      name: 'filled by the template',
      path: 'src/Map.svelte',
      code: `<script>
import { onDestroy } from 'svelte';
let map;
onDestroy(() => map?.destroy());
</script>
<Canvas bind:map />`,
    },
  ],
);

samples(
  'parameters that nobody gives, and that are something long-lived then',
  [
    {
      name: 'an observer of the page, made anew by each call',
      code: `export class Editor {
  async scrollTo(hash: string) { (await appears(hash)).scrollIntoView(); }
}
const appears = (selector: string, root = document.body): Promise<Element> =>
  new Promise((resolve) => {
    new MutationObserver(() => { // leak listener/mutation-observer
      const found = root.querySelector(selector);
      if (found) resolve(found);
    }).observe(root, { childList: true });
  });`,
    },
    {
      name: 'an observer of the page that each mount makes',
      code: `import { useEffect } from 'react';
function follow(show: () => void, box = document.documentElement) {
  const observer = new ResizeObserver(show); // leak listener/resize-observer
  observer.observe(box);
}
export function Grid({ show }: any) {
  useEffect(() => follow(show), [show]);
  return null;
}`,
    },
  ],
  [
    {
      name: 'one call gives another',
      code: `export class Editor {
  constructor(private readonly element: Element) {}
  async scrollTo(hash: string) { (await appears(hash, this.element)).scrollIntoView(); }
}
const appears = (selector: string, root: Element = document.body): Promise<Element> =>
  new Promise((resolve) => {
    new MutationObserver(() => {
      const found = root.querySelector(selector);
      if (found) resolve(found);
    }).observe(root, { childList: true });
  });`,
    },
    {
      name: 'the observer ends itself when it has found something',
      code: `export class Editor {
  async scrollTo(hash: string) { (await appears(hash)).scrollIntoView(); }
}
const appears = (selector: string, root = document.body): Promise<Element> =>
  new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const found = root.querySelector(selector);
      if (!found) return;
      observer.disconnect();
      resolve(found);
    });
    observer.observe(root, { childList: true });
  });`,
    },
    {
      name: 'an element that the framework puts in',
      path: 'src/Ask.tsx',
      code: `import { createEffect } from 'solid-js';
export function Ask(props) {
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => {
    if (props.isOpen) dialog?.showModal();
    else dialog?.close();
  });
  return <dialog ref={dialog} />;
}`,
    },
  ],
);
