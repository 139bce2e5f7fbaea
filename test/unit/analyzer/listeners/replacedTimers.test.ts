import { samples } from '../expectLeaks';

samples(
  'listener/timer-overwritten',
  [
    {
      name: 'a heartbeat for each connection',
      code: `import type { EventEmitter } from 'node:events';
export class Client {
  private beat?: NodeJS.Timeout;
  constructor(private readonly socket: EventEmitter) {
    this.socket.on('open', this.opened);
  }
  private readonly opened = () => {
    this.beat = setInterval(() => this.ping(), 1000); // leak listener/interval
  };
  ping() {}
  close() {
    clearInterval(this.beat);
    this.socket.off('open', this.opened);
  }
}`,
    },
    {
      name: 'a new rate',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  setRate(ms: number) {
    this.timer = setInterval(() => this.poll(), ms); // leak listener/interval
  }
  poll() {}
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'each update of a component',
      path: 'src/clock.js',
      code: `export class Clock extends Component {
  componentDidUpdate() {
    this.timer = setInterval(() => this.setState({ now: Date.now() }), 1000); // leak listener/interval
  }
  componentWillUnmount() { clearInterval(this.timer); }
}`,
    },
  ],
  [
    {
      name: 'cleared before',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  setRate(ms: number) { clearInterval(this.timer); this.timer = setInterval(() => {}, ms); }
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'cleared by a method that it calls',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  setRate(ms: number) { this.dispose(); this.timer = setInterval(() => {}, ms); }
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'only when none runs',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  setRate(ms: number) { if (this.timer) return; this.timer = setInterval(() => {}, ms); }
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'cleared when the connection closes',
      code: `import type { EventEmitter } from 'node:events';
export class Client {
  private beat?: NodeJS.Timeout;
  constructor(private readonly socket: EventEmitter) {
    this.socket.on('open', this.opened);
    this.socket.on('closed', this.closed);
  }
  private readonly opened = () => { this.beat = setInterval(() => {}, 1000); };
  private readonly closed = () => { clearInterval(this.beat); };
  close() { clearInterval(this.beat); this.socket.off('open', this.opened); this.socket.off('closed', this.closed); }
}`,
    },
    {
      name: 'started once',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  start() { this.timer = setInterval(() => {}, 1000); }
  dispose() { clearInterval(this.timer); }
}`,
    },
  ],
);

samples(
  'listener/debounce-not-cancelled',
  [
    {
      name: 'a field that the teardown forgets',
      code: `import { debounce } from 'lodash';
export class Search {
  private readonly query = debounce(() => this.run(), 300); // leak listener/debounce-not-cancelled
  onInput() { this.query(); }
  run() {}
  dispose() { this.run(); }
}`,
    },
    {
      name: 'a handler that is removed, but still waits',
      code: `import throttle from 'lodash/throttle';
export class Panel {
  private readonly fit = throttle(() => this.draw(), 200); // leak listener/debounce-not-cancelled
  mount() { window.addEventListener('resize', this.fit); }
  draw() {}
  destroy() { window.removeEventListener('resize', this.fit); }
}`,
    },
    {
      name: 'a React class',
      path: 'src/Search.jsx',
      code: `import debounce from 'lodash.debounce';
export class Search extends React.Component {
  componentDidMount() {
    this.save = debounce(() => this.setState({ saved: true }), 1000); // leak listener/debounce-not-cancelled
  }
  onChange() { this.save(); }
  componentWillUnmount() { this.props.close(); }
  render() { return <input onChange={() => this.onChange()} />; }
}`,
    },
  ],
  [
    {
      name: 'cancelled',
      code: `import { debounce } from 'lodash';
export class Search {
  private readonly query = debounce(() => this.run(), 300);
  onInput() { this.query(); }
  run() {}
  dispose() { this.query.cancel(); }
}`,
    },
    {
      name: 'no teardown',
      code: `import { debounce } from 'lodash';\nexport class Search { query = debounce(() => this.run(), 300); run() {} }`,
    },
    {
      name: 'a module function',
      code: `import { debounce } from 'lodash';\nexport const save = debounce(() => console.log('saved'), 300);`,
    },
    {
      name: 'a function of one’s own',
      code: `function debounce<T>(fn: T): T { return fn; }\nexport class Search { query = debounce(() => this.run()); run() {} dispose() { this.run(); } }`,
    },
  ],
);
