import { samples } from '../expectLeaks';

samples(
  'effects that depend on what they listen to',
  [
    {
      name: 'what a store gives, which outlives the page',
      code: `import { useEffect } from 'react';
import { useStore } from './store';
export function HelpPage() {
  const socket = useStore((state: any) => state.socket);
  useEffect(() => {
    socket.on('reply', (data: any) => show(data)); // leak listener/emitter-on
  }, [socket]);
  return null;
}`,
    },
    {
      name: 'more than the receiver',
      code: `import { useEffect } from 'react';
export function Log({ logRef, lines }: any) {
  useEffect(() => {
    logRef.current.addEventListener('scroll', () => show(lines)); // leak listener/dom-event-listener
  }, [logRef.current, lines]);
  return null;
}`,
    },
  ],
  [
    {
      name: 'an element of the component itself',
      code: `import { useEffect, useRef } from 'react';
export function Log() {
  const logRef = useRef<any>(null);
  useEffect(() => {
    logRef.current.addEventListener('scroll', () => show(1));
  }, [logRef.current]);
  return <div ref={logRef} />;
}`,
      path: 'Log.tsx',
    },
    {
      name: 'a value that a hook makes for the component',
      code: `import { useEffect } from 'react';
export function Ball() {
  const spring = useSpring(1);
  useEffect(() => {
    spring.on('change', (value: number) => show(value));
  }, [spring]);
  return null;
}`,
    },
  ],
);

samples(
  'subscriptions that are begun only where there is none',
  [
    {
      name: 'a field that is emptied elsewhere',
      code: `let timer: any;
export function poll() { timer = timer || setInterval(() => work(), 1000); } // leak listener/interval
export function restart() { timer = null; }
export function stop() { clearInterval(timer); }`,
    },
    {
      name: 'another field before it',
      code: `import { autoUpdate } from '@floating-ui/dom';
export const directive = {
  mounted(el: any) { el.addEventListener('mouseenter', () => show(el)); },
};
function show(el: any) {
  el.$cleanup = el.$other || autoUpdate(el, el.tip, () => place(el)); // leak listener/disposable-overwritten
}
export function hide(el: any) { el.$cleanup?.(); el.$cleanup = null; }`,
    },
  ],
  [
    {
      name: 'the field itself',
      code: `import { autoUpdate } from '@floating-ui/dom';
export const directive = {
  mounted(el: any) { el.addEventListener('mouseenter', () => show(el)); },
};
function show(el: any) {
  el.$cleanup = el.$cleanup || autoUpdate(el, el.tip, () => place(el));
}
export function hide(el: any) { el.$cleanup?.(); el.$cleanup = null; }`,
    },
    {
      name: 'the field itself, where it is nothing',
      code: `import { autoUpdate } from '@floating-ui/dom';
export const directive = {
  mounted(el: any) { el.addEventListener('mouseenter', () => show(el)); },
};
function show(el: any) {
  el.$cleanup = el.$cleanup ?? autoUpdate(el, el.tip, () => place(el));
}
export function hide(el: any) { el.$cleanup?.(); el.$cleanup = null; }`,
    },
    {
      name: 'an event that is fired, not heard',
      code: `import * as vscode from 'vscode';
import { onDidRenameFiles } from './events';
export class Files {
  reset(uris: string[]) {
    for (const uri of uris) onDidRenameFiles.fireAsync({ uri });
  }
}
export const listen = (context: vscode.ExtensionContext) => context.subscriptions.push(onDidRenameFiles(() => {}));`,
    },
  ],
);
