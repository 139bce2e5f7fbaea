import { samples } from '../expectLeaks';

samples(
  'what only the failure of a connection ends',
  [
    {
      name: 'an interval, and a listener on what all share',
      code: `import { EventEmitter } from 'node:events';
import type { WebSocketServer } from 'ws';
export const news = new EventEmitter();
export function serve(server: WebSocketServer) {
  server.on('connection', (client) => {
    const beat = setInterval(() => client.ping(), 1000); // leak listener/interval
    const forward = (text: string) => client.send(text);
    news.on('line', forward); // leak listener/emitter-on
    client.on('error', () => {
      clearInterval(beat);
      news.off('line', forward);
    });
    client.on('close', () => console.log('gone'));
  });
}`,
    },
    {
      name: 'by private methods of a session',
      code: `import net from 'node:net';
class Session {
  private readonly beat: NodeJS.Timeout;
  constructor(private readonly socket: net.Socket) {
    this.beat = setInterval(() => this.socket.write('.'), 1000); // leak listener/interval
    this.socket.on('error', () => this.fail());
    this.socket.on('close', () => this.gone());
  }
  private fail() {
    clearInterval(this.beat);
    this.socket.destroy();
  }
  private gone() {
    console.log('gone');
  }
}
net.createServer((socket) => new Session(socket)).listen(8080);`,
    },
    {
      name: 'handlers in properties',
      code: `export function follow(url: string, show: (text: string) => void) {
  const source = new WebSocket(url);
  let beat: number | undefined;
  source.onopen = () => {
    beat = window.setInterval(() => source.send('ping'), 1000); // leak listener/interval
  };
  source.onmessage = (event) => show(event.data);
  source.onerror = () => clearInterval(beat);
  source.onclose = () => show('closed');
  return () => source.close();
}`,
    },
  ],
  [
    {
      name: 'both ends do it',
      code: `import type { WebSocketServer } from 'ws';
export function serve(server: WebSocketServer) {
  server.on('connection', (client) => {
    const beat = setInterval(() => client.ping(), 1000);
    const stop = () => clearInterval(beat);
    client.on('error', stop);
    client.on('close', () => {
      stop();
      console.log('gone');
    });
  });
}`,
    },
    {
      name: 'the ordinary end asks first whether it runs',
      code: `import type { WebSocketServer } from 'ws';
export function serve(server: WebSocketServer) {
  server.on('connection', (client) => {
    const beat = setInterval(() => client.ping(), 1000);
    client.on('error', () => clearInterval(beat));
    client.on('close', () => {
      if (beat) clearInterval(beat);
    });
  });
}`,
    },
    {
      name: 'who has the session may end it as well',
      code: `export class Session {
  private readonly beat: NodeJS.Timeout;
  constructor(private readonly socket: any) {
    this.beat = setInterval(() => this.socket.write('.'), 1000);
    this.socket.on('error', () => this.rest());
    this.socket.on('close', () => console.log('gone'));
  }
  rest() {
    clearInterval(this.beat);
  }
}`,
    },
    {
      name: 'its own tick ends it',
      code: `import type { WebSocketServer } from 'ws';
export function serve(server: WebSocketServer) {
  server.on('connection', (client) => {
    const beat = setInterval(() => {
      if (client.readyState > 1) clearInterval(beat);
      else client.ping();
    }, 1000);
    client.on('error', () => clearInterval(beat));
    client.on('close', () => console.log('gone'));
  });
}`,
    },
    {
      name: 'listeners on the connection itself go with it',
      code: `import type { Readable } from 'node:stream';
export function readAll(source: Readable) {
  return new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = [];
    source.on('data', (part) => parts.push(part));
    source.on('end', () => resolve(Buffer.concat(parts)));
    source.on('error', (error) => {
      source.removeAllListeners('end');
      reject(error);
    });
  });
}`,
    },
  ],
);
