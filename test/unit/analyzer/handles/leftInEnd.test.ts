import { samples } from '../expectLeaks';

samples(
  'handle/chokidar-watcher',
  [
    {
      name: 'an end that is returned in an object',
      code: `import { createServer } from 'node:http';
import chokidar from 'chokidar';
export async function serve(folder: string, port: number) {
  const server = createServer((request, response) => response.end());
  const watcher = chokidar.watch(folder); // leak handle/chokidar-watcher
  watcher.on('change', (file) => console.log(file));
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return {
    port,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}`,
    },
  ],
  [
    {
      name: 'both ended',
      code: `import { createServer } from 'node:http';
import chokidar from 'chokidar';
export async function serve(folder: string, port: number) {
  const server = createServer((request, response) => response.end());
  const watcher = chokidar.watch(folder);
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return {
    stop() {
      server.close();
      return watcher.close();
    },
  };
}`,
    },
    {
      name: 'handed back beside the end',
      code: `import { createServer } from 'node:http';
import chokidar from 'chokidar';
export function serve(folder: string, port: number) {
  const server = createServer((request, response) => response.end()).listen(port);
  const watcher = chokidar.watch(folder);
  return { watcher, stop: () => server.close() };
}`,
    },
    {
      name: 'given to somebody who ends it',
      code: `import { createServer } from 'node:http';
import chokidar from 'chokidar';
import { track } from './tracked';
export function serve(folder: string, port: number) {
  const server = createServer((request, response) => response.end()).listen(port);
  const watcher = chokidar.watch(folder);
  track(watcher);
  return { stop: () => server.close() };
}`,
    },
  ],
);

samples(
  'handle/event-source',
  [
    {
      name: 'a clean-up function of a factory',
      code: `export function follow(url: string, show: (text: string) => void) {
  const source = new EventSource(url); // leak handle/event-source
  const timer = setInterval(() => show('still here'), 60000);
  source.onmessage = (event) => show(event.data);
  return () => {
    clearInterval(timer);
  };
}`,
    },
    {
      name: 'the teardown of a stream',
      code: `import { Observable } from 'rxjs';
export function news(url: string) {
  return new Observable<string>((observer) => {
    const source = new EventSource(url); // leak handle/event-source
    const channel = new BroadcastChannel('news');
    source.onmessage = (event) => {
      channel.postMessage(event.data);
      observer.next(event.data);
    };
    return () => channel.close();
  });
}`,
    },
  ],
  [
    {
      name: 'ended by a helper',
      code: `export function follow(url: string, show: (text: string) => void) {
  const source = new EventSource(url);
  const timer = setInterval(() => show('still here'), 60000);
  const silence = () => source.close();
  return () => {
    clearInterval(timer);
    silence();
  };
}`,
    },
    {
      name: 'it ends itself by what it is told',
      code: `export function follow(url: string, show: (text: string) => void) {
  const source = new EventSource(url);
  const timer = setInterval(() => show('still here'), 60000);
  source.onmessage = (event) => {
    if (event.data === 'end') source.close();
    else show(event.data);
  };
  return () => clearInterval(timer);
}`,
    },
    {
      name: 'kept where others find it',
      code: `const open = new Map<string, EventSource>();
export function follow(url: string, show: (text: string) => void) {
  const source = new EventSource(url);
  open.set(url, source);
  const timer = setInterval(() => show('still here'), 60000);
  return () => {
    clearInterval(timer);
    open.get(url)?.close();
    open.delete(url);
  };
}`,
    },
  ],
);

samples(
  'handle/redis-client',
  [
    {
      name: 'an end that stops the use and closes nothing',
      code: `import Redis from 'ioredis';
const main = new Redis();
export function follow(channel: string, show: (text: string) => void) {
  const reader = main.duplicate(); // leak handle/redis-client
  void reader.subscribe(channel);
  reader.on('message', (_name, text) => show(text));
  return async () => {
    await reader.unsubscribe(channel);
  };
}`,
    },
  ],
  [
    {
      name: 'unsubscribed and closed',
      code: `import Redis from 'ioredis';
const main = new Redis();
export function follow(channel: string, show: (text: string) => void) {
  const reader = main.duplicate();
  void reader.subscribe(channel);
  reader.on('message', (_name, text) => show(text));
  return async () => {
    await reader.unsubscribe(channel);
    reader.disconnect();
  };
}`,
    },
  ],
);

samples(
  'handle/fs-watch',
  [
    {
      name: 'made for a connection whose end forgets it',
      code: `import fs from 'node:fs';
export function serve(server, file: string) {
  server.on('connection', (socket) => {
    const beat = setInterval(() => socket.ping(), 10000);
    const watcher = fs.watch(file, () => socket.send('changed')); // leak handle/fs-watch
    watcher.on('error', () => socket.close());
    socket.on('close', () => clearInterval(beat));
  });
}`,
    },
  ],
  [
    {
      name: 'ended with the connection',
      code: `import fs from 'node:fs';
export function serve(server, file: string) {
  server.on('connection', (socket) => {
    const beat = setInterval(() => socket.ping(), 10000);
    const watcher = fs.watch(file, () => socket.send('changed'));
    socket.on('close', () => {
      clearInterval(beat);
      watcher.close();
    });
  });
}`,
    },
  ],
);
