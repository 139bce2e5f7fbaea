import { samples } from '../expectLeaks';

samples(
  'entries that are answered and stay',
  [
    {
      name: 'an answer, where only the timeout takes it out',
      code: `export class Rpc {
  private readonly acks = new Map<number, (data: unknown) => void>();
  private ids = 0;
  call(send: (id: number) => void, ack: (data: unknown) => void) {
    const id = this.ids++;
    this.acks.set(id, ack); // leak cache/entry-left-after-completion
    setTimeout(() => {
      if (this.acks.delete(id)) ack(new Error('timeout'));
    }, 5000);
    send(id);
  }
  onAnswer(id: number, data: unknown) {
    const ack = this.acks.get(id);
    if (ack) ack(data);
  }
}`,
    },
    {
      name: 'an error answers, and leaves it',
      code: `const requests = new Map();
export function request(requestId, send) {
  return new Promise((resolve, reject) => {
    requests.set(requestId, { resolve, reject }); // leak cache/entry-left-after-completion
    send(requestId);
  });
}
export function onMessage(message) {
  const entry = requests.get(message.requestId);
  requests.delete(message.requestId);
  entry.resolve(message.data);
}
export function onFault(message) {
  const { reject } = requests.get(message.requestId);
  reject(message.error);
}`,
    },
    {
      name: 'a resolver of a record, never taken out',
      code: `export class Worker {
  constructor(port) {
    this.inFlight = {};
    port.onmessage = ({ data }) => {
      const entry = this.inFlight[data.jobId];
      if (entry) entry.deferred.resolve(data.result);
    };
  }
  start(jobId, deferred) {
    this.inFlight[jobId] = { deferred, at: Date.now() }; // leak cache/entry-left-after-completion
  }
}`,
    },
  ],
  [
    {
      name: 'taken out by who calls',
      code: `export class Rpc {
  private readonly pending = new Map<string, { resolve(data: unknown): void }>();
  call(requestId: string, send: (id: string) => void) {
    return new Promise((resolve) => {
      this.pending.set(requestId, { resolve });
      send(requestId);
    });
  }
  private answer(requestId: string, data: unknown) {
    this.pending.get(requestId)?.resolve(data);
  }
  onMessage(message: { requestId: string; data: unknown }) {
    this.answer(message.requestId, message.data);
    this.pending.delete(message.requestId);
  }
}`,
    },
    {
      name: 'taken out when the promise settles',
      code: `export class Rpc {
  private readonly pending = new Map<string, { resolve(data: unknown): void }>();
  async call(requestId: string, send: (id: string) => void) {
    try {
      return await new Promise((resolve) => {
        this.pending.set(requestId, { resolve });
        send(requestId);
      });
    } finally {
      this.pending.delete(requestId);
    }
  }
  onMessage(message: { requestId: string; data: unknown }) {
    this.pending.get(message.requestId)?.resolve(message.data);
  }
}`,
    },
    {
      name: 'replaced by a new one',
      code: `export class Players {
  private readonly players = new Map<string, { destroy(): void }>();
  open(id: string, make: () => { destroy(): void }) {
    this.players.get(id)?.destroy();
    this.players.set(id, make());
  }
  close(id: string) {
    this.players.get(id)?.destroy();
    this.players.delete(id);
  }
}`,
    },
  ],
);
