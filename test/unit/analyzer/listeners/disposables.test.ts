import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

samples(
  'listener/disposable-not-registered',
  [
    {
      name: 'one of two registrations of the editor',
      code: `import * as vscode from 'vscode';
export class Status {
  private item: vscode.StatusBarItem;
  private listener: vscode.Disposable;
  constructor() {
    this.item = vscode.window.createStatusBarItem();
    this.listener = vscode.window.onDidChangeActiveTextEditor(() => this.item.show()); // leak listener/disposable-not-registered
  }
  dispose() {
    this.item.dispose();
  }
}`,
    },
    {
      name: 'a store that the teardown forgets',
      code: `import { DisposableStore } from '../base/lifecycle';
export class View {
  private readonly parts = new DisposableStore(); // leak listener/disposable-not-registered
  constructor(private readonly service: Service) {
    this.parts.add(this.service.onDidChange(() => this.draw()));
  }
  draw() {}
  dispose() {
    this.el.remove();
  }
}`,
    },
    {
      name: 'an event of an injected service kept in a field',
      code: `export class Decorations {
  private readonly listener;
  constructor(service: Service) {
    this.listener = service.onDidChangeMarkers(() => this.draw()); // leak listener/disposable-not-registered
  }
  draw() {}
  dispose() {
    this.draw();
  }
}`,
    },
  ],
  [
    {
      name: 'disposed in the teardown',
      code: `import * as vscode from 'vscode';\nexport class Status {\n  private item = vscode.window.createStatusBarItem();\n  dispose() {\n    this.item.dispose();\n  }\n}`,
    },
    {
      name: 'Disposable.from',
      code: `import * as vscode from 'vscode';\nexport class Status {\n  private all: vscode.Disposable;\n  private item = vscode.window.createStatusBarItem();\n  constructor() {\n    this.all = vscode.Disposable.from(this.item, vscode.window.onDidChangeActiveTextEditor(() => {}));\n  }\n  dispose() {\n    this.all.dispose();\n  }\n}`,
    },
    {
      name: 'a store registered with the base class',
      code: `import { Disposable, DisposableStore } from '../base/lifecycle';\nexport class View extends Disposable {\n  private readonly parts = this._register(new DisposableStore());\n  constructor(private readonly service: Service) {\n    super();\n    this.parts.add(this.service.onDidChange(() => {}));\n  }\n}`,
    },
    {
      name: 'a store of its own emitters',
      code: `import { DisposableCollection, Emitter } from '@theia/core';\nexport class Model {\n  private readonly toDispose = new DisposableCollection();\n  private readonly changed = new Emitter();\n  constructor() {\n    this.toDispose.push(this.changed);\n  }\n  dispose() {\n    console.log('gone');\n  }\n}`,
    },
    {
      name: 'a mutable disposable',
      code: `import { MutableDisposable } from '../base/lifecycle';\nexport class View {\n  private readonly listener = new MutableDisposable();\n  constructor(private readonly service: Service) {}\n  attach() {\n    this.listener.value = this.service.onDidChange(() => {});\n  }\n  dispose() {\n    this.listener.dispose();\n  }\n}`,
    },
    {
      name: 'a source that the teardown ends',
      code: `export class Session {\n  constructor(private readonly adapter: Adapter) {\n    this.adapter.onDidSend(() => this.forward());\n  }\n  forward() {}\n  stop() {\n    this.adapter.dispose();\n  }\n}`,
    },
  ],
);

