/**
 * What became of reports in repositories that nobody had opened (`test/accuracy/firstSight.json`, which a contract test holds
 * this list against): of these kinds readers called less than a third of those of MEDIUM right, of eight or more, or none of five
 * or more. They weigh LOW, unless the code runs for each event or request, a teardown forgets what it has to end, or a removal misses it.
 */
export const seldomRight: ReadonlySet<string> = new Set([
  'cache/array-only-pushed',
  'cache/disposers-pile-up',
  'cache/entry-left-after-completion',
  'cache/entry-left-after-rejection',
  'cache/kept-by-registry',
  'cache/library-registry',
  'cache/map-without-eviction',
  'cache/record-only-grows',
  'handle/bundler-build',
  'handle/fs-filehandle',
  'handle/http-agent',
  'handle/http-response',
  'handle/read-stream',
  'handle/release-skipped',
  'handle/stream-reader-lock',
  'handle/temp-dir',
  'handle/web-worker',
  'handle/websocket',
  'listener/abort-on-caller-signal',
  'listener/disposable-not-registered',
  'listener/disposable-overwritten',
  'listener/dom-event-listener',
  'listener/end-dropped',
  'listener/missing-super-dispose',
  'listener/race-loser-left',
  'listener/resize-observer',
  'listener/timeout-in-class',
  'listener/timeout-in-effect',
  'listener/timeout-race',
]);
