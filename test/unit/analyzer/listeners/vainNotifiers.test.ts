import { samples } from '../expectLeaks';

samples(
  'Notifiers that nobody fires',
  [
    {
      name: 'a public one beside the one that the teardown fires',
      code: `import { Component, OnDestroy } from '@angular/core';
import { Subject } from 'rxjs';
import { takeUntil } from 'rxjs/operators';
import { Prices } from './prices';
@Component({ selector: 'x-board', template: '' })
export class Board implements OnDestroy {
  gone$ = new Subject<void>();
  done$ = new Subject<void>();
  constructor(private prices: Prices) {
    this.prices.changed$.pipe(takeUntil(this.gone$)).subscribe((price) => this.show(price)); // leak listener/rx-subscription-ignored
    this.prices.opened$.pipe(takeUntil(this.done$)).subscribe((price) => this.show(price));
  }
  show(price: number) {}
  ngOnDestroy() {
    this.done$.next();
  }
}`,
    },
    {
      name: 'on a service that the component provides itself',
      code: `import { Component, OnDestroy, OnInit } from '@angular/core';
import { Subject } from 'rxjs';
import { takeUntil } from 'rxjs/operators';
import { Cart } from './cart';
@Component({ selector: 'x-cart', template: '', providers: [Cart] })
export class CartView implements OnInit, OnDestroy {
  private end$ = new Subject<void>();
  private timer?: number;
  constructor(private cart: Cart) {}
  ngOnInit() {
    this.cart.items$.pipe(takeUntil(this.end$)).subscribe((items) => this.draw(items)); // leak listener/rx-subscription-ignored
  }
  draw(items: unknown[]) {}
  ngOnDestroy() {
    clearTimeout(this.timer);
  }
}`,
    },
  ],
  [
    {
      name: 'one that another class of the file fires',
      code: `import { Component, OnDestroy } from '@angular/core';
import { Subject } from 'rxjs';
import { takeUntil } from 'rxjs/operators';
import { Prices } from './prices';
@Component({ selector: 'x-board', template: '' })
export class Board implements OnDestroy {
  gone$ = new Subject<void>();
  constructor(private prices: Prices) {
    this.prices.changed$.pipe(takeUntil(this.gone$)).subscribe((price) => this.show(price));
  }
  show(price: number) {}
  ngOnDestroy() {
    this.prices.release();
  }
}
export function close(board: Board) {
  board.gone$.next();
}`,
    },
    {
      name: 'one of a class that an heir may end, and one without an end of its own',
      code: `import { Component, OnDestroy } from '@angular/core';
import { Subject } from 'rxjs';
import { takeUntil } from 'rxjs/operators';
import { Prices } from './prices';
export abstract class Base implements OnDestroy {
  gone$ = new Subject<void>();
  constructor(private prices: Prices) {
    this.prices.changed$.pipe(takeUntil(this.gone$)).subscribe((price) => this.show(price));
  }
  show(price: number) {}
  ngOnDestroy() {
    this.prices.release();
  }
}
@Component({ selector: 'x-open', template: '' })
export class Open {
  gone$ = new Subject<void>();
  constructor(private prices: Prices) {
    this.prices.changed$.pipe(takeUntil(this.gone$)).subscribe((price) => this.show(price));
  }
  show(price: number) {}
}`,
    },
    {
      name: 'one that the teardown fires on a condition',
      code: `import { Component, OnDestroy } from '@angular/core';
import { Subject } from 'rxjs';
import { takeUntil } from 'rxjs/operators';
import { Prices } from './prices';
@Component({ selector: 'x-board', template: '' })
export class Board implements OnDestroy {
  gone$ = new Subject<void>();
  open = false;
  constructor(private prices: Prices) {
    this.prices.changed$.pipe(takeUntil(this.gone$)).subscribe((price) => this.show(price));
  }
  show(price: number) {
    this.open = true;
  }
  ngOnDestroy() {
    if (this.open) this.gone$.next();
  }
}`,
    },
  ],
);
