import { samples } from '../expectLeaks';

const client = (made: string, closed: string, answered = ''): string => `import { Link } from './link';
export function connectTo(url: string) {
  const asked = new Map<string, { resolve(value: unknown): void; reject(error: Error): void }>();
  let link: any;
  function begin() {
    link = ${made};
    link.on('message', (text: string) => {
      const { id, value } = JSON.parse(text);
      asked.get(id)?.resolve(value);
      asked.delete(id);
    });
    link.on('close', () => {
      ${closed}
    });
  }
  begin();
  return {
    ask(question: string) {
      const id = crypto.randomUUID();
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject });${answered}
        link.send(JSON.stringify({ id, question }));
      });
    },
  };
}`;
const marked = ' // leak cache/pending-requests';

samples(
  'requests that wait on a connection which comes back',
  [
    {
      name: 'a connection that the handler of its loss makes anew, in time',
      code: client('new Link(url)', 'setTimeout(begin, 1000);', marked),
    },
    {
      name: 'a connection that the handler of its loss makes anew, at once',
      code: client('new Link(url)', "console.warn('lost'); begin();", marked),
    },
    {
      name: 'a connection that makes itself anew',
      code: `import ReconnectingSocket from './reconnecting';
const socket = new ReconnectingSocket('wss://feed');
const asked: Record<string, (value: unknown) => void> = {};
socket.addEventListener('message', ({ data }) => {
  const { id, value } = JSON.parse(data);
  const answer = asked[id];
  delete asked[id];
  answer?.(value);
});
export function ask(question: string) {
  return new Promise((resolve) => {
    const id = crypto.randomUUID();
    asked[id] = resolve; // leak cache/pending-requests
    socket.send(JSON.stringify({ id, question }));
  });
}`,
    },
  ],
  [
    {
      name: 'what waits is refused when the connection is lost',
      code: client(
        'new Link(url)',
        "for (const { reject } of asked.values()) reject(new Error('lost')); asked.clear(); setTimeout(begin, 1000);",
      ),
    },
    {
      name: 'what waits is sent again, unless there is too much of it',
      code: client(
        'new Link(url)',
        'begin(); if (asked.size < 100) for (const id of asked.keys()) link.send(JSON.stringify({ id }));',
      ),
    },
    {
      name: 'a connection that does not come back',
      code: client('new Link(url)', "console.warn('lost');"),
    },
    {
      name: 'others are told of the loss, and may let it go',
      code: client('new Link(url)', "link.emit('lost'); setTimeout(begin, 1000);"),
    },
    {
      name: 'each of them has a time limit',
      code: client('new Link(url)', 'setTimeout(begin, 1000);', '\n        setTimeout(() => asked.delete(id), 5000);'),
    },
    {
      name: 'who asks takes it out, however the waiting ends',
      code: client('new Link(url)', 'setTimeout(begin, 1000);').replace(
        /return new Promise([\s\S]*?\n {6}\}\));/,
        'return new Promise$1.finally(() => asked.delete(id));',
      ),
    },
  ],
);
