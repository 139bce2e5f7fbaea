/** Read-only tools for language models, where the editor knows such tools: what they answer comes from the server as bounded text. */
import {
  CancellationError,
  type CancellationToken,
  type Disposable,
  LanguageModelTextPart,
  type LanguageModelTool,
  type LanguageModelToolInvocationOptions,
  type LanguageModelToolInvocationPrepareOptions,
  LanguageModelToolResult,
  lm,
  MarkdownString,
  type PreparedToolInvocation,
} from 'vscode';
import type { LanguageToolParams, LanguageToolResult } from '../protocol/messages';
import type { Server } from './server';
import { escapeMarkdown } from './words';

/** Names as in the manifest. */
export const toolNames = ['slo_status', 'slo_explain', 'slo_gate'] as const;
export type ToolName = (typeof toolNames)[number];

/** A token of an answer has at least so many characters. */
const CHARACTERS_PER_TOKEN = 3;
const MAX_SHOWN = 60;

/** What the user sees while a tool runs. Nothing is confirmed: the tools read only. */
function progressText(name: ToolName, input: unknown): string {
  switch (name) {
    case 'slo_status':
      return 'Reading the objectives of this workspace';
    case 'slo_explain': {
      const what = typeof input === 'object' && input !== null && 'what' in input ? input.what : null;
      return typeof what === 'string'
        ? `Looking up ${escapeMarkdown(what.slice(0, MAX_SHOWN))}`
        : 'Looking up an objective';
    }
    case 'slo_gate':
      return 'Scanning, and comparing this branch with its base';
  }
}

class Tool implements LanguageModelTool<object> {
  constructor(
    private readonly name: ToolName,
    private readonly server: Pick<Server, 'request'>,
  ) {}

  prepareInvocation({ input }: LanguageModelToolInvocationPrepareOptions<object>): PreparedToolInvocation {
    return { invocationMessage: new MarkdownString(progressText(this.name, input)) };
  }

  /** Throws with a message that says what to do next, and CancellationError. */
  async invoke(
    { input, tokenizationOptions }: LanguageModelToolInvocationOptions<object>,
    token: CancellationToken,
  ): Promise<LanguageModelToolResult> {
    const budget = tokenizationOptions?.tokenBudget;
    const params: LanguageToolParams = {
      tool: this.name,
      input,
      maxCharacters: budget === undefined ? null : budget * CHARACTERS_PER_TOKEN,
    };
    const result = await this.ask(params, token);
    if (!result)
      throw new Error('The language server of SLO Lens is not running. The user can run “SLO Lens: Restart Server”.');
    if (!result.ok) throw new Error(result.message);
    return new LanguageModelToolResult([new LanguageModelTextPart(result.text)]);
  }

  /** The answer, or the cancellation, whichever comes first: the server may be amid a scan. */
  private async ask(params: LanguageToolParams, token: CancellationToken): Promise<LanguageToolResult | undefined> {
    if (token.isCancellationRequested) throw new CancellationError();
    let subscription: Disposable | undefined;
    const cancelled = new Promise<never>((_, reject) => {
      subscription = token.onCancellationRequested(() => reject(new CancellationError()));
    });
    try {
      return await Promise.race([
        this.server.request<LanguageToolResult>('sloLens/languageTool', params, token),
        cancelled,
      ]);
    } catch (error) {
      if (token.isCancellationRequested) throw new CancellationError();
      throw error;
    } finally {
      subscription?.dispose();
    }
  }
}

/** Registers the tools; an editor without language models has none of this, and nothing is registered. */
export function registerLanguageModelTools(server: Pick<Server, 'request'>): Disposable {
  const isThere = typeof (lm as Partial<typeof lm> | undefined)?.registerTool === 'function';
  const registered = isThere ? toolNames.map((name) => lm.registerTool(name, new Tool(name, server))) : [];
  return {
    dispose: () => {
      for (const one of registered) one.dispose();
    },
  };
}
