import { samples } from '../expectLeaks';

const rooms = (inner: string): string => `import { Injectable, type OnDestroy } from '@angular/core';
import { BehaviorSubject, Subject, fromEvent, interval, map, switchMap, take, takeUntil } from 'rxjs';
@Injectable()
export class Rooms implements OnDestroy {
  private readonly gone$ = new Subject<void>();
  private readonly changed$ = new Subject<void>();
  private readonly room$ = new BehaviorSubject<string>('');
  private readonly lines$ = new Subject<string>();
  constructor() {
    this.room$.pipe(takeUntil(this.gone$)).subscribe((room) => {
${inner}
    });
  }
  show(line: unknown) {}
  ngOnDestroy() {
    this.gone$.next();
    this.gone$.complete();
  }
}`;

samples(
  'inner subscriptions that end with their owner only',
  [
    {
      name: 'a clock, and what is made of a subject',
      code: rooms(
        `      interval(1000).pipe(takeUntil(this.gone$)).subscribe(() => this.show(room)); // leak listener/rx-nested-subscribe
      this.lines$.pipe(map((line) => room + line), takeUntil(this.gone$)).subscribe((line) => this.show(line)); // leak listener/rx-nested-subscribe`,
      ),
    },
    {
      name: 'events of the page',
      code: rooms(
        `      fromEvent(window, 'resize').pipe(takeUntil(this.gone$)).subscribe(() => this.show(room)); // leak listener/rx-nested-subscribe`,
      ),
    },
  ],
  [
    {
      name: 'each value ends that of the one before',
      code: rooms(
        `      this.changed$.next();
      interval(1000).pipe(takeUntil(this.changed$)).subscribe(() => this.show(room));`,
      ),
    },
    {
      name: 'it ends with its first value',
      code: rooms(`      this.lines$.pipe(take(1), takeUntil(this.gone$)).subscribe((line) => this.show(line));`),
    },
    {
      name: 'the outer stream switches',
      code: `import { Injectable, type OnDestroy } from '@angular/core';
import { BehaviorSubject, Subject, interval, switchMap, takeUntil } from 'rxjs';
@Injectable()
export class Rooms implements OnDestroy {
  private readonly gone$ = new Subject<void>();
  private readonly room$ = new BehaviorSubject<string>('');
  constructor() {
    this.room$.pipe(switchMap(() => interval(1000)), takeUntil(this.gone$)).subscribe(() => this.show());
  }
  show() {}
  ngOnDestroy() {
    this.gone$.next();
    this.gone$.complete();
  }
}`,
    },
    {
      name: 'it is ended under a condition that each value may bring',
      code: rooms(
        `      if (room) this.changed$.next();
      interval(1000).pipe(takeUntil(this.changed$)).subscribe(() => this.show(room));`,
      ),
    },
  ],
);
