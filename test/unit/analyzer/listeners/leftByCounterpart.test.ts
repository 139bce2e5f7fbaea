import { samples } from '../expectLeaks';

samples(
  'Functions that undo each other by their names or events, and leave a handler',
  [
    {
      name: 'start and stop of a module that is given its host',
      code: `import { createServer } from 'node:net';
module.exports = (host) => {
  const api = {};
  let server = null;
  api.start = () => {
    server = createServer();
    const send = (line) => server.emit('line', line);
    host.on('line', send); // leak listener/emitter-on
    server.listen(80);
  };
  api.stop = () => {
    server.close();
    server = null;
  };
  return api;
};`,
    },
    {
      name: 'two exported functions of one client',
      code: `export function subscribeTo(client: any, channel: string, handler: (text: string) => void) {
  client.subscribe(channel);
  client.on('message', (from: string, text: string) => { // leak listener/emitter-on
    if (from === channel) handler(text);
  });
}
export function unsubscribeTo(client: any, channel: string) {
  client.unsubscribe(channel);
}`,
    },
    {
      name: 'handlers of the two events of a view',
      code: `import { player } from './player';
import { keys } from './keys';
export default function (view) {
  const onKey = (event) => view.scroll(event);
  const onStop = () => view.reload();
  view.addEventListener('pageshow', () => {
    keys.on('down', onKey);
    player.on('stop', onStop); // leak listener/emitter-on
  });
  view.addEventListener('pagebeforehide', () => {
    keys.off('down', onKey);
  });
}`,
    },
  ],
  [
    {
      name: 'taken off by the counterpart, or with its receiver',
      code: `import { createServer } from 'node:net';
module.exports = (host) => {
  const api = {};
  let server = null;
  let send = null;
  api.start = () => {
    server = createServer();
    send = (line) => server.emit('line', line);
    host.on('line', send);
    server.on('error', () => send('bad'));
    server.listen(80);
  };
  api.stop = () => {
    if (send) host.off('line', send);
    server.close();
    server = null;
  };
  return api;
};`,
    },
    {
      name: 'a counterpart that ends nothing of it, or something else',
      code: `import { createServer } from 'node:net';
module.exports = (host, log) => {
  const api = {};
  let running = false;
  api.start = () => {
    running = true;
    host.on('line', (line) => running && log(line));
  };
  api.stop = () => {
    running = false;
  };
  api.open = (other) => {
    other.on('line', (line) => log(line));
  };
  api.close = () => log.end();
  return api;
};`,
    },
    {
      name: 'once for all times, by a mark or in its own end',
      code: `import { createServer } from 'node:net';
module.exports = (host) => {
  const api = {};
  let server = null;
  let bound = false;
  api.start = () => {
    server = createServer();
    if (!bound) {
      bound = true;
      host.on('line', (line) => server && server.emit('line', line));
    }
    server.listen(80);
  };
  api.stop = () => {
    server.close();
    server = null;
  };
  return api;
};`,
    },
  ],
);
