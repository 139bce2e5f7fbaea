import { samples } from '../expectLeaks';

samples(
  'Instances that a handler of the process keeps when they are closed',
  [
    {
      name: 'of a class whose close ends all else',
      code: `export class Provider {
  private pages = new Map<string, { close(): Promise<void>; save(): Promise<void> }>();
  constructor(private readonly name: string) {
    process.on('SIGTERM', () => Promise.all([...this.pages.values()].map((page) => page.save()))); // leak listener/emitter-on
  }
  async close() {
    await Promise.all([...this.pages.values()].map((page) => page.close()));
    this.pages.clear();
  }
}`,
    },
    {
      name: 'by another name of the instance',
      code: `export class Board {
  private parts = new Map<string, { close(): void; draw(): void }>();
  constructor(private readonly name: string) {
    const self = this;
    process.on('SIGTERM', function () { // leak listener/emitter-on
      self.draw();
    });
  }
  draw() {
    for (const part of this.parts.values()) part.draw();
  }
  close() {
    for (const part of this.parts.values()) part.close();
    this.parts.clear();
  }
}`,
    },
  ],
  [
    {
      name: 'taken off by close',
      code: `export class Provider {
  private pages = new Map<string, { close(): Promise<void>; save(): Promise<void> }>();
  constructor(private readonly name: string) {
    process.on('SIGTERM', this.save);
  }
  private save = () => Promise.all([...this.pages.values()].map((page) => page.save()));
  async close() {
    process.off('SIGTERM', this.save);
    this.pages.clear();
  }
}`,
    },
    {
      name: 'a close that ends nothing, and a handler that holds nothing',
      code: `export class Door {
  private open = true;
  constructor() {
    process.on('SIGTERM', () => this.draw());
  }
  draw() {
    return this.open;
  }
  close() {
    this.open = false;
  }
}
export class Log {
  constructor(private readonly socket: WebSocket) {
    process.on('SIGTERM', () => console.log('bye'));
  }
  close() {
    this.socket.close();
  }
}`,
    },
  ],
);