samples(
  'listener/disposable-overwritten',
  [
    {
      name: 'a listener for each document shown',
      code: `export class Preview {
  private listener?: IDisposable;
  constructor(private readonly documents: Documents) {}
  show(uri: string) {
    this.listener = this.documents.onDidChange((e) => e.uri === uri && this.draw(e)); // leak listener/disposable-overwritten
  }
  draw(e: unknown) {}
  dispose() {
    this.listener?.dispose();
  }
}`,
    },
    {
      name: 'a command registered on each event',
      code: `import * as vscode from 'vscode';
export class Commands {
  private command?: vscode.Disposable;
  private readonly listener = vscode.workspace.onDidChangeConfiguration(() => {
    this.command = vscode.commands.registerCommand('x.run', () => this.run()); // leak listener/disposable-overwritten
  });
  run() {}
  dispose() {
    this.command?.dispose();
    this.listener.dispose();
  }
}`,
    },
    {
      name: 'a subscription for each input',
      code: `import { Component } from '@angular/core';
import { Store } from '@ngrx/store';
@Component({ selector: 'app-x', template: '' })
export class X {
  private sub;
  constructor(private store: Store) {}
  ngOnChanges() {
    this.sub = this.store.select('items').subscribe((items) => (this.items = items)); // leak listener/disposable-overwritten
  }
  ngOnDestroy() {
    this.sub.unsubscribe();
  }
}`,
    },
  ],
  [
    {
      name: 'disposed before the next',
      code: `export class Preview {\n  private listener?: IDisposable;\n  constructor(private readonly documents: Documents) {}\n  show() {\n    this.listener?.dispose();\n    this.listener = this.documents.onDidChange(() => {});\n  }\n  dispose() {\n    this.listener?.dispose();\n  }\n}`,
    },
    {
      name: 'disposed by a helper that runs first',
      code: `export class Preview {\n  private listener?: IDisposable;\n  constructor(private readonly documents: Documents) {}\n  show() {\n    this.hide();\n    this.listener = this.documents.onDidChange(() => {});\n  }\n  hide() {\n    this.listener?.dispose();\n  }\n}`,
    },
    {
      name: 'only where there is none',
      code: `export class Preview {\n  private listener?: IDisposable;\n  constructor(private readonly documents: Documents) {}\n  show() {\n    if (!this.listener) {\n      this.listener = this.documents.onDidChange(() => {});\n    }\n  }\n  more() {\n    this.listener ??= this.documents.onDidChange(() => {});\n  }\n  dispose() {\n    this.listener?.dispose();\n  }\n}`,
    },
    {
      name: 'the caller disposes first',
      code: `export class Preview {\n  private listener?: IDisposable;\n  constructor(private readonly documents: Documents) {}\n  update() {\n    this.listener?.dispose();\n    this.listen();\n  }\n  listen() {\n    this.listener = this.documents.onDidChange(() => {});\n  }\n}`,
    },
    {
      name: 'once, when it is set up',
      code: `export class Preview {\n  private listener?: IDisposable;\n  constructor(private readonly documents: Documents) {\n    this.listener = this.documents.onDidChange(() => {});\n  }\n  dispose() {\n    this.listener?.dispose();\n  }\n}`,
    },
  ],
);

samples(
  'listener/vscode-repeated-registration',
  [
    {
      name: 'subscriptions that a command adds to',
      code: `import * as vscode from 'vscode';
export function activate(context: vscode.ExtensionContext) {
  context.subscriptions.push(
    vscode.commands.registerCommand('notes.open', () => {
      context.subscriptions.push(vscode.workspace.onDidSaveTextDocument(() => console.log('saved'))); // leak listener/vscode-repeated-registration
    }),
  );
}`,
    },
    {
      name: '_register in an event handler',
      code: `export class View extends Disposable {
  constructor(private readonly editors: EditorService, private readonly theme: ThemeService) {
    super();
    this._register(
      this.editors.onDidActiveEditorChange(() => {
        this._register(this.theme.onDidColorThemeChange(() => this.draw())); // leak listener/vscode-repeated-registration
      }),
    );
  }
  draw() {}
}`,
    },
    {
      name: 'a list of the owner that only dispose empties',
      code: `export class View {
  private readonly toDispose = new DisposableCollection();
  constructor(private readonly editors: EditorService, private readonly theme: ThemeService) {
    this.toDispose.push(this.editors.onDidChange(() => this.update()));
  }
  private update() {
    this.toDispose.push(this.theme.onDidChange(() => this.draw())); // leak listener/vscode-repeated-registration
  }
  draw() {}
  dispose() {
    this.toDispose.dispose();
  }
}`,
    },
  ],
  [
    {
      name: 'a field that keeps it and is disposed before the next',
      code: `export class View extends Disposable {
  private _marks?: IDisposable;
  constructor(private readonly editors: EditorService, private readonly theme: ThemeService) {
    super();
    this._register(
      this.editors.onDidActiveEditorChange(() => {
        this._marks?.dispose();
        this._register((this._marks = this.theme.onDidColorThemeChange(() => this.draw())));
      }),
    );
  }
  draw() {}
}`,
    },
    {
      name: 'a list that is emptied before',
      code: `export class View {\n  private readonly toDisposeOnUpdate = new DisposableCollection();\n  private readonly toDispose = new DisposableCollection();\n  constructor(private readonly editors: EditorService, private readonly theme: ThemeService) {\n    this.toDispose.push(this.editors.onDidChange(() => this.update()));\n  }\n  private update() {\n    this.toDisposeOnUpdate.dispose();\n    this.toDisposeOnUpdate.push(this.theme.onDidChange(() => {}));\n  }\n  dispose() {\n    this.toDisposeOnUpdate.dispose();\n    this.toDispose.dispose();\n  }\n}`,
    },
    {
      name: 'once, in activate',
      code: `import * as vscode from 'vscode';\nexport function activate(context: vscode.ExtensionContext) {\n  context.subscriptions.push(vscode.workspace.onDidSaveTextDocument(() => {}));\n}`,
    },
    {
      name: 'events of what the handler makes',
      code: `import * as vscode from 'vscode';\nexport function activate(context: vscode.ExtensionContext) {\n  context.subscriptions.push(\n    vscode.commands.registerCommand('x', () => {\n      const panel = vscode.window.createWebviewPanel('x', 'X', 1);\n      panel.onDidDispose(() => {}, null, context.subscriptions);\n    }),\n  );\n}`,
    },
    {
      name: 'behind a flag',
      code: `import * as vscode from 'vscode';\nlet registered = false;\nexport function activate(context: vscode.ExtensionContext) {\n  context.subscriptions.push(\n    vscode.workspace.onDidOpenTextDocument(() => {\n      if (registered) return;\n      registered = true;\n      context.subscriptions.push(vscode.workspace.onDidSaveTextDocument(() => {}));\n    }),\n  );\n}`,
    },
  ],
);

