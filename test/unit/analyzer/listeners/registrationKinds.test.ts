import { samples } from '../expectLeaks';

samples(
  'the kind of a registration that the words of the code tell',
  [
    {
      name: 'a DOM listener that each try adds once more',
      path: 'src/ask.js',
      code: `module.exports = function ask(options) {
  const progress = makeProgress();
  const get = (url) => {
    const call = transport(url);
    call.once('error', () => setTimeout(get, 100, url));
    progress.addEventListener('request', (event) => call.start(event)); // leak listener/dom-event-listener
  };
  get(options.url);
};`,
    },
    {
      name: 'one of an emitter beside it',
      path: 'src/ask.js',
      code: `module.exports = function ask(options) {
  const progress = makeProgress();
  const get = (url) => {
    const call = transport(url);
    call.once('error', () => setTimeout(get, 100, url));
    progress.on('request', (event) => call.start(event)); // leak listener/emitter-on
  };
  get(options.url);
};`,
    },
    {
      name: 'a DOM listener for one thing only',
      path: 'src/meeting.js',
      code: `export function Meeting(page) {
  this.page = page;
}
Meeting.prototype.addGuest = function (guest) {
  this.page.addEventListener('guestleft', (event) => { // leak listener/dom-event-listener
    if (event.detail !== guest) return;
    paint(guest);
  });
};`,
    },
    {
      name: 'a DOM listener that each event adds about itself',
      path: 'src/answer.js',
      code: `import { messages } from './messages';
import { page } from './page';
messages.on('ask', (message) => {
  page.addEventListener('leave', () => answer(message.from)); // leak listener/dom-event-listener
});`,
    },
    {
      name: 'a DOM listener whose event bears the name of the instance',
      path: 'src/row.ts',
      code: `export class Row {
  constructor(table: any, private readonly rowKey: string) {
    table.addEventListener(\`changed/\${this.rowKey}\`, (event) => this.show(event.detail)); // leak listener/dom-event-listener
  }
  show(value: unknown) {}
}`,
    },
    {
      name: 'a DOM listener that each call adds to what the first has made',
      path: 'src/search.js',
      code: `export class Search {
  show(done) {
    if (!this.panel) this.makePanel();
    this.panel.addEventListener('chosen', (event) => done(event.detail)); // leak listener/dom-event-listener
    this.panel.open();
  }
  makePanel() { this.panel = this.host.makePanel('search'); }
}`,
    },
    {
      name: 'a DOM listener that the counterpart leaves',
      path: 'src/host.js',
      code: `import { createServer } from 'node:net';
module.exports = (host) => {
  const api = {};
  let server = null;
  api.start = () => {
    server = createServer();
    const send = (event) => server.emit('line', event.detail);
    host.addEventListener('line', send); // leak listener/dom-event-listener
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
      name: 'a DOM listener that a callback leaves when it returns early',
      code: `import { page } from './page';
import { store } from './store';
export function read(id: string, callback: (error: Error | null, item?: object) => void): void {
  const seen: object[] = [];
  const note = (event: CustomEvent) => {
    seen.push(event.detail);
  };
  page.addEventListener('change-' + id, note); // leak listener/dom-event-listener
  store.get(id, (error, item) => {
    if (error) return callback(error);
    page.removeEventListener('change-' + id, note);
    callback(null, seen.pop() ?? item);
  });
}`,
    },
    {
      name: 'a listener of a signal, by what is known of the receiver',
      path: 'src/meeting.js',
      code: `export class Meeting {
  constructor() {
    this.controller = new AbortController();
  }
  addGuest(guest) {
    this.controller.signal.addEventListener('abort', (event) => { // leak listener/abort-on-caller-signal
      if (event.detail !== guest) return;
      paint(guest);
    });
  }
}`,
    },
  ],
  [
    {
      name: 'a DOM listener for one thing only that is taken off',
      path: 'src/meeting.js',
      code: `export function Meeting(page) {
  this.page = page;
}
Meeting.prototype.addGuest = function (guest) {
  this.page.addEventListener('guestleft', (event) => {
    if (event.detail !== guest) return;
    paint(guest);
  });
};
Meeting.prototype.forget = function (fn) {
  this.page.removeEventListener('guestleft', fn);
};`,
    },
  ],
);
