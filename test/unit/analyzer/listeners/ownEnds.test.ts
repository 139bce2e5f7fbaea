/** What goes with its owner, ends itself, or is set up once by a host: no leak, and what tells of one all the same. */
import { samples } from '../expectLeaks';

const dom = 'listener/dom-event-listener';
const emitter = 'listener/emitter-on';

samples(
  'elements that an instance was given',
  [
    {
      name: 'a target that the page keeps',
      code: `export class Dock {
  constructor(private readonly tab: Tab) {
    document.body.addEventListener('click', () => this.focus()); // leak ${dom}
  }
  focus() {}
  destroy() {
    this.tab.close();
  }
}`,
    },
    {
      name: 'a part of the tab, of each of many, only hidden',
      code: `class Dock {
  constructor(tab: Tab) {
    this.element = tab.panel;
    this.element.addEventListener('click', () => this.focus()); // hint ${dom}
  }
  focus() {}
}
export function open(tabs: Tab[]) {
  return tabs.map((tab) => new Dock(tab));
}
setInterval(() => new Dock(next()), 9).unref();`,
    },
    {
      name: 'a part of the tab only hidden',
      code: `export class Dock {
  constructor(tab: Tab) {
    this.element = tab.panel;
    this.element.addEventListener('click', () => this.focus()); // hint ${dom}
  }
  focus() {}
  destroy() {
    this.parts.clear();
  }
}`,
    },
  ],
  [],
);

samples(
  'a removal that is no end of the whole',
  [
    {
      name: 'the end of what shows itself',
      code: `export class Files {
  show(wait: number) {
    this.showing = setTimeout(() => this.draw(), wait); // leak listener/timeout-in-class
  }
  draw() {}
  onRemove() {
    this.rows.clear();
  }
}`,
    },
    {
      name: 'the end of a control',
      code: `export class Control {
  onAdd(map: Map) {
    document.addEventListener('keydown', this.key); // leak ${dom}
    return this.box;
  }
  key = () => {};
  onRemove(map: Map) {
    this.box.remove();
  }
}`,
    },
  ],
  [
    {
      name: 'a handler of what is removed',
      code: `export class Files {
  show(wait: number) {
    this.showing = setTimeout(() => this.draw(), wait);
  }
  draw() {}
  onRemove(data: Data) {
    this.rows.delete(data.id);
  }
}`,
    },
  ],
);

samples(
  'what undoes another member',
  [
    {
      name: 'what that member began',
      code: `export class Uploads {
  mounted() {
    document.addEventListener('drop', () => this.take()); // leak ${dom}
    document.addEventListener('paste', this.paste);
  }
  paste = () => {};
  take() {}
  unmounted() {
    document.removeEventListener('paste', this.paste);
  }
}`,
    },
  ],
  [
    {
      name: 'what the set-up began',
      code: `import { socket } from './socket';
export class Uploads {
  init() {
    socket.on('token', (token) => this.next(token));
  }
  mounted() {
    document.addEventListener('paste', this.paste);
  }
  paste = () => {};
  next(token: string) {}
  unmounted() {
    document.removeEventListener('paste', this.paste);
  }
}`,
    },
    {
      name: 'what the constructor made',
      code: `export class Service {
  constructor() {
    window.addEventListener('beforeunload', () => this.leave());
  }
  leave() {}
  activate() {
    this.work = new Work();
  }
  deactivate() {
    this.work.abort();
  }
}`,
    },
  ],
);

samples(
  'an observer that a clean-up in mid-life leaves',
  [
    {
      name: 'nobody ever ends',
      code: `export class Viewer {
  private observer = new ResizeObserver(() => this.layout()); // leak listener/resize-observer
  constructor(private readonly box: HTMLElement) {
    this.observer.observe(document.body);
  }
  layout() {}
  cleanup() {
    for (const page of this.pages) page.reset();
  }
}`,
    },
  ],
  [
    {
      name: 'a signal ends',
      code: `export class Viewer {
  private observer = new ResizeObserver(() => this.layout());
  constructor(private readonly box: HTMLElement, signal: AbortSignal) {
    this.observer.observe(document.body);
    signal.addEventListener('abort', () => {
      this.observer.disconnect();
    }, { once: true });
  }
  layout() {}
  cleanup() {
    for (const page of this.pages) page.reset();
  }
}`,
    },
  ],
);

const reaction = (call: string): string => `import { autorun, reaction } from 'mobx';
import { modal } from './modal';
export class View extends React.Component {
  view = null;
  constructor(props) {
    super(props);
    ${call}
  }
  componentWillUnmount() {
    this.timer.stop();
  }
  render() {
    return null;
  }
}`;

