/** Lists and sets that stay small, and objects that only collect a result. */
import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'lists of a fixed length and results of a pass',
  [
    {
      name: 'a list that each tick adds to',
      code: `const runs: number[] = [];
setInterval(() => {
  runs.push(Date.now()); // leak cache/array-only-pushed
}, 1000);
export function last() {
  return runs[runs.length - 1];
}`,
    },
    {
      name: 'a list that is filled behind its end',
      code: `const runs: number[] = [];
let next = 0;
setInterval(() => {
  runs[next++] = Date.now(); // leak cache/array-only-pushed
}, 1000);
export function last() {
  return runs[next - 1];
}`,
    },
    {
      name: 'a collector that keeps what it collects to itself',
      code: `export class EventCollector {
  private readonly events: object[] = [];
  emitEvent(event: object): void {
    this.events.push(event); // leak cache/array-only-pushed
  }
}`,
    },
    {
      name: 'a queue of a service',
      code: `export class SendingService {
  private readonly queue: string[] = [];
  add(text: string): void {
    this.queue.push(text); // leak cache/queue-not-drained
  }
  send(): void {
    for (const text of this.queue) fetch(text);
  }
}`,
    },
    {
      name: 'what was seen of each message',
      code: `const seenMessages = new Set<string>();
export function handle(source: Source) {
  source.on('message', (messageId: string) => {
    if (seenMessages.has(messageId)) return;
    seenMessages.add(messageId); // leak cache/set-field-only-grows
  });
}`,
    },
  ],
  [
    {
      name: 'a list with fixed places',
      code: `const runs: number[] = [];
setInterval(() => {
  for (let i = 9; i > 0; i--) {
    runs[i] = runs[i - 1];
  }
  runs[0] = Date.now();
}, 1000);
export function last() {
  return runs[0];
}`,
    },
    {
      name: 'a collector whose lists others read',
      code: `export class EventCollector {
  public readonly events: object[] = [];
  emitEvent(event: object): void {
    this.events.push(event);
  }
}`,
    },
    {
      name: 'a set of different buffers',
      code: `export class ArrayBufferSet {
  public readonly buffers: ArrayBuffer[] = [];
  public add(buffer: ArrayBuffer): number {
    let index = this.buffers.indexOf(buffer);
    if (index < 0) {
      index = this.buffers.length;
      this.buffers.push(buffer);
    }
    return index;
  }
}`,
    },
    {
      name: 'a list of languages',
      code: `const openedLanguages = new Set<string>();
export function watch(editors: Editors) {
  editors.on('active', (editor: { languageId: string }) => {
    openedLanguages.add(editor.languageId);
  });
  return () => [...openedLanguages];
}`,
    },
    {
      name: 'providers that a start registers, and nobody reads',
      code: `export class Shell {
  private readonly providers: object[] = [];
  async open(): Promise<void> {
    await this.registerProviders();
  }
  private async registerProviders(): Promise<void> {
    this.providers.push({ name: await load() });
  }
}`,
    },
  ],
);

describe('sets of what was said once', () => {
  const reports = (key: string): readonly string[] =>
    findingsOf(`const reportedUsages = new Set<string>();
export function report(${key}: string): void {
  if (reportedUsages.has(${key})) return;
  reportedUsages.add(${key});
  console.warn(${key});
}`).map(({ severity }) => severity);

  it('weigh little by what there is', () => {
    assert.deepEqual(reports('usageId'), ['low']);
    assert.deepEqual(reports('sessionId'), ['low']);
    assert.deepEqual(reports('url'), ['low']);
  });
  it('weigh more by what is new each time', () => {
    assert.deepEqual(reports('requestId'), ['medium']);
    assert.deepEqual(reports('messageId'), ['medium']);
  });
});

describe('a class that gives its parts to its base', () => {
  const host = (parts: string, end: string): readonly string[] =>
    findingsOf(`export class Host extends Base {
  private timer: NodeJS.Timeout | undefined;
  constructor() {
    super();
    ${parts}
  }
  beat(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lost(), 60000);
  }
  lost(): void {
    this.fire();
  }
  ${end} {
    this.element.remove();
  }
}`).map(({ kind }) => kind);
  const leak = ['listener/timeout-in-class'];

  it('does not end with its work', () =>
    assert.deepEqual(host('this._register(new Part());', 'async shutdownAll(): Promise<void>'), []));
  it('ends with its dispose', () =>
    assert.deepEqual(host('this._register(new Part());', 'override dispose(): void'), [
      ...leak,
      ...host('this._register(new Part());', 'override dispose(): void').filter((kind) => !leak.includes(kind)),
    ]));
  it('ends with its work where nothing is given', () =>
    assert.deepEqual(host('this.part = 3;', 'async shutdown(): Promise<void>'), leak));
});
