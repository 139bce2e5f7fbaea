import { samples } from '../expectLeaks';

samples(
  'queues that are read by a cursor',
  [
    {
      name: 'a field that counts what was sent',
      code: `export class Sender {
  private readonly waiting: string[] = [];
  private sent = 0;
  constructor(private readonly post: (text: string) => Promise<void>) {}
  add(text: string) {
    this.waiting.push(text); // leak cache/queue-not-drained
    void this.work();
  }
  private async work() {
    while (this.sent < this.waiting.length) await this.post(this.waiting[this.sent++]);
  }
}`,
    },
    {
      name: 'a variable beside the list of a module',
      path: 'src/outbox.js',
      code: `const outbox = [];
let from = 0;
export function note(entry) {
  outbox.push({ entry, at: Date.now() }); // leak cache/queue-not-drained
}
export async function upload(client) {
  const part = outbox.slice(from, from + 20);
  await client.put(part);
  from += part.length;
}`,
    },
  ],
  [
    {
      name: 'what was sent is cut off at times',
      code: `export class Sender {
  private waiting: string[] = [];
  private sent = 0;
  constructor(private readonly post: (text: string) => Promise<void>) {}
  add(text: string) {
    this.waiting.push(text);
    void this.work();
  }
  private async work() {
    while (this.sent < this.waiting.length) await this.post(this.waiting[this.sent++]);
    if (this.sent > 100) {
      this.waiting = this.waiting.slice(this.sent);
      this.sent = 0;
    }
  }
}`,
    },
    {
      name: 'a cursor that goes back',
      code: `export class History {
  private readonly done: string[] = [];
  private at = 0;
  constructor(private readonly apply: (text: string) => Promise<void>) {}
  add(text: string) {
    this.done.push(text);
  }
  async redo() {
    await this.apply(this.done[this.at++]);
  }
  async undo() {
    await this.apply(this.done[--this.at]);
  }
}`,
    },
    {
      name: 'a parser that goes through what it has cut up',
      code: `export class Reading {
  private readonly words: string[] = [];
  private at = 0;
  add(word: string) {
    this.words.push(word);
  }
  next() {
    return this.words[this.at++];
  }
}`,
    },
  ],
);