const base = `class Base {\n  constructor() {\n    this.timer = setInterval(() => this.tick(), 1000);\n  }\n  tick() {}\n  dispose() {\n    clearInterval(this.timer);\n  }\n}`;

samples(
  'listener/missing-super-dispose',
  [
    {
      name: 'a subclass in the same file',
      code: `${base}\nexport class Clock extends Base {\n  dispose() { // leak listener/missing-super-dispose\n    this.element.remove();\n  }\n}`,
    },
    {
      name: 'Disposable of VS Code with registrations',
      code: `import { Disposable } from 'vs/base/common/lifecycle';\nexport class View extends Disposable {\n  constructor(service: Service) {\n    super();\n    this._register(service.onDidChange(() => {}));\n  }\n  override dispose(): void { // leak listener/missing-super-dispose\n    this.element.remove();\n  }\n}`,
    },
    {
      name: 'ngOnDestroy of an abstract component',
      code: `import { Directive } from '@angular/core';\nimport { Subject } from 'rxjs';\n@Directive()\nexport abstract class Page {\n  protected readonly destroyed = new Subject<void>();\n  ngOnDestroy() {\n    this.destroyed.next();\n    this.destroyed.complete();\n  }\n}\nexport class Home extends Page {\n  ngOnDestroy() { // leak listener/missing-super-dispose\n    this.chart.destroy();\n  }\n}`,
    },
    {
      name: 'disconnectedCallback two classes down',
      code: `class Root extends HTMLElement {\n  disconnectedCallback() {\n    window.removeEventListener('resize', this.onResize);\n  }\n}\nclass Middle extends Root {}\nexport class Leaf extends Middle {\n  disconnectedCallback() { // leak listener/missing-super-dispose\n    this.chart.remove();\n  }\n}`,
    },
  ],
  [
    {
      name: 'super called',
      code: `${base}\nexport class Clock extends Base {\n  dispose() {\n    this.element.remove();\n    super.dispose();\n  }\n}`,
    },
    {
      name: 'a base that releases nothing',
      code: `class Base {\n  dispose() {\n    throw new Error('not implemented');\n  }\n}\nclass Other {\n  dispose() {}\n}\nexport class A extends Base {\n  dispose() {\n    this.element.remove();\n  }\n}\nexport class B extends Other {\n  dispose() {\n    this.element.remove();\n  }\n}`,
    },
    {
      name: 'the same helper released',
      code: `class Base {\n  dispose() {\n    this.stop();\n  }\n  stop() {\n    clearInterval(this.timer);\n  }\n}\nexport class A extends Base {\n  dispose() {\n    this.stop();\n    this.element.remove();\n  }\n}`,
    },
    {
      name: 'Disposable with nothing registered',
      code: `import { Disposable } from 'vs/base/common/lifecycle';\nexport class View extends Disposable {\n  override dispose(): void {\n    this.element.remove();\n  }\n}`,
    },
    {
      name: 'an arrow property that calls the base by its prototype',
      code: `${base}\nexport class Clock extends Base {\n  dispose() {\n    Base.prototype.dispose.call(this);\n  }\n}`,
    },
  ],
);

