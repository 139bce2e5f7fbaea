/** Calls that run the function they are given: at once, later, again and again, or when a work is done. */

/** Calls that run their callback before they return, as often as there are elements. */
export const synchronousCallbacks: ReadonlySet<string> = new Set([
  'forEach',
  'map',
  'filter',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'reduce',
  'reduceRight',
  'flatMap',
  'sort',
  'replace',
  'replaceAll',
  'from',
  'each',
  'call',
  'apply',
  'runInContext',
  'batch',
  'untracked',
  'runOutsideAngular',
  'runInInjectionContext',
  'setState',
  'visitNode',
  'visitNodes',
  'visitEachChild',
  'forEachChild',
]);

/** How many arguments a function of the language takes that lists what an object has; undefined for others. None of them is a callback. */
export function listsOnly(object: string, method: string): number | undefined {
  return object === 'Object' && mayListOnly(method) ? 1 : undefined;
}

/** Are they called so, whatever they are called on? */
export function mayListOnly(method: string): boolean {
  return /^(?:keys|values|entries|getOwnPropertyNames|getOwnPropertySymbols)$/.test(method);
}

/** Does a call of this name run the function that it is given for each of many? */
export function isForEach(name: string): boolean {
  return /^(?:forEach|map|flatMap|some|every|filter|reduce|each\w*)$/.test(name);
}

export const continuations: ReadonlySet<string> = new Set([
  'then',
  'catch',
  'finally',
  'all',
  'allSettled',
  'race',
  'nextTick',
  'queueMicrotask',
  'setImmediate',
  'whenDefined',
  'listen',
]);

/** A continuation of a server's start, given after its port; alone it is the handler of what is listened to. */
export function mayTakeHandler(name: string): boolean {
  return name === 'listen';
}

export const timerCalls: ReadonlySet<string> = new Set([
  'setTimeout',
  'setInterval',
  'requestAnimationFrame',
  'requestIdleCallback',
]);

/** Does the function run what it is given once, later? */
export function runsLaterOnce(name: string): boolean {
  return name === 'setTimeout' || name === 'setImmediate';
}

/** Does the function run what it is given again and again? */
export function runsAgain(name: string): boolean {
  return name === 'setInterval';
}

export const readyCalls: ReadonlySet<string> = new Set(['ready', 'whenReady', 'domReady', 'onReady']);

/** Calls that run the set-up they are given once for each page: stores of the whole application. */
export const storeCalls: ReadonlySet<string> = new Set(['defineStore']);

export const testCalls: ReadonlySet<string> = new Set([
  'it',
  'test',
  'describe',
  'before',
  'beforeEach',
  'beforeAll',
  'after',
  'afterEach',
  'afterAll',
  'suite',
  'context',
  'bench',
  'specify',
]);

/** `program.command('serve').action(…)`: a process is started for one command. */
export function isCommand(name: string, callee: () => string): boolean {
  return name === 'action' && /\.command\(/.test(callee());
}

/** Does a call of this name settle a work: a promise's, or that of a callback? */
export function settlesWork(name: string): boolean {
  return /^(?:resolve|reject|fail|settle|complete|finish|done)$/.test(name) || isCallbackName(name);
}

/** `cb`, `onCallback`: what is called when a work is done. */
export function isCallbackName(name: string): boolean {
  return /(?:^|[a-z])(?:callback|cb)$/i.test(name);
}
