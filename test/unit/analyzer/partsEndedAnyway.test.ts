/** Parts that somebody may end without their owner: who was given them and is ended, or the part itself. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

const tool = `export class Tool {
  private picture = load();
  destroy() {
    this.picture.close();
  }
}
export function openTool() {
  const picture = load();
  return { over: (fn) => picture.over(fn), close: () => picture.close() };
}
`;

/** What is said of the tool of a board: its severity, or nothing. */
function severityOf(init: string, end: string, more = ''): string | undefined {
  const board = `import { Tool, openTool } from './tool';
export class Board {
  ${more}
  async init(quick) {
    ${init}
  }
  destroy() {
    this.title = '';
    ${end}
  }
}
`;
  const [finding, ...others] = findingsOfFiles({ 'src/tool.js': tool, 'src/board.js': board }).flatMap(
    ({ findings }) => findings,
  );
  assert.equal(others.length, 0);
  return finding?.severity;
}

const given = (call: string): string =>
  `const view = await show();\n    this.tool = new Tool();\n    ${call}\n    this.view = view;`;

describe('parts that somebody may end without their owner', () => {
  it('what is loaded into an object that the teardown ends', () => {
    assert.equal(
      severityOf(given('view.loadTool(this.tool);'), 'if (this.view) {\n      this.view.dispose();\n    }'),
      undefined,
    );
    assert.equal(
      severityOf(given('view.loadTool(this.tool);'), 'this.view?.dispose();\n    this.view = null;'),
      undefined,
    );
  });
  it('what such an object is given for who knows what weighs little', () => {
    assert.equal(severityOf(given('view.focus(this.tool);'), 'this.view.dispose();'), 'low');
  });
  it('weighs as ever where the object may stay', () => {
    for (const end of [
      '',
      'this.view.blur();',
      'if (this.saved) this.view.dispose();',
      'if (!this.saved) return;\n    this.view.dispose();',
      'this.onSaved(() => this.view.dispose());',
    ])
      assert.equal(severityOf(given('view.loadTool(this.tool);'), end), 'medium', end);
    assert.equal(severityOf(given('other.loadTool(this.tool);'), 'this.view.dispose();'), 'medium');
  });
  it('what tells its owner that it is over weighs little', () => {
    const open = 'this.dialog = openTool();';
    assert.equal(severityOf(`${open}\n    this.dialog.over(() => {\n      this.dialog = null;\n    });`, ''), 'low');
    assert.equal(severityOf(`${open}\n    quick.over(() => {\n      this.dialog = null;\n    });`, ''), 'medium');
    assert.equal(severityOf(`${open}\n    this.dialog.over(() => {\n      this.title = null;\n    });`, ''), 'medium');
  });
});
