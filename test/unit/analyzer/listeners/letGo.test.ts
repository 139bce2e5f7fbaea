import { samples } from '../expectLeaks';

samples(
  'places that are emptied while what they hold goes on',
  [
    {
      name: 'an interval that another topic takes leave of',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  start() {
    if (!this.timer) this.timer = setInterval(() => this.poll(), 1000); // leak listener/interval
  }
  switchTo(topic: string) {
    this.timer = undefined;
    this.poll();
  }
  poll() {}
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'an interval in a module variable',
      path: 'src/clock.js',
      code: `let timer = null;
export function show(tick) {
  if (timer === null) timer = setInterval(tick, 1000); // leak listener/interval
}
export function next() {
  timer = null;
}
export function hide() {
  clearInterval(timer);
  timer = null;
}`,
    },
    {
      name: 'an interval in a ref',
      path: 'src/clock.jsx',
      code: `import { useEffect, useRef } from 'react';
export function Clock({ tick }) {
  const timer = useRef(null);
  useEffect(() => {
    if (!timer.current) timer.current = setInterval(tick, 1000); // leak listener/interval
  });
  const restart = () => { timer.current = null; };
  useEffect(() => () => clearInterval(timer.current), []);
  return <button onClick={restart}>Restart</button>;
}`,
    },
  ],
  [
    {
      name: 'cleared before it is emptied, or by who calls it',
      code: `export class Poller {
  private timer?: NodeJS.Timeout;
  start() { if (!this.timer) this.timer = setInterval(() => this.poll(), 1000); }
  switchTo(topic: string) { clearInterval(this.timer); this.forget(); }
  private forget() { this.timer = undefined; }
  poll() {}
  dispose() { clearInterval(this.timer); }
}`,
    },
    {
      name: 'a handler that tells that it is over',
      code: `export class Link {
  private end?: () => void;
  constructor(private readonly bus: Bus) {}
  open() { if (!this.end) this.end = this.bus.subscribe('news', () => {}); }
  onClosed() { this.end = undefined; }
  dispose() { this.end?.(); }
}`,
    },
    {
      name: 'a local copy that is cleared',
      path: 'src/clock.js',
      code: `let timer = null;
export function show(tick) { if (timer === null) timer = setInterval(tick, 1000); }
export function next() {
  const old = timer;
  timer = null;
  clearInterval(old);
}
export function hide() { clearInterval(timer); }`,
    },
  ],
);
