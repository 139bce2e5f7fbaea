/** Receivers that were there before: given by a parent, by any member of the class, or put there by another function. */
import { samples } from '../expectLeaks';

samples(
  'receivers that were there before',
  [
    {
      name: 'given by the parent of a component, at each mount',
      path: 'src/notes.tsx',
      code: `export class Notes extends React.Component {
  componentDidMount() {
    this.props.book.on('rendered', () => this.mark()); // leak listener/emitter-on
  }
  mark() {}
  render() { return <p />; }
}`,
    },
    {
      name: 'a part of options that are copied, and an event by a variable',
      code: `export class Link {
  constructor(options) {
    this.options = { ...options, delay: 100 };
  }
  begin() {
    this.socket = open();
    this.options.app.on(this.options.outEvent, (text) => this.send(text)); // leak listener/emitter-on
  }
  send(text) {}
  end() { this.socket.destroy(); }
}`,
    },
    {
      name: 'removed from it only when the teardown has something to end',
      code: `export class Overlay {
  constructor(options) { this.options = options; this.frame = setInterval(() => this.draw(), 100); }
  begin() {
    this.options.host.on(this.options.event, () => this.draw()); // leak listener/emitter-on
  }
  draw() {}
  destroy() { if (this.frame) { clearInterval(this.frame); this.frame = undefined; } }
}`,
    },
    {
      name: 'put into a variable of the module by another function',
      code: `import { EventEmitter } from 'node:events';
let bus: EventEmitter | undefined;
export function open() { bus = new EventEmitter(); }
export function ask(text: string, done: (answer: string) => void) {
  bus?.on('answer', (answer) => done(text + answer)); // leak listener/emitter-on
}
setInterval(() => ask('x', console.log), 100);`,
    },
  ],
  [
    {
      name: 'the teardown removes it by the same variable',
      code: `export class Link {
  constructor(options) { this.options = { ...options }; }
  begin() {
    this.socket = open();
    this.options.app.on(this.options.outEvent, this.send);
  }
  send = (text) => {};
  end() { this.socket.destroy(); this.options.app.off(this.options.outEvent, this.send); }
}`,
    },
    {
      name: 'the part is made by the instance',
      code: `export class Link {
  constructor(options) { this.options = { ...options, app: new App() }; }
  begin() {
    this.socket = open();
    this.options.app.on(this.options.outEvent, (text) => this.send(text));
  }
  send(text) {}
  end() { this.socket.destroy(); }
}`,
    },
    {
      name: 'the unmount takes it off',
      path: 'src/notes.tsx',
      code: `export class Notes extends React.Component {
  componentDidMount() { this.props.book.on('rendered', this.mark); }
  componentWillUnmount() { this.props.book.off('rendered', this.mark); }
  mark = () => {};
  render() { return <p />; }
}`,
    },
    {
      name: 'the function puts it there itself',
      code: `import { EventEmitter } from 'node:events';
let bus: EventEmitter | undefined;
export function ask(text: string, done: (answer: string) => void) {
  bus = new EventEmitter();
  bus.on('answer', (answer) => done(text + answer));
}
setInterval(() => ask('x', console.log), 100);`,
    },
    {
      name: 'what an event of a child gives is a part of the component',
      code: `export class Graph {
  onReady(chart) {
    this.chart = chart;
    this.timer = setInterval(() => this.draw(), 100);
    this.chart.on('legend', () => this.draw());
  }
  draw() {}
  destroy() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'it is ended by the class that was given it',
      code: `export class Layer {
  constructor() { this.timer = setInterval(() => this.draw(), 100); }
  setMap(map) { this.map = map; }
  show() { this.map.on(this.event, () => this.draw()); }
  draw() {}
  destroy() { clearInterval(this.timer); this.map.destroy(); }
}`,
    },
  ],
);
