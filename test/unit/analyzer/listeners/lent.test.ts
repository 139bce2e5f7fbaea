import { samples } from '../expectLeaks';

samples(
  'what a class shows or lends is its own',
  [
    {
      name: 'shown by a getter',
      code: `import * as vscode from 'vscode';
export class Checker implements vscode.Disposable {
  private readonly _problems = vscode.languages.createDiagnosticCollection('checker'); // leak listener/disposable-not-registered
  get problems() {
    return this._problems;
  }
  dispose() {
    this.server.stop();
  }
}`,
    },
    {
      name: 'filled by a helper of another file',
      code: `import * as vscode from 'vscode';
import { fill } from './problems';
export class Checker {
  private problems = vscode.languages.createDiagnosticCollection('checker'); // leak listener/disposable-not-registered
  run(list) {
    fill(this.problems, list);
  }
  dispose() {
    this.server.stop();
  }
}`,
    },
    {
      name: 'a private field by its mark, given to a view that draws',
      code: `import * as vscode from 'vscode';
import { render } from './view';
export class Status {
  #item = vscode.window.createStatusBarItem(); // leak listener/disposable-not-registered
  refresh(state) {
    render(this.#item, state);
  }
  dispose() {
    this.client.dispose();
  }
}`,
    },
  ],
  [
    {
      name: 'registered with a call, or given to who is made with it',
      code: `import * as vscode from 'vscode';
import { own, View } from './view';
export class Status {
  private item = vscode.window.createStatusBarItem();
  private other = vscode.window.createStatusBarItem();
  start() {
    own(this.item);
    this.view = new View(this.other);
  }
  dispose() {
    this.view.dispose();
  }
}`,
    },
    {
      name: 'disposed by what the getter shows',
      code: `import * as vscode from 'vscode';
export class Status {
  private readonly _item = vscode.window.createStatusBarItem();
  get item() {
    return this._item;
  }
  dispose() {
    this.item.dispose();
  }
}`,
    },
    {
      name: 'a public field, a class without an end',
      code: `import * as vscode from 'vscode';
import { render } from './view';
export class Status {
  item = vscode.window.createStatusBarItem();
  refresh() { render(this.item); }
  dispose() { this.client.dispose(); }
}
export class Other {
  private item = vscode.window.createStatusBarItem();
  refresh() { render(this.item); }
}`,
    },
    {
      name: 'ended by a function that is given it',
      code: `import * as vscode from 'vscode';
import { disposeAll, register } from './lists';
export class Status {
  private a = vscode.window.createStatusBarItem();
  private b = vscode.window.createStatusBarItem();
  constructor(context) { register(context, this.b); }
  dispose() {
    disposeAll(this.a);
  }
}`,
    },
  ],
);
