import { samples } from '../expectLeaks';

samples(
  'what each call puts up over the last one',
  [
    {
      name: 'a status bar item of the module',
      code: `import * as vscode from 'vscode';
let item: vscode.StatusBarItem | undefined;
export function showWarning(text: string) {
  item = vscode.window.createStatusBarItem(); // leak listener/disposable-overwritten
  item.text = text;
  item.show();
}
export function hideWarning() {
  item?.dispose();
}`,
    },
    {
      name: 'a decoration in a field',
      code: `import * as vscode from 'vscode';
export class Marks {
  private type: vscode.TextEditorDecorationType | undefined;
  highlightRange(range: vscode.Range) {
    this.type = vscode.window.createTextEditorDecorationType({ isWholeLine: true }); // leak listener/disposable-overwritten
    vscode.window.activeTextEditor?.setDecorations(this.type, [range]);
  }
  clearMarks() {
    if (this.type) this.type.dispose();
  }
}`,
    },
    {
      name: 'an output channel for each report',
      code: `import * as vscode from 'vscode';
let channel: vscode.OutputChannel | undefined;
export function reportErrors(errors: readonly string[]) {
  channel = vscode.window.createOutputChannel('errors'); // leak listener/disposable-overwritten
  for (const error of errors) channel.appendLine(error);
}
export function forgetErrors() {
  channel?.dispose();
}`,
    },
  ],
  [
    {
      name: 'made once, or after the last one is gone',
      code: `import * as vscode from 'vscode';
let item: vscode.StatusBarItem | undefined;
let other: vscode.StatusBarItem | undefined;
export function showWarning(text: string) {
  if (!item) item = vscode.window.createStatusBarItem();
  item.text = text;
}
export function showError(text: string) {
  hide();
  other = vscode.window.createStatusBarItem();
  other.text = text;
}
export function hide() {
  item?.dispose();
  item = undefined;
  other?.dispose();
  other = undefined;
}`,
    },
    {
      name: 'a start that a stop follows',
      code: `import * as vscode from 'vscode';
let item: vscode.StatusBarItem | undefined;
export function startSpinner() {
  item = vscode.window.createStatusBarItem();
  item.text = 'busy';
}
export function stopSpinner() {
  item?.dispose();
}`,
    },
    {
      name: 'callers that take the last one away first',
      code: `import * as vscode from 'vscode';
export class Warnings {
  private item: vscode.StatusBarItem | undefined;
  private showText(text: string) {
    this.item = vscode.window.createStatusBarItem();
    this.item.text = text;
  }
  update(texts: readonly string[]) {
    this.item?.dispose();
    this.showText(texts.join(' '));
  }
}`,
    },
  ],
);
