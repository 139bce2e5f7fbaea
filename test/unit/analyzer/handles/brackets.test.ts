import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'what is begun and ended around a call of another',
  [
    {
      name: 'a depth that is counted around a callback',
      code: `export class Notifier {
  private depth = 0;
  private queue: (() => void)[] = [];
  batch<T>(work: () => T): T {
    this.depth++; // leak handle/bracket-left-open
    const result = work();
    this.depth--;
    if (this.depth === 0) this.flush();
    return result;
  }
  private flush() {
    for (const run of this.queue.splice(0)) run();
  }
}`,
    },
    {
      name: 'two functions around a callback that is called by call',
      code: `import { transactionStart, transactionEnd } from './state';
export function transaction(action, context, report) {
  transactionStart(action.name); // leak handle/bracket-left-open
  const result = action.call(context);
  transactionEnd(report);
  return result;
}`,
    },
    {
      name: 'what the first gives is given to the second, with handlers in between',
      code: `import { untrackedStart, untrackedEnd } from './state';
export function intercept(target, change) {
  const before = untrackedStart(); // leak handle/bracket-left-open
  const { interceptors } = target;
  for (let i = 0; i < interceptors.length; i++) {
    change = interceptors[i](change);
  }
  untrackedEnd(before);
  return change;
}`,
    },
    {
      name: 'a count of what runs, lowered only after it went well',
      code: `export class Limiter {
  private running = 0;
  constructor(private readonly fetcher: { load(key: string): Promise<string> }) {}
  async load(key: string) {
    if (this.running > 4) throw new Error('busy');
    this.running += 1; // leak handle/bracket-left-open
    const text = await this.fetcher.load(key);
    this.running -= 1;
    return text;
  }
}`,
    },
    {
      name: 'a stack of the module around a function that the constructor was given',
      code: `import { popTarget, pushTarget } from './targets';
export class Watcher {
  constructor(private readonly getter: (of: Watcher) => unknown) {}
  get() {
    pushTarget(this); // leak handle/bracket-left-open
    const value = this.getter.call(this, this);
    popTarget();
    return value;
  }
}`,
    },
    {
      name: 'a list of the module that is used as a stack',
      path: 'src/context.js',
      code: `const contexts = [];
export function within(context, work) {
  contexts.push(context); // leak handle/bracket-left-open
  const result = work(context);
  contexts.pop();
  return result;
}`,
    },
  ],
  [
    {
      name: 'a stack that a finally pops',
      code: `const contexts: object[] = [];
export function within<T>(context: object, work: () => T): T {
  contexts.push(context);
  try {
    return work();
  } finally {
    contexts.pop();
  }
}`,
    },
    {
      name: 'a list that is emptied for each run, a list of work, and no list at all',
      code: `import { router } from './router';
let contexts: object[] = [];
export function run(work: () => void) {
  contexts = [];
  work();
}
export function within(context: object, work: () => void) {
  contexts.push(context);
  work();
  contexts.pop();
}
const path: string[] = [];
export function start() { path.length = 0; }
export function visit(name: string, look: (path: string[]) => void) {
  path.push(name);
  look(path);
  path.pop();
}
const queue: number[] = [];
export function next(item: number, handle: (item: number) => void) {
  queue.push(item);
  handle(item);
  const last = queue.pop();
  return last;
}
export async function visitPage(look: () => Promise<void>) {
  router.push('/a');
  await look();
  router.pop();
}`,
    },
    {
      name: 'a stack of one walk, which goes with it',
      code: `export function walk(tree: { list: object[] }, visit: (node: object) => void) {
  const path: object[] = [];
  for (const node of tree.list) {
    path.push(node);
    visit(node);
    path.pop();
  }
}`,
    },
    {
      name: 'what runs in between is the function of the class itself',
      code: `import { popTarget, pushTarget } from './targets';
export class Watcher {
  private value = 0;
  get() {
    pushTarget(this);
    this.read();
    popTarget();
    return this.value;
  }
  private read() {
    this.value += 1;
  }
}`,
    },
    {
      name: 'the second one in finally',
      code: `export class Notifier {
  private depth = 0;
  batch<T>(work: () => T): T {
    this.depth++;
    try {
      return work();
    } finally {
      this.depth--;
    }
  }
}`,
    },
    {
      name: 'what is caught in between',
      code: `import { startBatch, endBatch } from './state';
export function quietly(work: () => void) {
  startBatch();
  try {
    work();
  } catch (error) {
    console.error(error);
  }
  endBatch();
}`,
    },
    {
      name: 'a count of this call alone',
      code: `export function walk(node, visit) {
  let depth = 0;
  depth++;
  visit(node, depth);
  depth--;
  return depth;
}`,
    },
    {
      name: 'what only shows or measures',
      code: `export async function build(spinner, work) {
  spinner.start();
  work();
  spinner.stop();
}`,
    },
    {
      name: 'nothing of another in between',
      code: `export class Tree {
  private depth = 0;
  private lines: string[] = [];
  print(name: string) {
    this.depth++;
    this.lines.length = this.depth + name.length;
    this.depth--;
  }
}`,
    },
    {
      name: 'an indentation, or a depth within one run',
      code: `export class Out {
  private indent = 0;
  within(write: () => void) {
    this.indent++;
    write();
    this.indent--;
  }
}
export class TreePrinter {
  private depth = 0;
  within(write: () => void) {
    this.depth++;
    write();
    this.depth--;
  }
}`,
    },
  ],
);

samples(
  'two values of which the names sound like a bracket',
  [],
  [
    {
      name: 'both are kept',
      code: `import { formatStart, formatEnd } from './format';
export function range(from, to, work) {
  const head = formatStart(from);
  const middle = work();
  const tail = formatEnd(to);
  return head + middle + tail;
}`,
    },
    {
      name: 'both are kept, of methods',
      code: `export function range(text, from, to, work) {
  const first = text.startOf(from);
  const between = work();
  const last = text.endOf(to);
  return [first, between, last];
}`,
    },
    {
      name: 'both are awaited',
      code: `export async function range(api, work) {
  const begun = await api.openAt();
  await work();
  const ended = await api.closeAt();
  return [begun, ended];
}`,
    },
  ],
);

describe('a bracket around a function of the caller', () => {
  const severities = (parameter: string): readonly string[] =>
    findingsOf(`export class Runner {
  private busy = 0;
  async run(event: string, ${parameter}: (event: string) => string[]) {
    this.busy++;
    await this.handle(toArgs ? toArgs(event) : [event]);
    this.busy--;
  }
  handle(args: string[]) { return new Promise<void>((resolve) => { queueMicrotask(() => resolve()); }); }
}`).map(({ severity }) => severity);
  it('weighs more where there is one', () => assert.deepEqual(severities('toArgs'), ['medium']));
  it('weighs little where callers may leave it out', () => assert.deepEqual(severities('toArgs?'), ['low']));
});

describe('a bracket on what is given', () => {
  const found = (name: string, what = 'Batch'): number =>
    findingsOf(`export function select(${name}, parts, isWanted) {
  for (const part of parts) {
    ${name}.begin${what}(part.id);
    if (isWanted(part)) ${name}.add(part);
    ${name}.end${what}();
  }
}`).length;
  it('is left open where its owner lives on', () => assert.equal(found('editor'), 1));
  it('is left open of what is begun elsewhere', () => assert.equal(found('builder', 'Transaction'), 1));
  it('goes with what is still being made', () => {
    for (const name of ['builder', 'subsetBuilder']) assert.equal(found(name), 0, name);
  });
});
