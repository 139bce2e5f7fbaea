import { samples } from '../expectLeaks';

samples(
  'a base that calls each of its kept functions in the end',
  [
    {
      name: 'a list that is emptied',
      path: 'src/ticker.js',
      code: `class Widget extends HTMLElement {
  #undo = [];
  connectedCallback() {
    this.listen(window, 'locale', () => this.render());
  }
  disconnectedCallback() {
    for (const undo of this.#undo.splice(0)) undo();
  }
  listen(target, type, handler) {
    target.addEventListener(type, handler);
    this.#undo.push(() => target.removeEventListener(type, handler));
  }
  render() {}
}
export class Ticker extends Widget {
  disconnectedCallback() { // leak listener/missing-super-dispose
    this.last = null;
  }
}`,
    },
    {
      name: 'each by its number',
      path: 'src/button.js',
      code: `export class Part {
  constructor(bus) {
    this.ends = [];
    this.keep(bus.listen('draw', () => this.draw()));
  }
  keep(end) {
    this.ends.push(end);
  }
  draw() {}
  destroy() {
    for (let at = 0; at < this.ends.length; at++) this.ends[at]();
  }
}
export class Button extends Part {
  destroy() { // leak listener/missing-super-dispose
    this.label = undefined;
  }
}`,
    },
  ],
  [
    {
      name: 'the heir calls it',
      path: 'src/ticker.js',
      code: `class Widget extends HTMLElement {
  #undo = [];
  connectedCallback() {
    this.listen(window, 'locale', () => this.render());
  }
  disconnectedCallback() {
    for (const undo of this.#undo.splice(0)) undo();
  }
  listen(target, type, handler) {
    target.addEventListener(type, handler);
    this.#undo.push(() => target.removeEventListener(type, handler));
  }
  render() {}
}
export class Ticker extends Widget {
  disconnectedCallback() {
    super.disconnectedCallback();
    this.last = null;
  }
}`,
    },
    {
      name: 'nothing but an heir fills the list, and this one does not',
      path: 'src/ticker.js',
      code: `class Widget extends HTMLElement {
  #undo = [];
  disconnectedCallback() {
    for (const undo of this.#undo.splice(0)) undo();
  }
  listen(target, type, handler) {
    target.addEventListener(type, handler);
    this.#undo.push(() => target.removeEventListener(type, handler));
  }
}
export class Ticker extends Widget {
  disconnectedCallback() {
    this.last = null;
  }
}`,
    },
    {
      name: 'the base only looks at its functions, under a condition',
      path: 'src/ticker.js',
      code: `class Widget extends HTMLElement {
  #undo = [];
  connectedCallback() {
    this.#undo.push(() => this.render());
  }
  disconnectedCallback() {
    if (this.#undo.length > 0) console.log('left');
  }
  render() {}
}
export class Ticker extends Widget {
  disconnectedCallback() {
    this.last = null;
  }
}`,
    },
  ],
);
