import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'waits, stores and releases that leave nothing',
  [
    {
      name: 'one of two waits on a connection that is kept',
      code: `export class Link {
  constructor(private readonly socket: { once(event: string, handler: (e?: Error) => void): void; off(event: string, handler: (e?: Error) => void): void }) {}
  ask(done: (error?: Error) => void) {
    const failed = (error?: Error) => done(error);
    this.socket.once('failed', failed);
    this.socket.once('answer', () => { // leak listener/race-loser-left
      this.socket.off('failed', failed);
      done();
    });
  }
}`,
    },
    {
      name: 'a timer that is begun and never kept',
      code: `export function watch(look: () => void) {
  let timer: ReturnType<typeof setInterval> | undefined;
  setInterval(look, 5000); // leak listener/interval
  return () => clearInterval(timer); // leak listener/release-unreachable
}`,
    },
  ],
  [
    {
      name: 'one of two waits on a connection of this call',
      code: `import WebSocket from 'ws';
export class Link {
  connect(url: string, done: (error?: Error) => void) {
    this.socket = new WebSocket(url);
    const failed = (error: Error) => done(error);
    this.socket.once('error', failed);
    this.socket.once('open', () => {
      this.socket.removeListener('error', failed);
      done();
    });
  }
  disconnect() { this.socket.close(); }
}`,
      path: 'src/link.js',
    },
    {
      name: 'the end of a timer that is no longer begun',
      code: `export function watch(look: () => void) {
  let timer: number | undefined;
  // timer = setInterval(look, 5000);
  look();
  return () => clearInterval(timer);
}`,
    },
    {
      name: 'a subscription that is kept and put into the store',
      code: `import type { Controller } from './controller';
export class Coordinator {
  private readonly disposables: { dispose(): void }[] = [];
  private messages: { dispose(): void } | undefined;
  follow(controller: Controller) {
    this.messages?.dispose();
    this.messages = controller.onDidReceiveMessage((message) => this.take(message), this, this.disposables);
  }
  take(message: unknown) { console.debug(message); }
  dispose() {
    for (const one of this.disposables) one.dispose();
  }
}`,
    },
  ],
);

describe('a table by the few extensions that ask', () => {
  it('is a small one, by the name of its key', () => {
    const code = `const cache = new Map<string, { kernels: WeakMap<object, object> }>();
function getOrCreate(extensionId: string) {
  if (!cache.has(extensionId)) cache.set(extensionId, { kernels: new WeakMap() });
  return cache.get(extensionId)!;
}
export function api(provider: { onDidPostInitializeKernel(h: (k: object) => void): void }, extensionId: string) {
  provider.onDidPostInitializeKernel((kernel) => {
    getOrCreate(extensionId).kernels.set(kernel, {});
  });
}`;
    assert.deepEqual(findingsOf(code), []);
    assert.equal(findingsOf(code.replaceAll('extensionId', 'requestId')).length, 1);
  });
});
