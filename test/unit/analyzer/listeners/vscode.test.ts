import { samples } from '../expectLeaks';

samples(
  'listener/vscode-event-dropped',
  [
    {
      name: 'an event in a method that repeats',
      code: `import * as vscode from 'vscode';\nexport class Panel {\n  show() {\n    vscode.window.onDidChangeActiveTextEditor(() => this.render()); // leak listener/vscode-event-dropped\n  }\n  render() {}\n}`,
    },
    {
      name: 'a teardown that forgets the disposable',
      code: `import * as vscode from 'vscode';\nexport class Panel {\n  private sub?: vscode.Disposable;\n  constructor() {\n    this.sub = vscode.workspace.onDidSaveTextDocument(() => {}); // leak listener/disposable-not-registered\n  }\n  dispose() {\n    console.log('x');\n  }\n}`,
    },
    {
      name: 'an event of an injected service',
      code: `export class View {\n  constructor(private readonly service: Service) {\n    this.service.onDidChange(() => this.draw()); // leak listener/vscode-event-dropped\n  }\n  draw() {}\n  dispose() {\n    this.draw();\n  }\n}`,
    },
  ],
  [
    {
      name: 'subscriptions',
      code: `import * as vscode from 'vscode';\nexport function activate(context: vscode.ExtensionContext) { context.subscriptions.push(vscode.commands.registerCommand('a', () => {})); }`,
    },
    {
      name: 'dropped in activate',
      code: `import * as vscode from 'vscode';\nexport function activate() { vscode.commands.registerCommand('a', () => {}); }`,
    },
    {
      name: 'the third argument',
      code: `import * as vscode from 'vscode';\nexport class P { private d: vscode.Disposable[] = []; show() { vscode.window.onDidChangeActiveTextEditor(() => {}, this, this.d); } }`,
    },
    {
      name: '_register',
      code: `export class V extends Disposable { constructor(private s: Service) { super(); this._register(this.s.onDidChange(() => {})); } }`,
    },
    {
      name: 'an owner collection',
      code: `export class V { private toDispose = new DisposableCollection(); constructor(private s: Service) { this.toDispose.push(this.s.onDidChange(() => {})); } dispose() { this.toDispose.dispose(); } }`,
    },
    {
      name: 'returned',
      code: `import * as vscode from 'vscode';\nexport function watch() { return vscode.workspace.onDidChangeTextDocument(() => {}); }`,
    },
    {
      name: 'its own emitter',
      code: `export class V { private model = new Model(); constructor() { this.model.onDidChange(() => {}); } dispose() { console.log(1); } }`,
    },
  ],
);
