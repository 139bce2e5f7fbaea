/** What lives as long as the page or the process: what ends itself with them only, and what is told of once. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles } from './expectLeaks';

const severityOf = (code: string, path?: string): string | undefined => findingsOf(code, path)[0]?.severity;
/** Of the first file, in a program of these. */
const severityIn = (code: string, others: Readonly<Record<string, string>> = {}): string | undefined =>
  findingsOfFiles({ 'src/rooms.ts': code, ...others })[0]?.findings[0]?.severity;

describe('what a teardown leaves that only the end of the program calls', () => {
  const rooms = (begin: string, more = ''): string => `export class Rooms {
  constructor() {
    this.timer = setInterval(() => this.note(Date.now()), 1000);
    ${begin}
  }
  note(data: unknown) {
    this.last = data;
  }
  close() {
    this.last = null;
    this.pending.clear();
  }
  ${more}
}`;
  const ends: Readonly<Record<string, string>> = {
    'a function of its own': "window.addEventListener('beforeunload', () => {\n      this.close();\n    });",
    'the method itself': "addEventListener('pagehide', this.close.bind(this));",
    'a property': 'window.onunload = () => this.close();',
    'a signal': "process.once('SIGTERM', () => this.close());",
  };
  for (const [name, begin] of Object.entries(ends))
    it(`weighs little by ${name}`, () => assert.equal(severityIn(rooms(begin)), 'low'));
  it('weighs little by a method in between', () =>
    assert.equal(
      severityIn(
        rooms("window.addEventListener('beforeunload', () => this.leave());", 'leave() {\n    this.close();\n  }'),
      ),
      'low',
    ));

  const others: Readonly<Record<string, string>> = {
    'nobody here': rooms(''),
    'an event that comes again': rooms("window.addEventListener('blur', () => this.close());"),
    'the end of another process': rooms("this.child.on('exit', () => this.close());"),
    'the end of the page of a frame': rooms("this.frame.addEventListener('unload', () => this.close());"),
    'a method, too': rooms(
      "window.addEventListener('beforeunload', () => this.close());",
      'leave() {\n    this.close();\n  }',
    ),
    'a method on a condition, too': rooms(
      "window.addEventListener('beforeunload', () => this.close());",
      'leave(room: string) {\n    if (room === this.room) return this.close();\n    this.room = room;\n  }',
    ),
  };
  for (const [name, code] of Object.entries(others))
    it(`weighs as ever where it is called by ${name}`, () => assert.equal(severityIn(code), 'medium'));

  const atEnd = rooms("window.addEventListener('beforeunload', () => this.close());");
  const madeBy = (code: string): Readonly<Record<string, string>> => ({
    'src/main.ts': `import { Rooms } from './rooms';\n${code}\n`,
  });
  it('weighs little where another file makes one', () =>
    assert.equal(severityIn(atEnd, madeBy('const rooms = new Rooms();\nconsole.log(rooms);')), 'low'));
  const elsewhere: Readonly<Record<string, string>> = {
    'ends it': 'export function open() {\n  const rooms = new Rooms();\n  return () => rooms.close();\n}',
    'may end it': 'export const swap = (old, keep) => {\n  if (!keep) old.close();\n  return new Rooms();\n};',
    'makes one for each event': "document.addEventListener('click', () => new Rooms());",
  };
  for (const [name, code] of Object.entries(elsewhere))
    it(`weighs as ever where another file ${name}`, () => assert.notEqual(severityIn(atEnd, madeBy(code)), 'low'));
  it('weighs as ever where a function gives one to who asks for it', () =>
    assert.notEqual(
      severityIn(atEnd.replace('export ', '') + '\nexport const openRooms = () => new Rooms();\n'),
      'low',
    ));
  const feed = (use: string): string => `import { createServer } from 'node:http';
class Feed {
  constructor(reply) {
    this.timer = setInterval(() => reply.write('.'), 1000);
    process.once('SIGTERM', () => this.close());
  }
  close() {
    this.reply = undefined;
  }
}
${use}
`;
  it('weighs as ever where each request makes one', () =>
    assert.equal(severityIn(feed('createServer((request, reply) => {\n  new Feed(reply);\n}).listen(80);')), 'high'));
  it('weighs little where the program makes one', () =>
    assert.equal(severityIn(feed('new Feed(process.stdout);')), 'low'));
});

