import { samples } from '../expectLeaks';

const effect = (again: string, keep: string, mark = '') => `import { useEffect } from 'react';
export function useFeed(room: string, tell: (text: string) => void) {
  useEffect(() => {
    let over = false;
    let last: WebSocket | undefined;
    const connect = () => {
      const socket = new WebSocket('wss://example.org/' + room);${mark}
      socket.onmessage = (event) => tell(event.data);
      socket.onclose = () => {
        if (over) return;
        ${again}
      };
      return socket;
    };
    ${keep}
  }, [room, tell]);
}`;
const first = 'const socket = connect();\n    return () => {\n      over = true;\n      socket.close();\n    };';
const latest = 'last = connect();\n    return () => {\n      over = true;\n      last?.close();\n    };';

const source = (again: string, mark = '') => `export class News {
  #source: EventSource | undefined;
  start() {
    this.#source = this.#open();
  }
  #open() {
    const source = new EventSource('/news');${mark}
    source.addEventListener('moved', () => ${again});
    return source;
  }
  stop() {
    this.#source?.close();
  }
}
export const news = () => new News();`;

samples(
  'what is opened again for nobody',
  [
    { name: 'by a timer', code: effect('setTimeout(connect, 1000);', first, ' // leak handle/websocket') },
    {
      name: 'by a call in a timer',
      code: effect('setTimeout(() => connect(), 1000);', first, ' // leak handle/websocket'),
    },
    { name: 'by the handler itself', code: effect('connect();', first, ' // leak handle/websocket') },
  ],
  [
    { name: 'the latest kept by the timer', code: effect('setTimeout(() => { last = connect(); }, 1000);', latest) },
    { name: 'the latest kept by the handler', code: effect('last = connect();', latest) },
    { name: 'nothing opened again', code: effect('tell(room);', first) },
    {
      name: 'each of them closes itself when it is over',
      code: effect('setTimeout(connect, 1000);', first).replace(
        'socket.onmessage',
        'socket.onopen = () => {\n        if (over) socket.close();\n      };\n      socket.onmessage',
      ),
    },
    {
      name: 'one of the page, which goes with it',
      code: `const connect = () => {
  const socket = new WebSocket('wss://example.org');
  socket.onclose = () => setTimeout(connect, 1000);
  return socket;
};
const socket = connect();
window.addEventListener('beforeunload', () => socket.close());
export {};`,
    },
  ],
);

samples(
  'what a method opens again',
  [],
  [{ name: 'where the field gets it', code: source('{ this.#source?.close(); this.#source = this.#open(); }') }],
);
