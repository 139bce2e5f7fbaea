/** What a page says of weights is what the analyzer does. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyzer/analyzer';
import { allKinds, builtIn } from '../../../src/analyzer/resources/catalogue';
import { exampleWeight, rulePage } from '../../../src/report/rulePage';

const pageOf = (id: string): string => {
  const kind = builtIn.kind(id);
  assert.ok(kind, id);
  return rulePage(kind);
};
const weights = (kind: string, text: string): readonly string[] =>
  analyzeFile({ path: 'src/a.ts', text }, { severityOverrides: {} })
    .findings.findings.filter((one) => one.kind === kind)
    .map(({ severity }) => severity);

describe('the page of a kind', () => {
  it('says what its example weighs, also where that is less than the most', () => {
    assert.match(pageOf('listener/interval'), /Weighs MEDIUM as it stands\./);
    assert.match(pageOf('listener/dom-event-listener'), /Weighs LOW as it stands\./);
    assert.match(pageOf('handle/use-after-close'), /Weighs MEDIUM as it stands\./);
  });

  it('says when a finding weighs HIGH, on every page whose example weighs less', () => {
    for (const kind of allKinds) {
      const weight = exampleWeight(kind);
      if (kind.severity !== 'high' || weight === 'high') continue;
      assert.match(rulePage(kind), /It weighs HIGH where /, kind.id);
    }
  });

  it('is right about when that is', () => {
    const clock = `export class Clock {
  constructor(readonly face: Element) { setInterval(() => this.draw(), 9); window.addEventListener('blur', () => this.draw()); }
  draw(): void { this.face.id = 'x'; }
  destroy(): void { this.face.remove(); }
}`;
    const many = `${clock}\nexport function clocks(all: Element[]) {\n  const made = [];\n  for (const one of all) made.push(new Clock(one));\n  return made;\n}`;
    assert.deepEqual(weights('listener/interval', many), ['high']);
    assert.deepEqual(weights('listener/dom-event-listener', many), ['high']);
    // Where nothing tells of more than one, less.
    assert.notDeepEqual(weights('listener/dom-event-listener', clock), ['high']);
    const read = (end: string): string => `import { open } from 'node:fs/promises';
export async function first(path: string): Promise<number> {
  const file = await open(path, 'r');
  const buffer = Buffer.alloc(9);
  await file.read(buffer);
  const size = JSON.parse(buffer.toString()).size;
  ${end}
  return size;
}`;
    assert.deepEqual(weights('handle/fs-filehandle', read('')), ['high']);
    // Readers seldom called right what one way out leaves: its page says so, and promises no MEDIUM.
    assert.deepEqual(weights('handle/fs-filehandle', read('await file.close();')), ['low']);
    assert.doesNotMatch(pageOf('handle/fs-filehandle'), /MEDIUM where one way out/);
    assert.match(pageOf('handle/pg-pool-client'), /MEDIUM where one way out leaves it open/);
    const served = `import http from 'node:http';
const made = new Map<string, Limiter>();
http.createServer().on('request', (request) => {
  const key = request.headers.cookie;
  if (!made.has(key)) made.set(key, new Limiter());
});`;
    assert.deepEqual(weights('cache/map-without-eviction', served), ['high']);
  });
});
