/** Instances that keep something open until an end of their class, lost while they are open. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

const link = `import net from 'node:net';
export class Link {
  private readonly socket: net.Socket;
  constructor(port: number) {
    this.socket = net.connect(port);
  }
  send(line: string) {
    this.socket.write(line);
  }
  close() {
    this.socket.destroy();
  }
}
`;
const late = `import net from 'node:net';
export class Link {
  private socket?: net.Socket;
  constructor(private readonly port: number) {}
  dial() {
    this.socket = net.connect(this.port);
  }
  close() {
    this.socket?.destroy();
  }
}
`;
const made =
  "import net from 'node:net';\nexport function dial(port: number) {\n  const socket = net.connect(port);\n  return { send: (line: string) => socket.write(line), close: () => socket.destroy() };\n}\n";
const hub = (before: string, make: string, more = ''): string => `import { Link, dial } from './link';
export class Hub {
  private link?: Link;
  private timer?: NodeJS.Timeout;
  private last = Date.now();
  start() {
    this.connect();
    this.timer = setInterval(() => this.look(), 1000);
  }
  private connect() {
    ${before}
    this.link = ${make};
  }
  private look() {
    if (Date.now() - this.last > 60000) this.connect();
  }${more}
  stop() {
    clearInterval(this.timer);
    this.link?.close();
  }
}
`;
const verdict = (before: string, make = 'new Link(80)', file = link, more = ''): readonly string[] =>
  findingsOfFiles({ 'src/link.ts': file, 'src/hub.ts': hub(before, make, more) }).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );
const leak = ['src/hub.ts:12 handle/handle-overwritten'];

describe('instances that are lost while they are open', () => {
  it('reports one that a timer puts in the place of another', () => {
    assert.deepEqual(verdict('this.last = Date.now();'), leak);
  });
  it('reports what a function makes around a resource', () => {
    assert.deepEqual(verdict('this.last = Date.now();', 'dial(80)', made), leak);
  });
  it('reports one that is opened by a method of its own', () => {
    assert.deepEqual(verdict('', 'new Link(80);\n    this.link.dial()', late), leak);
  });
  it('is silent where the one before is closed, always or on one condition', () => {
    assert.deepEqual(verdict('this.link?.close();'), []);
    assert.deepEqual(verdict('if (this.link) this.link.close();'), []);
  });
  it('is silent where it is made only while there is none', () => {
    assert.deepEqual(verdict('if (this.link) return;'), []);
  });
  it('is silent where nothing opens it', () => {
    assert.deepEqual(verdict('', 'new Link(80)', late), []);
  });
  it('reports a field that is emptied over an open one', () => {
    assert.deepEqual(
      verdict('if (this.link) return;', 'new Link(80)', link, '\n  forget() {\n    this.link = undefined;\n  }'),
      leak,
    );
    assert.deepEqual(
      verdict(
        'if (this.link) return;',
        'new Link(80)',
        link,
        '\n  forget() {\n    this.link?.close();\n    this.link = undefined;\n  }',
      ),
      [],
    );
  });
});
