import { samples } from '../expectLeaks';

samples(
  'helpers that add with the options of their caller',
  [
    {
      name: 'a removal without them, for a caller that captures',
      code: `const handlers: { remove(): void }[] = [];
function bind(element: Element, event: string, handler: () => void, options?: object) {
  element.addEventListener(event, handler, options); // leak listener/dom-event-listener
  handlers.push({ remove: () => element.removeEventListener(event, handler) });
}
export function show(input: HTMLElement, close: () => void, open: () => void) {
  bind(input, 'click', open);
  bind(input, 'focus', close, { capture: true });
}
export function hide() { for (const one of handlers) one.remove(); handlers.length = 0; }`,
    },
    {
      name: 'a removal that never captures',
      code: `export class Keys {
  private readonly off: (() => void)[] = [];
  private listen(target: EventTarget, event: string, handler: () => void, capture: boolean) {
    target.addEventListener(event, handler, capture); // leak listener/dom-event-listener
    this.off.push(() => target.removeEventListener(event, handler, false));
  }
  start(target: EventTarget) { this.listen(target, 'keydown', this.onKey, true); }
  private readonly onKey = () => {};
  stop() { for (const off of this.off.splice(0)) off(); }
}`,
    },
  ],
  [
    {
      name: 'the same options',
      code: `const handlers: { remove(): void }[] = [];
function bind(element: Element, event: string, handler: () => void, options?: object) {
  element.addEventListener(event, handler, options);
  handlers.push({ remove: () => element.removeEventListener(event, handler, options) });
}
export function show(input: HTMLElement, close: () => void) { bind(input, 'focus', close, { capture: true }); }
export function hide() { for (const one of handlers) one.remove(); handlers.length = 0; }`,
    },
    {
      name: 'callers of which none captures',
      code: `const handlers: { remove(): void }[] = [];
function bind(element: Element, event: string, handler: () => void, options?: object) {
  element.addEventListener(event, handler, options);
  handlers.push({ remove: () => element.removeEventListener(event, handler) });
}
export function show(input: HTMLElement, close: () => void) { bind(input, 'focus', close, { passive: true }); }
export function hide() { for (const one of handlers) one.remove(); handlers.length = 0; }`,
    },
    {
      name: 'a removal in each phase',
      code: `const handlers: { remove(): void }[] = [];
function bind(element: Element, event: string, handler: () => void, options?: object) {
  element.addEventListener(event, handler, options);
  handlers.push({ remove: () => { element.removeEventListener(event, handler); element.removeEventListener(event, handler, true); } });
}
export function show(input: HTMLElement, close: () => void) { bind(input, 'focus', close, { capture: true }); }
export function hide() { for (const one of handlers) one.remove(); handlers.length = 0; }`,
    },
  ],
);

samples(
  'methods that hand on the handlers of their callers',
  [
    {
      name: 'bound when they are added only',
      code: `export class Server {
  constructor(private readonly target: EventTarget, private readonly socket: WebSocket) {}
  addEventListener(event: string, listener: (event: Event) => void, options?: object) {
    this.target.addEventListener(event, listener.bind(this.socket) as EventListener, options); // leak listener/dom-event-listener
  }
  removeEventListener(event: string, listener: (event: Event) => void, options?: object) {
    this.target.removeEventListener(event, listener as EventListener, options);
  }
}`,
    },
    {
      name: 'of an emitter',
      code: `export class Peer {
  constructor(private readonly bus) {}
  on(name, handler) {
    this.bus.on(name, handler.bind(this)); // leak listener/emitter-on
    return this;
  }
  off(name, handler) {
    if (this.bus) this.bus.off(name, handler);
    return this;
  }
}`,
    },
  ],
  [
    {
      name: 'the bound one is kept with the one that was given',
      code: `export class Peer {
  private readonly bound = new WeakMap();
  constructor(private readonly bus) {}
  on(name, handler) { const own = handler.bind(this); this.bound.set(handler, own); this.bus.on(name, own); }
  off(name, handler) { this.bus.off(name, this.bound.get(handler)); }
}`,
    },
    {
      name: 'a removal of another object',
      code: `export class Peer {
  constructor(private readonly bus, private readonly link) {}
  on(name, handler) { this.bus.on(name, handler.bind(this)); }
  off(name, handler) { this.link.off(name, handler); }
}`,
    },
    {
      name: 'handed on as they are',
      code: `export class Peer {
  constructor(private readonly bus) {}
  on(name, handler) { this.bus.on(name, handler); }
  off(name, handler) { this.bus.off(name, handler); }
}`,
    },
  ],
);
