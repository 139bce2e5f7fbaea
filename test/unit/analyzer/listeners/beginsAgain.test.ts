import { samples } from '../expectLeaks';

samples(
  'handlers that each new beginning adds once more',
  [
    {
      name: 'another try after a failure, on the emitter of all tries',
      path: 'src/ask.js',
      code: `const { EventEmitter } = require('events');
module.exports = function ask(options) {
  const progress = new EventEmitter();
  let tries = 0;
  const get = (url) => {
    const call = transport(url);
    call.once('error', () => {
      if (++tries < 3) setTimeout(get, 100, url);
    });
    progress.on('request', (request) => { // leak listener/emitter-on
      request.once('connect', () => call.start());
    });
  };
  get(options.url);
  return progress;
};`,
    },
    {
      name: 'another try where it failed and when it closes, a handler where it did not',
      path: 'src/node.js',
      code: `module.exports = function begin(node) {
  const connect = () => {
    openLink(node.url, (error, link) => {
      if (error) {
        node.retry = setTimeout(connect, 1000);
      } else {
        link.onclose = () => connect();
        node.on('input', (text) => link.write(text)); // leak listener/emitter-on
      }
    });
  };
  connect();
};`,
    },
    {
      name: 'a connection that is made again when it closes, by another method',
      path: 'src/feed.js',
      code: `export class Feed {
  constructor(bus) {
    this.bus = bus;
    this.connect();
  }
  connect() {
    const link = openLink(this.url);
    this.bus.on('send', (text) => link.write(text)); // leak listener/emitter-on
    link.onclose = () => this.retry();
  }
  retry() { setTimeout(() => this.connect(), 1000); }
}`,
    },
  ],
  [
    {
      name: 'another try where it failed, a handler where it did not',
      path: 'src/node.js',
      code: `module.exports = function begin(node) {
  const connect = () => {
    openLink(node.url, (error, link) => {
      if (error) {
        node.retry = setTimeout(connect, 1000);
      } else {
        node.on('input', (text) => link.write(text));
      }
    });
  };
  connect();
};`,
    },
    {
      name: 'what is listened to is made anew as well',
      path: 'src/feed.js',
      code: `export class Feed {
  connect() {
    this.link = openLink(this.url);
    this.link.on('message', (text) => this.show(text));
    this.link.on('close', () => setTimeout(() => this.connect(), 1000));
  }
}`,
    },
    {
      name: 'taken off before it begins again',
      path: 'src/feed.js',
      code: `export class Feed {
  constructor(bus) { this.bus = bus; }
  connect() {
    const link = openLink(this.url);
    const send = (text) => link.write(text);
    this.bus.on('send', send);
    link.onclose = () => {
      this.bus.off('send', send);
      setTimeout(() => this.connect(), 1000);
    };
  }
}`,
    },
    {
      name: 'only once, by a flag that it sets',
      path: 'src/feed.js',
      code: `import { bus } from './bus';
let isListening = false;
let link;
export function connect() {
  link = openLink();
  if (!isListening) {
    bus.on('send', (text) => link.write(text));
    isListening = true;
  }
  link.onclose = () => setTimeout(connect, 1000);
}`,
    },
    {
      name: 'children of a tree, one after the other at once',
      path: 'src/tree.js',
      code: `import { bus } from './bus';
export function build(node) {
  node.children.forEach((child) => build(child));
}
build(root);`,
    },
    {
      name: 'the way back is a removal in a clean-up of its own, which may not run, of the same event',
      path: 'src/feed.js',
      code: `import { bus } from './bus';
let link;
export function connect() {
  link = openLink();
  bus.on('send', (text) => link.write(text));
  link.onclose = () => setTimeout(connect, 1000);
}
export function stop() { bus.removeAllListeners('send'); }`,
    },
  ],
);

samples(
  'handlers that each event adds about itself',
  [
    {
      name: 'an answer for who has asked, when the page is left',
      path: 'src/frames.js',
      code: `import page from './page';
const { messages } = page;
messages.on(messages.ASKED_EVENT, (message) => {
  if (message.command === 'move') page.on(page.EVENTS.leave, () => messages.answer(message.source)); // leak listener/emitter-on
});`,
    },
    {
      name: 'each socket of a server, on a store of the module',
      path: 'src/rooms.js',
      code: `import { server } from './server';
import { store } from './store';
server.on('connection', (socket) => {
  const name = nameOf(socket);
  store.on('change', (value) => socket.send(name, value)); // leak listener/emitter-on
});`,
    },
  ],
  [
    {
      name: 'taken off when the socket closes',
      path: 'src/rooms.js',
      code: `import { server } from './server';
import { store } from './store';
server.on('connection', (socket) => {
  const send = (value) => socket.send(value);
  store.on('change', send);
  socket.on('close', () => store.off('change', send));
});`,
    },
    {
      name: 'on what came with the event',
      path: 'src/rooms.js',
      code: `import { server } from './server';
server.on('connection', (socket) => {
  socket.on('message', (text) => socket.send(text));
});`,
    },
    {
      name: 'about nothing of the event, and once',
      path: 'src/rooms.js',
      code: `import { app } from './app';
import { store } from './store';
app.once('ready', (info) => {
  store.on('change', (value) => show(info, value));
});`,
    },
    {
      name: 'a promise for what the request carries',
      path: 'src/body.js',
      code: `import { server } from './server';
server.on('request', async (request, response) => {
  const body = await new Promise((resolve) => {
    request.on('end', () => resolve(request.body));
  });
  response.end(body);
});`,
    },
  ],
);
