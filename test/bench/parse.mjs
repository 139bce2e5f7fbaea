/**
 * The unit, in a process of its own. `parse.mjs FOLDER…`: T, CPU of parsing the sources of the folders with the analyzer's
 * TypeScript, texts preloaded and trees dropped. `parse.mjs --edit FILE`: U, CPU of parsing one file with parents and walking it, warm.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sourcesOf } from './corpus.mjs';

const { ts } = createRequire(import.meta.url)('@ts-morph/common');
const cpu = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

if (process.argv[2] === '--edit') {
  const file = process.argv[3];
  const text = readFileSync(file, 'utf8');
  const walk = (node) => ts.forEachChild(node, walk);
  const once = () => walk(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  for (let round = 0; round < 20; round++) once();
  const times = [];
  for (let round = 0; round < 40; round++) {
    const start = process.cpuUsage();
    once();
    times.push(cpu(start) * 1000);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({ medianMs: times[times.length >> 1] }));
} else {
  const texts = process.argv
    .slice(2)
    .flatMap(sourcesOf)
    .map((file) => [file, readFileSync(file, 'utf8')]);
  const start = process.cpuUsage();
  for (const [file, text] of texts) ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  console.log(
    JSON.stringify({
      seconds: cpu(start),
      files: texts.length,
      bytes: texts.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0),
      peakMb: process.resourceUsage().maxRSS / 1024,
    }),
  );
}
