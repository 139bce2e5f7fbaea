/** A scan keeps what it found, not the texts that it found it in: the engine holds a whole text for each piece cut from it. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never = { isCancelled: () => false };
const files = 40;
const padding = `/*\n${'a line of words that say nothing\n'.repeat(15_000)}*/\n`;

/** Names long enough to be kept as pieces. */
const judged = (at: number): string =>
  `import { makeSomethingThatIsOpen${at + 1} } from './module-with-a-long-name-${at + 1}';
import { workspaceOfTheEditor } from '@someone/a-library-with-a-long-name-${at}';
export function makeSomethingThatIsOpen${at}() { return setInterval(() => workspaceOfTheEditor(), 1000); }
export class HolderOfSomething${at} {
  private readonly cacheOfEverything = new Map<string, string>();
  private timerOfTheHolder${at} = makeSomethingThatIsOpen${at + 1}();
  start() { setInterval(() => this.cacheOfEverything.set(String(Date.now()), ''), 1000); }
}
`;
const unread = (at: number): string =>
  `import { somethingElseEntirely } from './another-module-with-a-long-name-${at}';\nexport const value = somethingElseEntirely + 1;\n`;

describe('texts of a scan', function () {
  this.timeout(60_000);
  it('are let go when their files are judged', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const fs = new MemoryFileSystem();
    const walked = Array.from({ length: files }, (_, at) => ({
      path: `module-with-a-long-name-${at}.ts`,
      absolute: `/w/module-with-a-long-name-${at}.ts`,
    }));
    const scanned = async (count: number): Promise<CodeScan> => {
      const scan = new CodeScan(fs, new FakeClock(10_000), { severityOverrides: {} });
      await scan.scan(walked.slice(0, count), never, () => undefined);
      collect();
      return scan;
    };
    for (const [at, { absolute }] of walked.entries())
      fs.write(absolute, (at % 4 === 3 ? unread(at) : judged(at)) + padding, 1);
    const few = await scanned(4);
    const before = process.memoryUsage().heapUsed;
    const many = await scanned(files);
    const grown = process.memoryUsage().heapUsed - before;
    assert.ok(grown < 4_000_000, `${(grown / 1e6).toFixed(1)} MB of ${(files * padding.length) / 1e6} MB are kept`);
    assert.ok(few && many);
  });
});
