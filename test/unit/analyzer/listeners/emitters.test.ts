import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles, samples } from '../expectLeaks';

samples(
  'listener/emitter-on',
  [
    {
      name: 'a listener on a module emitter per call',
      code: `import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\nexport function handle(send: () => void) {\n  bus.on('done', () => send()); // leak listener/emitter-on\n}`,
    },
    {
      name: 'a listener on process per call',
      code: `export function run(work: () => void) {\n  process.on('message', () => work()); // leak listener/emitter-on\n}`,
    },
    {
      name: 'an injected emitter that the teardown forgets',
      code: `import { EventEmitter } from 'events';
export class View {
  constructor(private readonly bus: EventEmitter) {
    this.bus.on('change', () => this.draw()); // leak listener/emitter-on
  }
  draw() {}
  dispose() {
    this.draw();
  }
}`,
    },
    {
      name: 'a listener on an injected emitter for each request',
      code: `import { EventEmitter } from 'events';
export class Client {
  constructor(private readonly socket: EventEmitter) {}
  request(id: string) {
    return new Promise((resolve) => {
      this.socket.on('data', (data) => resolve(data)); // leak listener/emitter-on
    });
  }
}`,
    },
    {
      name: 'a removal with a new function',
      code: `import { EventEmitter } from 'events';
const bus = new EventEmitter();
export class View {
  open() {
    bus.on('change', () => this.draw()); // leak listener/emitter-on
  }
  close() {
    bus.off('change', () => this.draw());
  }
  draw() {}
}`,
    },
  ],
  [
    {
      name: 'an emitter created here',
      code: `import { EventEmitter } from 'events';\nexport function make() { const e = new EventEmitter(); e.on('x', () => {}); return e; }`,
    },
    {
      name: 'its own emitter',
      code: `import { EventEmitter } from 'events';\nexport class A extends EventEmitter { constructor() { super(); this.on('x', () => {}); } destroy() { console.log(1); } }`,
    },
    {
      name: 'a child process started here',
      code: `import { spawn } from 'child_process';\nexport function run() { const c = spawn('ls'); c.on('exit', () => {}); }`,
    },
    {
      name: 'a socket of the caller',
      code: `import type { Socket } from 'net';\nexport function attach(socket: Socket) { socket.on('data', () => {}); }`,
    },
    {
      name: 'removal by name',
      code: `import { EventEmitter } from 'events';\nconst bus = new EventEmitter();\nexport function once(done: () => void) { const on = () => { bus.removeListener('x', on); done(); }; bus.on('x', on); }`,
    },
    {
      name: 'a wrapper that takes off all of an event',
      code: `import { EventEmitter } from 'events';\nexport class V { constructor(private bus: EventEmitter) { bus.on('x', () => {}); } dispose() { this.bus.removeListeners('x'); } }`,
    },
    {
      name: 'removeAllListeners',
      code: `import { EventEmitter } from 'events';\nexport class V { constructor(private bus: EventEmitter) { bus.on('x', () => {}); } dispose() { this.bus.removeAllListeners('x'); } }`,
    },
    {
      name: 'an on of an unknown class',
      code: `export class V { constructor(private grid: Grid) { this.grid.on('x', () => {}); } dispose() { console.log(1); } }`,
    },
    { name: 'signals handled at module level', code: `process.on('SIGINT', () => process.exit());` },
    {
      name: 'delegation',
      code: `import { EventEmitter } from 'events';\nconst bus = new EventEmitter();\nexport function on(event: string, handler: () => void) { bus.on(event, handler); }`,
    },
  ],
);

describe('listener/emitter-on on what a class is given', () => {
  const severityOf = (body: string): string | undefined =>
    findingsOf(
      `import { EventEmitter } from 'events';\nexport class P {\n  constructor(private readonly source: EventEmitter) {\n    ${body}\n  }\n  read() {}\n  dispose() { this.read(); }\n}\nexport const serve = (http: Http) => http.on('request', (bus) => new P(bus));`,
    )[0]?.severity;
  it('weighs less where the class listens for the end of it', () => {
    assert.equal(severityOf("this.source.on('data', () => this.read());"), 'medium');
    assert.equal(
      severityOf("this.source.on('data', () => this.read());\n    this.source.on('close', () => this.dispose());"),
      'low',
    );
  });
  it('is silent where the class ends it', () => {
    assert.equal(
      severityOf("this.source.on('data', () => this.read());\n  }\n  stop() {\n    this.source.destroy();"),
      undefined,
    );
  });
});

describe('listener/emitter-on across files', () => {
  const bus = `import { EventEmitter } from 'events';\nexport const bus = new EventEmitter();`;
  const user = (from: string): string =>
    `import { bus } from '${from}';\nexport function handle(send: () => void) {\n  bus.on('done', () => send());\n}`;
  const linesOf = (files: Readonly<Record<string, string>>, path: string): readonly string[] =>
    (findingsOfFiles(files).find((file) => file.path === path)?.findings ?? []).map(
      (finding) => `${finding.range.startLine + 1} ${finding.kind}`,
    );

  it('reports a listener on an emitter that another file exports', () => {
    assert.deepEqual(linesOf({ 'src/bus.ts': bus, 'src/user.ts': user('./bus') }, 'src/user.ts'), [
      '3 listener/emitter-on',
    ]);
  });
  it('follows a barrel', () => {
    assert.deepEqual(
      linesOf(
        { 'src/core/bus.ts': bus, 'src/core/index.ts': "export * from './bus';", 'src/user.ts': user('./core') },
        'src/user.ts',
      ),
      ['3 listener/emitter-on'],
    );
  });
  it('is silent when the export is no emitter, or its file is not there', () => {
    assert.deepEqual(
      linesOf({ 'src/bus.ts': 'export const bus = new Map();', 'src/user.ts': user('./bus') }, 'src/user.ts'),
      [],
    );
    assert.deepEqual(linesOf({ 'src/user.ts': user('./bus') }, 'src/user.ts'), []);
  });
  it('ends on a circle of re-exports', () => {
    assert.deepEqual(
      linesOf({ 'a.ts': "export * from './b';", 'b.ts': "export * from './a';", 'user.ts': user('./a') }, 'user.ts'),
      [],
    );
  });
});
