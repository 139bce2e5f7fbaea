/** Code actions over the real server: fixes first, the silencing comment last. */
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Session } from './session';

const clocks = `export class Clocks {
  one?: ReturnType<typeof setInterval>;
  two?: ReturnType<typeof setInterval>;
  start() {
    this.one = setInterval(() => this.tick(), 10);
    this.two = setInterval(() => this.tick(), 20);
  }
  tick() {}
  destroy() {
    this.tick();
  }
}
export function poll(f: () => void) {
  setInterval(f, 1);
}
`;

describe('code actions', function () {
  this.timeout(30_000);
  let session: Session;
  let diagnostics: readonly Diagnostic[];
  before(async () => {
    session = await Session.open([{ 'clocks.ts': clocks }]);
    await session.firstReport();
    await session.openDocument('clocks.ts', clocks);
    diagnostics = (await session.pull('clocks.ts')).items ?? [];
  });
  after(() => session.end());

  const actionsFor = (some: readonly Diagnostic[], only?: readonly string[]): Promise<CodeAction[]> =>
    session.client.sendRequest('textDocument/codeAction', {
      textDocument: { uri: session.uri('clocks.ts') },
      range: some[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: some, ...(only ? { only } : {}) },
    });
  const applied = (action: CodeAction | undefined): string => {
    const edits: TextEdit[] = action?.edit?.changes?.[session.uri('clocks.ts')] ?? [];
    return TextDocument.applyEdits(TextDocument.create('', '', 0, clocks), edits);
  };
  const at = (line: number): readonly Diagnostic[] => diagnostics.filter(({ range }) => range.start.line === line);

  it('offer the certain fix first, then all of the kind, and the comment last', async () => {
    const actions = await actionsFor(at(4));
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => `${isPreferred === true ? '* ' : ''}${title}`),
      [
        '* Add `clearInterval(this.one)` to `destroy`',
        'Fix all 2 intervals that `destroy` forgets',

        'Explain listener/interval',
        'Ignore listener/interval on this line',
      ],
    );
    assert.equal(
      applied(actions[0]),
      clocks.replace('    this.tick();\n  }', '    this.tick();\n    clearInterval(this.one);\n  }'),
    );
    assert.match(applied(actions[1]), /clearInterval\(this\.one\);\n {4}clearInterval\(this\.two\);\n {2}}/);
    assert.match(
      applied(actions.at(-1)),
      /\n {4}\/\/ slo-lens-ignore-next-line listener\/interval -- reason\n {4}this\.one/,
    );
  });

  it('find the finding by its place where the client keeps no data', async () => {
    const [first] = at(5);
    assert.ok(first);
    const { data: _data, ...bare } = first;
    const [fix] = await actionsFor([bare]);
    assert.equal(fix?.title, 'Add `clearInterval(this.two)` to `destroy`');
  });

  it('offer no fix where none is certain', async () => {
    const actions = await actionsFor(at(13));
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Explain listener/interval', 'Ignore listener/interval on this line'],
    );
  });

  it('fix everything for who asks for it, and only then', async () => {
    for (const only of ['source.fixAll', 'source.fixAll.sloLens', 'source']) {
      const [all, ...more] = await actionsFor([], [only]);
      assert.equal(all?.kind, 'source.fixAll.sloLens');
      assert.equal(more.length, 0);
      assert.match(applied(all), /clearInterval\(this\.one\);\n {4}clearInterval\(this\.two\);/);
    }
    assert.deepEqual(await actionsFor(at(4), ['refactor']), []);
    assert.ok((await actionsFor(at(4), ['quickfix'])).every(({ kind }) => kind === 'quickfix'));
    // What was tried does not stay: the document has all its findings still.
    assert.equal((await session.pull('clocks.ts')).items?.length, diagnostics.length);
    const report = (await session.pullWorkspace()).find(({ uri }) => uri === session.uri('clocks.ts'));
    assert.equal(report, undefined);
  });
});
