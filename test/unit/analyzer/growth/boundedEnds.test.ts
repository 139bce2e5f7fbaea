import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const spawned = (atExit: string): string => `import { spawn } from 'node:child_process';
const children = [];
export function attach(server) {
  server.on('connection', (socket) => {
    const child = spawn('sh');
    children.push(child);
    child.on('exit', (code) => { ${atExit} });
    socket.on('disconnect', () => children.splice(children.indexOf(child), 1));
  });
}`;
const scanned = (callers: string): string => `export class Scan {
  streams = [];
  load(node) {
    const stream = node.read();
    this.streams.push(stream);
    stream.on('end', () => this.show());
  }
  show() {}
  reset() {
    this.streams = [];
  }
  ${callers}
}`;

samples(
  'entries of what ends by itself, with the end of another thing',
  [
    {
      name: 'an end that does nothing with them',
      code: spawned('console.log(code);').replace(
        'children.push(child);',
        'children.push(child); // leak cache/entry-left-after-completion',
      ),
    },
    {
      name: 'a list that some fill again as it is',
      code: scanned('again(node) { this.reset(); this.load(node); }\n  more(node) { this.load(node); }').replace(
        'this.streams.push(stream);',
        'this.streams.push(stream); // leak cache/entry-left-after-completion',
      ),
    },
  ],
  [
    { name: 'an end that ends the other', code: spawned('socket.disconnect();') },
    {
      name: 'a list that is emptied, or empty, before each filling',
      code: scanned(
        'again(node) { this.reset(); this.load(node); }\n  more(node) { if (!this.streams.length) this.load(node); }',
      ),
    },
  ],
);

describe('entries that go with the end of another thing', () => {
  const severities = (gone: string): readonly string[] =>
    findingsOf(`import http from 'node:http';
export class Sockets {
  private readonly all = new Set<object>();
  follow(server: http.Server) {
    server.on('connection', (socket) => {
      this.all.add(socket);
      ${gone}
    });
  }
  destroy(socket: object) { this.all.delete(socket); }
}`).map(({ severity }) => severity);
  it('weigh little', () =>
    assert.deepEqual(severities("server.once('close', () => { this.all.delete(socket); });"), ['low']));
  it('weigh more where nothing of the kind takes them out', () =>
    assert.deepEqual(severities("socket.on('data', (text) => { if (text === 'bye') this.all.delete(socket); });"), [
      'medium',
    ]));
});