samples(
  'reactions and what they read',
  [
    {
      name: 'what all share',
      code: reaction('reaction(() => modal.isOpen, () => this.show()); // leak listener/mobx-reaction'),
      path: 'src/View.tsx',
    },
    {
      name: 'what lies in a store that it is given',
      code: reaction('reaction(() => this.props.store.name, () => this.show()); // leak listener/mobx-reaction'),
      path: 'src/View.tsx',
    },
    {
      name: 'by a method that may read anything',
      code: reaction('autorun(() => this.show()); // leak listener/mobx-reaction'),
      path: 'src/View.tsx',
    },
  ],
  [
    {
      name: 'a field of their own',
      code: reaction('reaction(() => this.view, () => this.show());'),
      path: 'src/View.tsx',
    },
    {
      name: 'what their own component is given',
      code: reaction('reaction(() => this.props.id, () => this.show());'),
      path: 'src/View.tsx',
    },
    {
      name: 'until they end themselves',
      code: reaction('autorun((own) => {\n      if (modal.isOpen) own.dispose();\n    });'),
      path: 'src/View.tsx',
    },
  ],
);

samples(
  'loops that come to their end',
  [
    {
      name: 'that ask for what stays',
      code: `export class Flash {
  run() {
    this.element.focus();
    setTimeout(() => this.run(), 1000); // leak listener/timeout-rearm-loop
  }
  destroy() {
    this.element.remove();
  }
}`,
    },
  ],
  [
    {
      name: 'by a queue that becomes empty',
      code: `export class Notes {
  show() {
    const note = this.notes.shift();
    if (note) {
      this.text = note.text;
      setTimeout(() => {
        this.text = '';
        this.show();
      }, note.delay);
    }
  }
  destroy() {
    this.bus.close();
  }
}`,
    },
    {
      name: 'by an entry that they take out first',
      code: `export class Flash {
  run() {
    if (this.flashes.has(this.name)) {
      this.flashes.delete(this.name);
      requestAnimationFrame(() => this.run());
    } else {
      this.flashes.set(this.name, 1);
    }
  }
  destroy() {
    this.element.remove();
  }
}`,
    },
  ],
);

samples(
  'what a module exports as a whole',
  [
    {
      name: 'a function that has a name',
      code: `const EventEmitter = require('node:events');
const dispatcher = new EventEmitter();
exports.follow = (services) => {
  for (const service of services) dispatcher.on('suite', () => service.before()); // leak ${emitter}
};`,
      path: 'src/follow.js',
    },
  ],
  [
    {
      name: 'a plugin, for each of its services',
      code: `const EventEmitter = require('node:events');
const dispatcher = new EventEmitter();
module.exports = (config) => {
  for (const service of config.services) add(service);
  function add(service) {
    dispatcher.on('suite', () => service.before());
  }
};`,
      path: 'src/plugin.js',
    },
  ],
);

samples(
  'places that the constructor empties first',
  [
    {
      name: 'emptied later on',
      code: `function Queue() {
  this.timer = null;
}
Queue.prototype.promote = function () {
  clearInterval(this.timer);
  this.timer = setInterval(() => this.look(), 1000); // leak listener/interval
};
Queue.prototype.forget = function () {
  this.timer = null;
};
module.exports = Queue;`,
      path: 'src/queue.js',
    },
  ],
  [
    {
      name: 'before anything is in it',
      code: `function Queue() {
  this.timer = null;
}
Queue.prototype.promote = function () {
  clearInterval(this.timer);
  this.timer = setInterval(() => this.look(), 1000);
};
module.exports = Queue;`,
      path: 'src/queue.js',
    },
  ],
);

const picker = (otherwise: string, mark = ''): string => `export class Stage extends React.Component {
  componentDidUpdate(before) {
    if (this.props.picks && !before.picks) {
      this.start();
    }${otherwise}
  }
  componentWillUnmount() {
    this.stop();
  }
  start() {
    this.timer = setInterval(() => this.pick(), 30);${mark}
  }
  stop() {
    clearInterval(this.timer);
  }
  pick() {}
  render() {
    return null;
  }
}`;

samples(
  'what begins with a change and is ended by the other',
  [
    {
      name: 'only at the end of all',
      code: picker('', ' // leak listener/interval'),
      path: 'src/Stage.tsx',
    },
  ],
  [
    {
      name: 'at once',
      code: picker(' else if (!this.props.picks) {\n      this.stop();\n    }'),
      path: 'src/Stage.tsx',
    },
  ],
);

const asked = (end: string): string => `window.addEventListener('message', function answer(event) {
  if (event.data !== 'ready') return;
  ${end}
  document.addEventListener('visibilitychange', () => report(event.source)); // leak listener/dom-event-listener
});`;

samples(
  'a handler within one that takes itself off',
  [
    { name: 'or another', code: asked("window.removeEventListener('message', other);") },
    { name: 'or not', code: asked('done();') },
    {
      name: 'at the end of many events',
      code: asked("if (isLast(event)) window.removeEventListener('message', answer);"),
    },
  ],
  [
    {
      name: 'by its name',
      code: asked("window.removeEventListener('message', answer);").replace(/ \/\/ leak.*/, ''),
    },
    {
      name: 'as a constant',
      code: `const answer = (event) => {
  window.removeEventListener('message', answer);
  document.addEventListener('visibilitychange', () => report(event.source));
};
window.addEventListener('message', answer);`,
    },
  ],
);
