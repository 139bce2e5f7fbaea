import { samples } from '../expectLeaks';

const register = (body: string): string => `import * as vscode from 'vscode';
export class Icons extends Disposable {
  private readonly types: Record<string, vscode.TextEditorDecorationType> = {};
  private left = 3;
  constructor(private readonly repository: Repository) {
    super();
    this._register(vscode.window.onDidChangeActiveTextEditor((editor) => this.draw(editor.name)));
  }
  ${body}
  dispose() { for (const type of Object.values(this.types)) type.dispose(); }
}`;

samples(
  'what is added to an owner for each event',
  [
    {
      name: 'each time anew',
      code: register(`draw(name: string) {
    this._register(vscode.workspace.onDidChangeConfiguration(() => this.show(name))); // leak listener/vscode-repeated-registration
  }`),
    },
    {
      name: 'behind a question that something else answers',
      code: register(`draw(name: string) {
    if (this.left === 0) return;
    if (this.left === 3) this.listen();
  }
  private listen() {
    this._register(vscode.workspace.onDidChangeConfiguration(() => this.show())); // leak listener/vscode-repeated-registration
  }`),
    },
    {
      name: 'once it is begun anew',
      code: register(`draw(name: string) {
    if (this.left === 0) return;
    this.left -= 1;
    if (this.left === 0) this.listen();
  }
  again(left: number) { this.left = left; }
  private listen() {
    this._register(vscode.workspace.onDidChangeConfiguration(() => this.show())); // leak listener/vscode-repeated-registration
  }`),
    },
  ],
  [
    {
      name: 'one for each name',
      code: register(`draw(name: string) {
    if (!this.types[name]) this.types[name] = vscode.window.createTextEditorDecorationType({ gutterIconPath: name });
  }`),
    },
  ],
);
