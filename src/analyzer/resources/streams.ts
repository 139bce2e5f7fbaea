/** Streams of values: what makes one that does not end by itself, and what ends one. */
import type { ApiName } from './apiTypes';

const rx = (...given: readonly string[]): readonly ApiName[] =>
  given.flatMap((name) => [
    { module: 'rxjs', name },
    { module: 'rxjs/operators', name },
  ]);

/** Make a stream of events, or of what somebody puts in. */
export const endlessSources: readonly ApiName[] = [
  ...rx('fromEvent', 'fromEventPattern', 'interval', 'Subject', 'BehaviorSubject', 'ReplaySubject'),
  { module: 'rxjs/webSocket', name: 'webSocket' },
  { module: 'rxjs/webSocket', name: 'WebSocketSubject' },
  { module: '@angular/core', name: 'EventEmitter' },
];

/** Whoever uses one of these on a stream has one that goes on. */
export const endlessOperators: readonly ApiName[] = rx('share', 'repeat', 'repeatWhen');

/** End a stream, or begin anew. */
export const endingOperators: readonly ApiName[] = rx(
  ...[
    'take',
    'takeWhile',
    'takeUntil',
    'takeLast',
    'first',
    'last',
    'find',
    'single',
    'elementAt',
    'window',
    'windowTime',
  ],
);

/** Operators that keep all by themselves, with what bounds each. */
export const keepingOperators = {
  replays: rx('shareReplay', 'publishReplay'),
  keys: rx('distinct'),
  groups: rx('groupBy'),
  folds: rx('scan'),
};
