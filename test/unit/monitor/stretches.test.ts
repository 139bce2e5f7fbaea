/** One file is analysed in stretches, between which others have their turn: an edit, or a stop, comes in the middle of it. */
import assert from 'node:assert/strict';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never = { isCancelled: () => false };
const walked = [{ path: 'large.ts', absolute: '/w/large.ts' }];
const classes = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `export class Poller${at} {\n  private items: string[] = [];\n  start() { setInterval(() => this.items.push('x'), 1000); }\n}\n`,
  ).join('');

function scanOf(text: string, breathe: (scan: CodeScan) => void) {
  const fs = new MemoryFileSystem();
  fs.write('/w/large.ts', text, 1);
  const clock = new FakeClock(10_000);
  // Every look at the clock takes a millisecond.
  const ticking = {
    setTimeout: clock.setTimeout,
    now: () => {
      clock.advance(1);
      return clock.time;
    },
  };
  let breaths = 0;
  const scan: CodeScan = new CodeScan(fs, ticking, { severityOverrides: {} }, async () => {
    breaths++;
    breathe(scan);
  });
  return { scan, breaths: () => breaths };
}

describe('stretches of a scan', () => {
  it('are short within one file, and change nothing of what is found', async () => {
    const { scan, breaths } = scanOf(classes(200), () => undefined);
    const { files } = await scan.scan(walked, never, () => undefined);
    assert.ok(breaths() > 5, `${breaths()} breaths`);
    const alone = new CodeScan(new MemoryFileSystem(), new FakeClock(10_000), { severityOverrides: {} });
    assert.deepEqual(files, [alone.analyzeOne('large.ts', classes(200))]);
  });
  it('a stop amid a file leaves nothing of it', async () => {
    const token = { stopped: false };
    const { scan } = scanOf(classes(200), () => {
      token.stopped = true;
    });
    const { files, cancelled } = await scan.scan(walked, { isCancelled: () => token.stopped }, () => undefined);
    assert.deepEqual([files, cancelled, scan.lookedAt('large.ts')], [[], true, null]);
  });
  it('an edit amid the trying of fixes stays what counts', async () => {
    let edit: (() => void) | undefined;
    const { scan } = scanOf(classes(1), () => {
      edit?.();
      edit = undefined;
    });
    await scan.scan(walked, never, () => undefined);
    scan.setOverride('large.ts', classes(200));
    scan.analyzeOne('large.ts', classes(200), 'later');
    edit = () => {
      scan.setOverride('large.ts', classes(2));
      scan.analyzeOne('large.ts', classes(2), 'later');
    };
    await scan.relink(() => '/w/large.ts');
    const [file] = await scan.relink(() => '/w/large.ts');
    assert.deepEqual(
      new Set(file?.findings.map(({ message }) => /Poller\d+/.exec(message)?.[0]).filter((name) => name !== undefined)),
      new Set(
        scan
          .analyzeOne('large.ts', classes(2))
          .findings.map(({ message }) => /Poller\d+/.exec(message)?.[0])
          .filter((name) => name !== undefined),
      ),
    );
    assert.equal(edit, undefined);
  });
  it('come to production code first, whatever the order of the walk, and tell in that of the walk', async () => {
    const fs = new MemoryFileSystem();
    const paths = ['bench/a.ts', 'examples/b.ts', 'src/c.ts', 'test/d.ts'];
    for (const path of paths) fs.write(`/w/${path}`, classes(1), 1);
    const scan = new CodeScan(fs, new FakeClock(10_000), { severityOverrides: {} });
    const { files } = await scan.scan(
      paths.map((path) => ({ path, absolute: `/w/${path}` })),
      never,
      () => undefined,
    );
    assert.equal(fs.reads[0], '/w/src/c.ts');
    assert.deepEqual(
      files.map(({ path }) => path),
      paths,
    );
  });
});
