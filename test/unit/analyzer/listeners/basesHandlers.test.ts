/** Bases that take off their own handlers in a teardown, which an override does not come to. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

const base = (more = ''): string => `import { Surface } from 'surface-library';
export abstract class Pane {
  protected readonly surface = new Surface();
  constructor() {
    window.addEventListener('resize', this.layout);
  }
  protected readonly layout = () => this.surface.fit();
  dispose() {
    window.removeEventListener('resize', this.layout);
    this.surface.dispose();${more}
  }
}
`;
const heir = (body: string, name = 'Pane'): string => `import { ${name} } from './pane';
export class LogPane extends ${name} {
  write(line: string) {
    this.surface.write(line);
  }
  dispose() {
    ${body}
  }
}
`;
const found = (files: Readonly<Record<string, string>>): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings.map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );
const verdict = (body: string): readonly string[] => found({ 'src/pane.ts': base(), 'src/log.ts': heir(body) });
const leak = ['src/log.ts:6 listener/missing-super-dispose'];

describe('handlers that a base takes off in its teardown', () => {
  it('reports an override that ends the parts, and leaves the handler', () => {
    assert.deepEqual(verdict('this.surface.dispose();'), leak);
  });
  it('reports one in a class of the same file, and behind a class in between', () => {
    assert.deepEqual(found({ 'src/all.ts': base() + heir('this.surface.dispose();').replace(/^import.*\n/, '') }), [
      'src/all.ts:17 listener/missing-super-dispose',
    ]);
    const between = "import { Pane } from './base';\nexport class Scrolled extends Pane {\n  top = 0;\n}\n";
    assert.deepEqual(
      found({
        'src/base.ts': base(),
        'src/pane.ts': between,
        'src/log.ts': heir('this.surface.dispose();', 'Scrolled'),
      }),
      leak,
    );
  });
  it('is silent where the override calls it, at the end or on one condition', () => {
    assert.deepEqual(verdict('this.surface.clear();\n    super.dispose();'), []);
    assert.deepEqual(verdict('if (this.surface) super.dispose();'), []);
  });
  it('is silent where the override takes the handler off by itself', () => {
    assert.deepEqual(verdict("this.surface.dispose();\n    window.removeEventListener('resize', this.layout);"), []);
  });
  it('is silent where the base takes nothing off, and the override ends the parts', () => {
    const plain = base().replace(/ {4}window\.\w+.*\n/g, '');
    assert.deepEqual(found({ 'src/pane.ts': plain, 'src/log.ts': heir('this.surface.dispose();') }), []);
  });
});
