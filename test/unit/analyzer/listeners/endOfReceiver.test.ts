import { samples } from '../expectLeaks';

samples(
  'listener/emitter-on',
  [
    {
      name: 'an event that comes again and again',
      code: `import { EventEmitter } from 'node:events';\nimport { Browser } from './browser';\nexport class Server {\n  private sockets: { end(): void }[] = [];\n  constructor(browser: EventEmitter) {\n    browser.on(Browser.Events.PageOpened, () => this.draw()); // hint listener/emitter-on\n  }\n  draw() {}\n  close() {\n    for (const socket of this.sockets) socket.end();\n  }\n}`,
    },
  ],
  [
    {
      name: 'the end of what it is registered on, by a constant, ends the owner too',
      code: `import { EventEmitter } from 'node:events';\nimport { Browser } from './browser';\nexport class Server {\n  private sockets: { end(): void }[] = [];\n  constructor(browser: EventEmitter) {\n    browser.on(Browser.Events.Disconnected, () => this.close());\n  }\n  close() {\n    for (const socket of this.sockets) socket.end();\n  }\n}`,
    },
  ],
);
