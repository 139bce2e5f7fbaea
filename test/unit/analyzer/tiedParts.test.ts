/** Parts that are tied to what their owner ends anyway. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

/** A class that listens to what it is given, and lets go of it in the end. */
const part = `export class Part {
  private readonly undo: (() => void)[] = [];
  constructor(given: { sources: { on(name: string, run: () => void): () => void }[]; deep?: boolean }) {
    for (const source of given.sources) this.undo.push(source.on('resize', () => this.draw()));
  }
  draw() {
    console.log(this.undo.length);
  }
  destroy() {
    for (const each of this.undo) each();
    this.undo.length = 0;
  }
}
`;
const owner = (given: string, end: string): string => `import { Part } from './part';
import { makeSource, shared } from './source';
export class View {
  private source;
  private part;
  constructor(private readonly options: { keep?: boolean; deep?: boolean }) {
    this.source = makeSource();
    this.part = new Part(${given});
  }
  draw() {
    this.part.draw();
  }
  destroy() {
    ${end}
  }
}
`;
const source = `export function makeSource() {
  const runs = new Set<() => void>();
  return { on: (name: string, run: () => void) => (runs.add(run), () => runs.delete(run)), destroy: () => runs.clear() };
}
export const shared = makeSource();
`;
const found = (given: string, end: string, made = part): readonly string[] =>
  findingsOfFiles({ 'src/part.ts': made, 'src/source.ts': source, 'src/view.ts': owner(given, end) }).flatMap(
    ({ path, findings }) =>
      path === 'src/view.ts'
        ? findings
            .filter(({ confidence }) => confidence !== 'low')
            .map(({ kind, range }) => `${range.startLine + 1} ${kind}`)
        : [],
  );
/** A class that listens to the first of what it is given, and makes one of its own where it is told to. */
const target = `import { makeSource } from './source';
export class Part {
  public sources: any[] = [];
  public deep: any;
  constructor(given: { sources: any[]; deep?: boolean }) {
    this.sources = [...given.sources];
    this.sources[0].on('resize', this.draw, this);
    if (given.deep) this.deep = makeSource();
  }
  get first() {
    return this.sources[0];
  }
  draw() {
    console.log(this.sources.length);
  }
  destroy() {
    this.first.off('resize', this.draw, this);
    if (this.deep) {
      this.deep.destroy();
      delete this.deep;
    }
  }
}
`;
const leak = ['8 handle/field-without-teardown'];

describe('parts that are made of what their owner ends', () => {
  it('go with it', () => {
    assert.deepEqual(found('{ sources: [this.source] }', 'this.source.destroy();'), []);
    assert.deepEqual(
      found(
        '{ sources: [this.source], deep: !!this.options.deep }',
        'this.source.destroy();\n    this.source = undefined;',
      ),
      [],
    );
  });
  it('stay where it is ended under a condition', () => {
    assert.deepEqual(found('{ sources: [this.source] }', 'if (!this.options.keep) this.source.destroy();'), leak);
  });
  it('stay where it may not be come to', () => {
    assert.deepEqual(
      found('{ sources: [this.source] }', 'if (this.options.keep) return;\n    this.source.destroy();'),
      leak,
    );
  });
  it('stay where they are tied to something else as well', () => {
    assert.deepEqual(found('{ sources: [this.source, shared] }', 'this.source.destroy();'), leak);
  });
  it('go with it, or stay, by what their class says of its end as well', () => {
    assert.deepEqual(found('{ sources: [this.source] }', 'this.source.destroy();', target), []);
    assert.deepEqual(found('{ sources: [shared] }', 'this.source.destroy();', target), leak);
  });
});
