import { samples } from '../expectLeaks';

samples(
  'handle/stream-reader-lock',
  [
    {
      name: 'a loop that is left before the end',
      code: `export async function find(stream: ReadableStream<string>, wanted: string) {\n  const reader = stream.getReader(); // leak handle/stream-reader-lock\n  for (;;) {\n    const { done, value } = await reader.read();\n    if (done) break;\n    if (value === wanted) return true;\n  }\n  reader.releaseLock();\n  return false;\n}`,
    },
  ],
  [
    {
      name: 'read to the end',
      code: `export async function collect(stream: ReadableStream<string>) {\n  const reader = stream.getReader();\n  let text = '';\n  for (;;) {\n    const { done, value } = await reader.read();\n    if (done) break;\n    text += value;\n  }\n  return text;\n}`,
    },
    {
      name: 'read to the end, or cancelled above a limit',
      code: `export async function collect(stream: ReadableStream<string>, limit: number) {\n  const reader = stream.getReader();\n  let text = '';\n  while (true) {\n    const part = await reader.read();\n    if (part.done) return text;\n    text += part.value;\n    if (text.length > limit) {\n      await reader.cancel();\n      throw new Error('too long');\n    }\n  }\n}`,
    },
  ],
);
samples(
  'listener/vscode-repeated-registration',
  [],
  [
    {
      name: 'the list of an object that each run makes',
      code: `import * as vscode from 'vscode';\nexport class Explorer {\n  readonly subscriptions: vscode.Disposable[] = [];\n  static setup(context: vscode.ExtensionContext) {\n    let current: Explorer | undefined;\n    context.subscriptions.push(\n      vscode.workspace.onDidChangeConfiguration(() => {\n        current?.dispose();\n        current = Explorer.create();\n      }),\n    );\n  }\n  static create() {\n    const explorer = new Explorer();\n    explorer.subscriptions.push(vscode.workspace.onDidOpenTextDocument(() => explorer.draw()));\n    return explorer;\n  }\n  draw() {}\n  dispose() {\n    for (const one of this.subscriptions) one.dispose();\n  }\n}`,
    },
  ],
);
