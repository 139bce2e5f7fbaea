/** V8 heap snapshots: real ones of a program that leaks, read in pieces of any size; and what is none. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HeapReading, HeapSnapshotReader, heapFileName, heapGrowth } from '../../../src/sources/heapSnapshot';

const leaking = `
const v8 = require('node:v8');
class LeakedSession { constructor(i) { this.i = i; this.more = { i }; } }
globalThis.kept = [];
for (let i = 0; i < 1000; i++) kept.push(new LeakedSession(i));
v8.writeHeapSnapshot('first.heapsnapshot');
for (let i = 0; i < 5000; i++) kept.push(new LeakedSession(i));
v8.writeHeapSnapshot('second.heapsnapshot');
`;

function read(bytes: Uint8Array, piece = bytes.length): HeapReading {
  const reader = new HeapSnapshotReader();
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  return reader.end();
}

const header =
  '"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count"],"node_types":[["object","string"],"string"]},"node_count":2,"edge_count":0}';
const small = `{${header},"nodes":[0,0,1,24,0\n,1,1,3,8,0],"edges":[],"samples":[],"strings":["Na\\u00efve \\"Map\\"","text"]}`;

describe('heap snapshots', function () {
  this.timeout(60_000);
  let folder = '';
  let first: Uint8Array;
  let second: Uint8Array;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'heap-'));
    execFileSync(process.execPath, ['-e', leaking], { cwd: folder });
    assert.equal(readdirSync(folder).length, 2);
    first = readFileSync(join(folder, 'first.heapsnapshot'));
    second = readFileSync(join(folder, 'second.heapsnapshot'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("a program's own: totals, instances by constructor, and what grew between two", () => {
    const [before, after] = [read(first), read(second)];
    assert.ok(before.ok && after.ok);
    const sessions = (reading: typeof before) => reading.heap.constructors.find(({ name }) => name === 'LeakedSession');
    // The prototype object bears the name too.
    assert.ok(Math.abs((sessions(before)?.objects ?? 0) - 1000) <= 2);
    assert.ok(Math.abs((sessions(after)?.objects ?? 0) - 6000) <= 2);
    const grown = heapGrowth(before.heap, after.heap).find(({ name }) => name === 'LeakedSession');
    assert.equal(grown?.objects, 5000);
    assert.ok((grown?.bytes ?? 0) > 5000 * 16);
    // What V8 itself parses out of the same text.
    const whole = JSON.parse(Buffer.from(first).toString('utf8')) as {
      nodes: number[];
      snapshot: { meta: { node_fields: string[] } };
    };
    const width = whole.snapshot.meta.node_fields.length;
    let bytes = 0;
    for (let at = whole.snapshot.meta.node_fields.indexOf('self_size'); at < whole.nodes.length; at += width)
      bytes += whole.nodes[at] ?? 0;
    assert.equal(before.heap.bytes, bytes);
    assert.equal(before.heap.objects, whole.nodes.length / width);
  });
  it('reads the same whatever the pieces', () => {
    const whole = read(new TextEncoder().encode(small));
    assert.ok(whole.ok);
    assert.deepEqual(
      whole.heap.constructors.map(({ name, bytes }) => [name, bytes]),
      [
        ['Naïve "Map"', 24],
        ['(string)', 8],
      ],
    );
    for (const piece of [1, 2, 3, 7, 50])
      assert.deepEqual(read(new TextEncoder().encode(small), piece), whole, String(piece));
    assert.deepEqual(read(first, 4097), read(first));
  });
  it('one that ends too early, or holds fewer nodes than it names, has no figures', () => {
    for (let length = 1; length < small.length; length += 3) {
      const reading = read(new TextEncoder().encode(small.slice(0, length)));
      assert.equal(reading.ok, false, String(length));
    }
    const fewer = read(new TextEncoder().encode(small.replace('"node_count":2', '"node_count":3')));
    assert.ok(!fewer.ok && fewer.kind === 'truncated');
    assert.equal(read(first.subarray(0, first.length - 10)).ok, false);
  });
  it('anything else is no snapshot, and nothing makes it throw', () => {
    for (const text of [
      '',
      '[]',
      '{"nodes":[1]}',
      '{"snapshot":5,"nodes":[]}',
      `{${header},"strings":[]}`,
      `{${header},"nodes":[0,-1,x]}`,
      `{${header},"nodes":[0,0,1]}`,
      `{"snapshot":${'['.repeat(2_000_000)}`,
      '\0\u0001\u0002'.repeat(100),
    ]) {
      const reading = read(new TextEncoder().encode(text));
      assert.equal(reading.ok, false, text.slice(0, 40));
      assert.ok(!reading.ok && reading.message.length > 10);
    }
  });
  it('names of types that a prototype has are names like any other', () => {
    const text = small.replace('Na\\u00efve \\"Map\\"', '__proto__');
    const reading = read(new TextEncoder().encode(text));
    assert.ok(reading.ok);
    assert.equal(reading.heap.constructors[0]?.name, '__proto__');
  });
  it('a file that Node named says of which process it is, and when', () => {
    assert.deepEqual(heapFileName('x/Heap.20261128.220608.22885.0.001.heapsnapshot'), {
      wallTime: '2026-11-28 22:06:08',
      pid: '22885',
    });
    assert.deepEqual(heapFileName('Heap-20261128T220608.heapsnapshot'), null);
  });
});
