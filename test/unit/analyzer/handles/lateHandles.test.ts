import { samples } from '../expectLeaks';

const consumer = (afterWait: string, stop: string, mark = '') => `import amqp, { type ChannelModel } from 'amqplib';
export class Consumer {
  private connection: ChannelModel | null = null;
  private stopped = false;
  constructor(private readonly url: string) {}
  async start() {
    this.stopped = false;
    const connection = await amqp.connect(this.url);${mark}
    ${afterWait}
    this.connection = connection;
  }
  onMessage(text: string) {
    if (this.stopped) return;
    console.log(text);
  }
  async stop() {
    ${stop}
    await this.connection?.close();
    this.connection = null;
  }
}
export const make = (url: string) => new Consumer(url);`;

const socket = (afterWait: string, mark = '') => `import WebSocket from 'ws';
export class Line {
  #socket: WebSocket | undefined;
  #closed = false;
  constructor(readonly tickets: { next(): Promise<string> }) {}
  async dial() {
    const ticket = await this.tickets.next();
    ${afterWait}
    this.#socket = new WebSocket('wss://example.org/' + ticket);${mark}
  }
  say(text: string) {
    if (!this.#closed) this.#socket?.send(text);
  }
  disconnect() {
    this.#closed = true;
    this.#socket?.close();
  }
}
export const line = (tickets: { next(): Promise<string> }) => new Line(tickets);`;

samples(
  'handles that a wait brings after a stop',
  [
    {
      name: 'a connection that comes after the stop',
      code: consumer('', 'this.stopped = true;', ' // leak listener/subscribed-after-dispose'),
    },
    { name: 'a socket that is made after the stop', code: socket('', ' // leak listener/subscribed-after-dispose') },
    {
      name: 'who asks something else after the wait',
      code: socket('if (!ticket) return;', ' // leak listener/subscribed-after-dispose'),
    },
  ],
  [
    {
      name: 'who asks again after the wait',
      code: consumer(
        'if (this.stopped) {\n      await connection.close();\n      return;\n    }',
        'this.stopped = true;',
      ),
    },
    { name: 'who gives up after the wait', code: socket('if (this.#closed) return;') },
    { name: 'one whose stop sets no flag', code: consumer('', "console.log('stop');") },
    {
      name: 'a check that throws after the wait',
      code: socket('this.#still();').replace(
        '  say(',
        "  #still() {\n    if (this.#closed) throw new Error('closed');\n  }\n  say(",
      ),
    },
    {
      name: 'one whose own handler ends it when it comes too late',
      code: socket('').replace(
        '  }\n  say(',
        "    this.#socket.on('open', () => {\n      if (this.#closed) this.#socket?.close();\n    });\n  }\n  say(",
      ),
    },
  ],
);
