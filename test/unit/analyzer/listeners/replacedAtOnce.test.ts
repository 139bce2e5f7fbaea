import { samples } from '../expectLeaks';

samples(
  'what the next statements put something new over',
  [
    {
      name: 'two subscriptions in one field',
      code: `import { Component } from '@angular/core';
import { interval, type Subscription } from 'rxjs';
@Component({ selector: 'a-price', template: '' })
export class Price {
  private sub?: Subscription;
  ngOnInit() {
    this.sub = interval(1000).subscribe(() => this.show()); // leak listener/disposable-overwritten
    this.sub = interval(5000).subscribe(() => this.show());
  }
  show() {}
  ngOnDestroy() {
    this.sub?.unsubscribe();
  }
}`,
    },
    {
      name: 'two intervals in one variable',
      code: `export function begin(show: () => void) {
  let timer = setInterval(show, 1000); // leak listener/interval
  show();
  timer = setInterval(show, 5000);
  return () => clearInterval(timer);
}`,
    },
  ],
  [
    {
      name: 'the first is ended in between',
      code: `export function begin(show: () => void) {
  let timer = setInterval(show, 1000);
  clearInterval(timer);
  timer = setInterval(show, 5000);
  return () => clearInterval(timer);
}`,
    },
    {
      name: 'the first is put away in between',
      code: `export function begin(show: () => void, timers: unknown[]) {
  let timer = setInterval(show, 1000);
  timers.push(timer);
  timer = setInterval(show, 5000);
  return () => clearInterval(timer);
}`,
    },
    {
      name: 'one or the other, by a condition',
      code: `export function begin(show: () => void, fast: boolean) {
  let timer: number;
  if (fast) timer = window.setInterval(show, 1000);
  else timer = window.setInterval(show, 5000);
  return () => clearInterval(timer);
}`,
    },
    {
      name: 'a method of the base class, which may end it, is called in between',
      code: `import { interval } from 'rxjs';
import { Shown } from './shown';
export class Price extends Shown {
  ngOnInit() {
    this.sub = interval(1000).subscribe(() => this.show());
    this.reset();
    this.sub = interval(5000).subscribe(() => this.show());
  }
  show() {}
  ngOnDestroy() {
    this.sub.unsubscribe();
  }
}`,
    },
  ],
);
