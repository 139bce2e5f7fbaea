import { samples } from '../expectLeaks';

samples(
  'Intervals that only the next one ends',
  [
    {
      name: 'in a class that ends other things',
      code: `import { bus } from './bus';
export class Poller {
  private timer?: number;
  constructor(private readonly element: HTMLElement) {
    bus.on('draw', this.draw);
  }
  draw = () => this.element.append('.');
  restart(ms: number) {
    clearInterval(this.timer);
    this.timer = window.setInterval(this.draw, ms); // leak listener/interval
  }
  destroy() {
    bus.off('draw', this.draw);
  }
}`,
    },
    {
      name: 'in a component',
      path: 'src/Clock.jsx',
      code: `import { Component } from 'react';
export class Clock extends Component {
  componentDidMount() {
    window.addEventListener('focus', this.begin);
  }
  begin = () => {
    if (this.timer) clearInterval(this.timer);
    this.timer = setInterval(() => this.setState({ now: Date.now() }), 1000); // leak listener/interval
  };
  componentWillUnmount() {
    window.removeEventListener('focus', this.begin);
  }
}`,
    },
  ],
  [
    {
      name: 'one that need not begin, and one that the end renews or clears',
      code: `import { bus } from './bus';
export class Poller {
  private timer?: number;
  constructor(private readonly element: HTMLElement) {
    bus.on('draw', this.draw);
  }
  draw = () => this.element.append('.');
  setRate(ms: number) {
    clearInterval(this.timer);
    if (ms > 0) this.timer = window.setInterval(this.draw, ms);
  }
  destroy() {
    bus.off('draw', this.draw);
  }
}
export class Clock {
  private timer?: number;
  draw = () => {};
  restart(ms: number) {
    clearInterval(this.timer);
    this.timer = window.setInterval(this.draw, ms);
  }
  destroy() {
    bus.off('draw', this.draw);
    if (this.timer) clearInterval(this.timer);
  }
}`,
    },
    {
      name: 'one that another method ends too',
      code: `import { bus } from './bus';
export class Poller {
  private timer?: number;
  constructor(private readonly element: HTMLElement) {
    bus.on('draw', this.draw);
  }
  draw = () => this.element.append('.');
  restart(ms: number) {
    clearInterval(this.timer);
    this.timer = window.setInterval(this.draw, ms);
  }
  pause() {
    clearInterval(this.timer);
  }
  destroy() {
    bus.off('draw', this.draw);
  }
}`,
    },
  ],
);