describe('a base class that leaves its fields to its heirs', () => {
  const base = `export abstract class Module {\n  view?: { remove(): void };\n  timers: Timer[] = [];\n  destroy() {\n    this.clear();\n  }\n  clear() {\n    this.view?.remove();\n    this.timers.forEach((timer) => timer.cancel());\n  }\n}\nexport abstract class Items extends Module {\n  abstract destroy(): void;\n}\nexport class Polls extends Module {\n  constructor() {\n    super();\n    this.timers.push(poll());\n  }\n}`;
  const heir = (code: string): readonly string[] => [
    ...kindsOf({ 'src/base.ts': base, 'src/heir.ts': `import { Items, Module, Polls } from './base';\n${code}` }),
    ...kindsOf({ 'src/heir.ts': `${base}\n${code}` }),
  ];
  const kindsOf = (files: Record<string, string>): readonly string[] =>
    findingsOfFiles(files).flatMap(({ findings }) => findings.map(({ kind }) => kind));
  const twice = ['listener/missing-super-dispose', 'listener/missing-super-dispose'];

  it('needs its teardown where the heir fills them', () => {
    assert.deepEqual(
      heir('export class A extends Module {\n  start() {\n    this.timers.push(later());\n  }\n  destroy() {}\n}'),
      twice,
    );
    assert.deepEqual(
      heir('export class A extends Module {\n  view = new View();\n  destroy() {\n    this.name = "";\n  }\n}'),
      twice,
    );
  });
  it('needs it where a class in between fills them', () => {
    assert.deepEqual(
      heir('export class A extends Polls {\n  start() {\n    this.view = open();\n  }\n  destroy() {}\n}'),
      twice,
    );
  });
  it('does not where the heir fills nothing', () => {
    assert.deepEqual(heir('export class A extends Module {\n  destroy() {}\n}'), []);
    assert.deepEqual(
      heir('export class A extends Module {\n  rows = [];\n  destroy() {\n    this.rows = [];\n  }\n}'),
      [],
    );
  });
  it('does not where the heir does the same by itself', () => {
    assert.deepEqual(
      heir(
        'export class A extends Module {\n  start() {\n    this.view = open();\n  }\n  destroy() {\n    this.clear();\n  }\n}',
      ),
      [],
    );
  });
  it('is a hook that the heir does not have', () => {
    const model = `export class Model {\n  alive = true;\n  destroy() {\n    if (!this.alive) return;\n    this.alive = false;\n    this.destroyed?.();\n  }\n}`;
    const of = (code: string): readonly string[] => kindsOf({ 'src/heir.ts': `${model}\n${code}` });
    assert.deepEqual(of('export class A extends Model {\n  destroy() {\n    this.marker.remove();\n  }\n}'), []);
    assert.deepEqual(
      of(
        'export class A extends Model {\n  destroyed() {\n    this.list.clear();\n  }\n  destroy() {\n    this.marker.remove();\n  }\n}',
      ),
      ['listener/missing-super-dispose'],
    );
  });
  it('cannot call an abstract one', () => {
    assert.deepEqual(
      heir('export class A extends Items {\n  start() {\n    this.view = open();\n  }\n  destroy() {}\n}'),
      [],
    );
  });
});

describe('a base class in another file', () => {
  const kinds = (shared: string): readonly string[] =>
    findingsOfFiles({
      'src/base.ts': shared,
      'src/clock.ts': `import { Base } from './base';\nexport class Clock extends Base {\n  dispose() {\n    this.element.remove();\n  }\n}`,
    }).flatMap(({ findings }) => findings.map(({ kind }) => kind));
  it('decides by what its teardown does', () => {
    assert.deepEqual(kinds(`export ${base}`), ['listener/missing-super-dispose']);
    assert.deepEqual(kinds(`export class Base {\n  dispose() {}\n}`), []);
  });
});
