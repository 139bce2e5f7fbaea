/** The client's part of the tools, with a stand-in for the editor: where there are no language models nothing is registered. */
import assert from 'node:assert/strict';
import Module from 'node:module';
import type { registerLanguageModelTools } from '../../../src/client/languageModelTools';
import type { LanguageToolParams, LanguageToolResult } from '../../../src/protocol/messages';

class CancellationError extends Error {}
class Text {
  constructor(readonly value: string) {}
}
class Result {
  constructor(readonly content: readonly Text[]) {}
}

interface Tool {
  readonly invoke: (
    options: { readonly input: unknown; readonly tokenizationOptions?: { readonly tokenBudget: number } },
    token: Token,
  ) => Promise<Result>;
  readonly prepareInvocation: (options: { readonly input: unknown }) => { readonly invocationMessage: Text };
}

class Token {
  isCancellationRequested = false;
  readonly listeners = new Set<() => void>();
  onCancellationRequested(listener: () => void): { readonly dispose: () => void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }
  cancel(): void {
    this.isCancellationRequested = true;
    for (const listener of [...this.listeners]) listener();
  }
}

type Loader = (request: string, ...rest: readonly unknown[]) => unknown;

/** Loads the module anew, in an editor whose API is this. */
function loaded(vscode: object): typeof registerLanguageModelTools {
  const own = Module as unknown as { _load: Loader };
  const load = own._load;
  const file = require.resolve('../../../src/client/languageModelTools');
  delete require.cache[file];
  own._load = (request, ...rest) => (request === 'vscode' ? vscode : load.call(Module, request, ...rest));
  try {
    return (require(file) as { readonly registerLanguageModelTools: typeof registerLanguageModelTools })
      .registerLanguageModelTools;
  } finally {
    own._load = load;
  }
}

describe('language model tools of the client', () => {
  let registered: Map<string, Tool>;
  let asked: LanguageToolParams[];
  let answer: () => Promise<LanguageToolResult | undefined>;
  const api = {
    CancellationError,
    LanguageModelTextPart: Text,
    LanguageModelToolResult: Result,
    MarkdownString: Text,
  };
  const server = {
    request: (_method: string, params: object) => {
      asked.push(params as LanguageToolParams);
      return answer() as Promise<never>;
    },
  };
  const withModels = () =>
    loaded({
      ...api,
      lm: {
        registerTool: (name: string, tool: Tool) => {
          registered.set(name, tool);
          return { dispose: () => registered.delete(name) };
        },
      },
    })(server);
  const tool = (name: string): Tool => registered.get(name) ?? assert.fail(name);
  beforeEach(() => {
    registered = new Map();
    asked = [];
    answer = async () => ({ ok: true, text: 'the answer' });
  });

  it('are registered where the editor knows such, and gone when their owner is', () => {
    const owner = withModels();
    assert.deepEqual([...registered.keys()], ['slo_status', 'slo_explain', 'slo_gate']);
    owner.dispose();
    assert.equal(registered.size, 0);
  });

  it('are none in an editor without language models', () => {
    for (const vscode of [api, { ...api, lm: {} }]) loaded(vscode)(server).dispose();
    assert.equal(registered.size, 0);
  });

  it('hand on what is asked, with the room that there is for the answer', async () => {
    withModels();
    const token = new Token();
    const result = await tool('slo_explain').invoke(
      { input: { what: 'x' }, tokenizationOptions: { tokenBudget: 1000 } },
      token,
    );
    assert.deepEqual(
      result.content.map(({ value }) => value),
      ['the answer'],
    );
    await tool('slo_status').invoke({ input: {} }, token);
    assert.deepEqual(asked, [
      { tool: 'slo_explain', input: { what: 'x' }, maxCharacters: 3000 },
      { tool: 'slo_status', input: {}, maxCharacters: null },
    ]);
    assert.equal(token.listeners.size, 0, 'nobody listens on');
  });

  it('say what is wrong with the input, and what to do without a server', async () => {
    withModels();
    answer = async () => ({ ok: false, message: 'Wrong input: x.' });
    await assert.rejects(tool('slo_gate').invoke({ input: {} }, new Token()), /Wrong input: x\./);
    answer = async () => undefined;
    await assert.rejects(tool('slo_gate').invoke({ input: {} }, new Token()), /not running.*Restart Server/);
  });

  it('end at once when they are cancelled, whatever the server does', async () => {
    withModels();
    const token = new Token();
    answer = () => new Promise(() => undefined);
    const running = tool('slo_gate').invoke({ input: {} }, token);
    token.cancel();
    await assert.rejects(running, CancellationError);
    assert.equal(token.listeners.size, 0);
    await assert.rejects(tool('slo_gate').invoke({ input: {} }, token), CancellationError);
    assert.equal(asked.length, 1, 'one that was cancelled before is not asked for');
  });

  it('say in a few words what they do, with what a model wrote as text', () => {
    withModels();
    const said = (name: string, input: unknown) => tool(name).prepareInvocation({ input }).invocationMessage.value;
    assert.equal(said('slo_status', {}), 'Reading the objectives of this workspace');
    assert.equal(said('slo_gate', {}), 'Scanning, and comparing this branch with its base');
    assert.match(said('slo_explain', { what: '[x](command:evil)' }), /^Looking up \\\[x\\\]\\\(command:evil\\\)$/);
    assert.ok(said('slo_explain', { what: 'x'.repeat(999) }).length < 100);
    for (const odd of [undefined, null, {}, { what: 7 }])
      assert.equal(said('slo_explain', odd), 'Looking up an objective');
  });
});
