/** While somebody types, the fixes of findings are left for later; who asks for them gets them. */
import assert from 'node:assert/strict';
import type { FileFindings } from '../../../src/analyzer/findings/findings';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never = { isCancelled: () => false };
const leak =
  'export class Clock {\n  private timer;\n  start() {\n    this.timer = setInterval(() => this.tick(), 1000);\n  }\n  tick() {}\n  dispose() {\n    log(this);\n  }\n}\n';
const titles = (file: FileFindings): readonly string[] =>
  file.findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));

function scanned() {
  const fs = new MemoryFileSystem();
  fs.write('/w/clock.ts', leak, 1);
  const scan = new CodeScan(fs, new FakeClock(10_000), { severityOverrides: {} });
  return { fs, scan, files: [{ path: 'clock.ts', absolute: '/w/clock.ts' }], absoluteOf: () => '/w/clock.ts' };
}

describe('fixes while typing', () => {
  it('are left out of the answer, tried by the next link, and the findings are the same', async () => {
    const { scan, files, absoluteOf } = scanned();
    await scan.scan(files, never, () => undefined);
    const typed = `${leak}\n// typed`;
    scan.setOverride('clock.ts', typed);
    const now = scan.analyzeOne('clock.ts', typed, 'later');
    assert.deepEqual(titles(now), []);
    const [later] = await scan.relink(absoluteOf);
    assert.ok(later);
    assert.equal(titles(later).length, 1);
    const bare = (file: FileFindings) => file.findings.map((finding) => ({ ...finding, fixes: [] }));
    assert.deepEqual(bare(later), bare(now));
  });
  it('are there for who asks, also of a text that was just analysed without them', () => {
    const { scan } = scanned();
    scan.analyzeOne('clock.ts', leak, 'later');
    assert.equal(titles(scan.analyzeOne('clock.ts', leak)).length, 1);
    assert.equal(titles(scan.analyzeOne('clock.ts', leak, 'later')).length, 1, 'what was tried is kept');
  });
  it('are not missing in what is kept on disk', async () => {
    const { fs, scan, files } = scanned();
    await scan.scan(files, never, () => undefined);
    scan.analyzeOne('clock.ts', leak.replace('Clock', 'Watch'), 'later');
    fs.write('/w/clock.ts', leak.replace('Clock', 'Watch'), 2);
    await scan.scan(files, never, () => undefined);
    const next = new CodeScan(fs, new FakeClock(20_000), { severityOverrides: {} });
    await next.load(await scan.save());
    const { files: said } = await next.scan(files, never, () => undefined);
    assert.equal(said.flatMap(titles).length, 1);
  });
});
