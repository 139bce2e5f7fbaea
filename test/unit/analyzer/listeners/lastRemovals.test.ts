import { samples } from '../expectLeaks';

samples(
  'Views that end by taking themselves out of the page',
  [
    {
      name: 'a timer that the removal of a view leaves armed',
      path: 'src/Copy.js',
      code: `import View from './View';
export class Copy extends View {
  copied() {
    clearTimeout(this.shown);
    this.shown = setTimeout(() => this.notify(), this.time); // leak listener/timeout-in-class
  }
  notify() {}
  remove() {
    this.request.abort();
    super.remove();
  }
}`,
    },
    {
      name: 'an interval, with the removal of a base by its prototype',
      path: 'src/clock.js',
      code: `const View = require('./view');
class Clock extends View {
  start() {
    this.ticking = setInterval(() => this.draw(), 1000); // leak listener/interval
  }
  draw() {}
  remove() {
    this.panel.close();
    return View.prototype.remove.apply(this, arguments);
  }
}
module.exports = { Clock };`,
    },
    {
      name: 'a handler on the page that an element of its own outlives',
      path: 'src/Hint.ts',
      code: `export class Hint {
  private readonly el = document.createElement('div');
  constructor(private readonly text: string) {
    window.addEventListener('scroll', this.place); // leak listener/dom-event-listener
  }
  place = () => this.el.append(this.text);
  remove() {
    this.el.remove();
  }
}`,
    },
  ],
  [
    {
      name: 'cleared on the way out',
      path: 'src/Copy.js',
      code: `import View from './View';
export class Copy extends View {
  copied() {
    clearTimeout(this.shown);
    this.shown = setTimeout(() => this.notify(), this.time);
  }
  notify() {}
  remove() {
    clearTimeout(this.shown);
    super.remove();
  }
}`,
    },
    {
      name: 'what removes an item of many is no end',
      path: 'src/List.js',
      code: `import View from './View';
export class List extends View {
  changed() {
    clearTimeout(this.shown);
    this.shown = setTimeout(() => this.notify(), this.time);
  }
  notify() {}
  remove(item) {
    this.items.get(item).abort();
    super.remove(item);
  }
}`,
    },
    {
      name: 'the timer is what removes the view',
      path: 'src/Toast.js',
      code: `import View from './View';
export class Toast extends View {
  shown() {
    this.gone = setTimeout(() => this.remove(), this.time);
  }
  remove() {
    this.request.abort();
    super.remove();
  }
}`,
    },
  ],
);