describe('what the constructor makes beside a connection', () => {
  const link = (
    made: string,
    connect: string,
    end = 'disconnect',
    begin = 'connect',
  ): string => `export class Link extends Base {
  constructor() {
    super();
    ${made}
  }
  ${begin}() {
    this.socket = dial(this.url);
    ${connect}
  }
  ${end}() {
    this.socket.end();
    this.socket = null;
  }
  beat() {
    return this.socket?.ping();
  }
}`;
  const beat = 'this.timer = setInterval(() => this.beat(), 5000);';
  it('stays for the next one', () => assert.equal(severityOf(link(beat, '')), 'low'));
  it('stays by way of a method', () =>
    assert.equal(
      severityOf(link('this.begin();', '').replace('  beat()', `  begin() {\n    ${beat}\n  }\n  beat()`)),
      'low',
    ));

  it('is forgotten if each connection makes it', () => assert.equal(severityOf(link('', beat)), 'medium'));
  it('is forgotten if a connection makes it on a condition', () =>
    assert.equal(severityOf(link('', `if (this.slow) ${beat}`)), 'medium'));
  it('is forgotten if nothing connects again', () =>
    assert.equal(severityOf(link(beat, '', 'disconnect', 'read')), 'medium'));
  it('is forgotten by an end for good', () => assert.equal(severityOf(link(beat, '', 'destroy')), 'high'));
});

describe('what begins when a worker of the page is there', () => {
  const refresh = 'setInterval(() => worker.update(), 3_600_000);';
  const shown = (code: string): readonly string[] => findingsOf(code, 'src/worker.ts').map(({ severity }) => severity);
  const registers = (handler: string): string =>
    `import { register } from './register';\nregister({\n  ${handler}\n});\n`;
  it('begins once where it is registered once', () => {
    assert.deepEqual(shown(registers(`onRegistered(worker) {\n    ${refresh}\n  },`)), []);
    assert.deepEqual(shown(registers(`onRegisteredSW: (url, worker) => {\n    ${refresh}\n  },`)), []);
  });
  it('begins once where the module of the call tells of such workers', () =>
    assert.deepEqual(
      shown(
        `import { register } from 'virtual:pwa-register';\nregister({\n  onRegistered: (it) => {\n    setInterval(() => it.update(), 3_600_000);\n  },\n});\n`,
      ),
      [],
    ));
  const keeps = (handler: string): string =>
    `import { openRegistry } from 'registry';\nexport const registry = openRegistry({\n  ${handler}\n});\n`;
  it('begins again for each of what else is registered', () => {
    assert.notDeepEqual(shown(keeps(`onRegistered(device) {\n    setInterval(() => device.ping(), 1000);\n  },`)), []);
    assert.notDeepEqual(
      shown(keeps(`onRegistered: (user) => {\n    if (user.isNew) process.on('message', () => user.tell());\n  },`)),
      [],
    );
  });
  it('begins once when it has been installed', () =>
    assert.deepEqual(
      shown(
        `navigator.serviceWorker.register('/worker.js').then((worker) => {\n  worker.installing.addEventListener('statechange', ({ target }) => {\n    if (target.state === 'activated') ${refresh}\n  });\n});\n`,
      ),
      [],
    ));

  it('begins again where it is registered again', () =>
    assert.notDeepEqual(
      shown(
        `import { register } from './register';\nwindow.addEventListener('focus', () => {\n  register({\n    onRegistered(worker) {\n      ${refresh}\n    },\n  });\n});\n`,
      ),
      [],
    ));
  it('begins again each time that a player changes its state', () =>
    assert.notDeepEqual(
      shown(
        `context.addEventListener('statechange', () => {\n  if (context.state === 'running') setInterval(() => worker.update(), 1000);\n});\n`,
      ),
      [],
    ));
  it('begins again each time that it is changed', () =>
    assert.notDeepEqual(shown(registers(`onChanged(worker) {\n    ${refresh}\n  },`)), []));
});
