import { samples } from '../expectLeaks';

samples(
  'requests whose waiting is limited from outside',
  [
    {
      name: 'a race with a timer in a factory',
      path: 'src/peer.js',
      code: `export function peer(channel) {
  const open = new Map();
  let last = 0;
  channel.onmessage = ({ data }) => {
    const one = open.get(data.id);
    open.delete(data.id);
    one?.resolve(data.value);
  };
  return {
    ask(question) {
      const id = ++last;
      const answer = new Promise((resolve, reject) => {
        open.set(id, { resolve, reject }); // leak cache/entry-left-after-completion
        channel.postMessage({ id, question });
      });
      const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5000));
      return Promise.race([answer, late]);
    },
  };
}`,
    },
    {
      name: 'what a private method gives, limited by its caller with a helper of another file',
      code: `import { withTimeout } from './time';
export class Bridge {
  private readonly replies = new Map<string, (value: string) => void>();
  constructor(private readonly port: MessagePort) {
    port.onmessage = ({ data }) => {
      const reply = this.replies.get(data.token);
      if (!reply) return;
      this.replies.delete(data.token);
      reply(data.text);
    };
  }
  private expect(token: string) {
    return new Promise<string>((resolve) => {
      this.replies.set(token, resolve); // leak cache/entry-left-after-completion
    });
  }
  read(path: string) {
    const token = crypto.randomUUID();
    this.port.postMessage({ token, path });
    return withTimeout(this.expect(token), 2000);
  }
}`,
    },
    {
      name: 'a time limit of its own, beside a handler of the loss that empties the table',
      code: `export class Checker {
  private readonly asked = new Map<number, { done(ok: boolean): void; fail(error: Error): void }>();
  private count = 0;
  constructor(private readonly child: any) {
    child.on('message', ({ id, ok }: any) => {
      this.asked.get(id)?.done(ok);
      this.asked.delete(id);
    });
    child.on('exit', () => this.giveUp(new Error('gone')));
  }
  check(file: string) {
    const id = this.count++;
    return new Promise<boolean>((resolve, reject) => {
      setTimeout(() => reject(new Error('too slow')), 3000);
      this.asked.set(id, { done: resolve, fail: reject }); // leak cache/entry-left-after-completion
      this.child.send({ id, file });
    });
  }
  private giveUp(error: Error) {
    for (const { fail } of this.asked.values()) fail(error);
    this.asked.clear();
  }
}`,
    },
  ],
  [
    {
      name: 'an entry that leaves however the waiting ends',
      code: `import { withTimeout } from './time';
const open = new Map<number, (value: unknown) => void>();
let last = 0;
export function ask(port: MessagePort) {
  const id = ++last;
  const answer = new Promise((resolve) => open.set(id, resolve));
  port.postMessage(id);
  return withTimeout(answer, 500).finally(() => open.delete(id));
}
export function heard(id: number, value: unknown) {
  const resolve = open.get(id);
  open.delete(id);
  resolve?.(value);
}`,
    },
    {
      name: 'an entry that the handler of the failure takes out, on a condition',
      code: `import { withTimeout } from './time';
const open = new Map<number, (value: unknown) => void>();
let last = 0;
export async function ask(port: MessagePort) {
  const id = ++last;
  const answer = new Promise((resolve) => open.set(id, resolve));
  port.postMessage(id);
  try {
    return await withTimeout(answer, 500);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    open.delete(id);
    return undefined;
  }
}
export function heard(id: number, value: unknown) {
  const resolve = open.get(id);
  open.delete(id);
  resolve?.(value);
}`,
    },
    {
      name: 'a race with another answer',
      code: `const open = new Map<number, (value: unknown) => void>();
let last = 0;
export function ask(port: MessagePort, other: Promise<unknown>) {
  const id = ++last;
  const answer = new Promise((resolve) => open.set(id, resolve));
  port.postMessage(id);
  return Promise.race([answer, other]);
}
export function heard(id: number, value: unknown) {
  const resolve = open.get(id);
  open.delete(id);
  resolve?.(value);
}`,
    },
    {
      name: 'a table that a timer empties, too',
      code: `export class Checker {
  private readonly asked = new Map<number, (ok: boolean) => void>();
  private count = 0;
  private timer: NodeJS.Timeout;
  constructor(private readonly port: MessagePort) {
    port.onmessage = ({ data }) => {
      this.asked.get(data.id)?.(data.ok);
      this.asked.delete(data.id);
    };
    this.timer = setInterval(() => this.sweep(), 60_000);
  }
  check(file: string) {
    const id = this.count++;
    return new Promise<boolean>((resolve, reject) => {
      setTimeout(() => reject(new Error('too slow')), 3000);
      this.asked.set(id, resolve);
      this.port.postMessage({ id, file });
    });
  }
  private sweep() {
    this.asked.clear();
  }
  close() {
    clearInterval(this.timer);
  }
}`,
    },
  ],
);
