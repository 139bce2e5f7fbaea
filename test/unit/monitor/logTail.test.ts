/** A log followed as it grows, is rotated, cut and written anew: each line once, in its place, and only what is new is read. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogTail, type TailReading } from '../../../src/monitor/logTail';
import { nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import type { FileSystem } from '../../../src/monitor/ports';

const mapping = { time: ['/ts'], id: [], series: [], fields: { n: ['/n'] }, timeZone: 'UTC' };
const line = (n: number): string => `{"ts":"2026-05-01T12:00:00Z","n":${n},"ü":"é"}\n`;

describe('log tail', () => {
  let folder = '';
  let path = '';
  let bytesRead = 0;
  const counting: FileSystem = {
    ...nodeFileSystem,
    readRange: async (file, from, max) => {
      const read = await nodeFileSystem.readRange(file, from, max);
      if (read.ok) bytesRead += read.value.length;
      return read;
    },
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tail-'));
    path = join(folder, 'a.jsonl');
    bytesRead = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const read = async (tail: LogTail): Promise<TailReading> => {
    const stat = await nodeFileSystem.stat(path);
    assert.ok(stat.ok);
    const reading = await tail.read(stat.value);
    assert.ok(!('error' in reading), 'error' in reading ? reading.error.message : '');
    return reading;
  };
  const numbers = (reading: TailReading) => reading.records.map(({ fields }) => fields.n);
  const open = () => new LogTail(counting, path, 'a.jsonl', mapping);

  it('reads what was appended and no more; a line counts when it ends', async () => {
    writeFileSync(path, line(1).repeat(1000) + line(2).slice(0, 20));
    const tail = open();
    assert.equal((await read(tail)).records.length, 1000);
    bytesRead = 0;
    appendFileSync(path, line(2).slice(20) + line(3));
    assert.deepEqual(numbers(await read(tail)).slice(-2), [2, 3]);
    assert.ok(bytesRead < 400, `${bytesRead} bytes`);
    bytesRead = 0;
    await read(tail);
    assert.ok(bytesRead <= 64, `${bytesRead} bytes`);
  });
  it('places of faults go on counting lines', async () => {
    writeFileSync(path, line(1) + line(2));
    const tail = open();
    await read(tail);
    appendFileSync(path, `${line(3)}broken\n`);
    assert.deepEqual(
      (await read(tail)).problems.map((problem) => problem.line),
      [4],
    );
  });
  it('a log that was cut, or cut and filled again, is another log', async () => {
    writeFileSync(path, line(1) + line(2));
    const tail = open();
    await read(tail);
    truncateSync(path, 0);
    assert.deepEqual(numbers(await read(tail)), []);
    appendFileSync(path, line(3));
    assert.deepEqual(numbers(await read(tail)), [3]);
    // Longer than before at once: only its content tells.
    writeFileSync(path, [4, 5, 6, 7].map(line).join(''));
    assert.deepEqual(numbers(await read(tail)), [4, 5, 6, 7]);
  });
  it('a log that was replaced by a new one is read from its start', async () => {
    writeFileSync(path, line(1) + line(2));
    const tail = open();
    await read(tail);
    renameSync(path, join(folder, 'a.1'));
    writeFileSync(path, line(3) + line(4) + line(5));
    assert.deepEqual(numbers(await read(tail)), [3, 4, 5]);
  });
  it('of a burst 4 MB are read at a time, and the rest is said to wait', async () => {
    writeFileSync(path, line(0));
    const tail = open();
    await read(tail);
    const big = line(1).repeat(120_000);
    appendFileSync(path, big);
    const first = await read(tail);
    assert.ok(first.lag > 0);
    assert.ok(first.problems.some(({ kind }) => kind === 'lagging'));
    let reading = first;
    for (let i = 0; i < 5 && reading.lag > 0; i++) reading = await read(tail);
    assert.deepEqual([reading.lag, reading.records.length], [0, 120_001]);
    assert.equal(reading.problems.length, 0);
  });
  it('a line without end is left out, whatever its length, and the next counts', async () => {
    writeFileSync(path, `${line(1)}${'x'.repeat(3_000_000)}\n${line(2)}`);
    const reading = await read(open());
    assert.deepEqual(numbers(reading), [1, 2]);
    assert.deepEqual(
      reading.problems.map(({ kind, line: at }) => [kind, at]),
      [['line-too-long', 2]],
    );
  });
  it('is not read when it is binary', async () => {
    writeFileSync(path, Buffer.from([1, 0, 2, 10]));
    const stat = await nodeFileSystem.stat(path);
    assert.ok(stat.ok);
    const reading = await open().read(stat.value);
    assert.ok('error' in reading && reading.error.code === 'EBINARY');
  });
});
