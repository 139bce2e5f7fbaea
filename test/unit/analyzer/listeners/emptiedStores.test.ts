import { samples } from '../expectLeaks';

const leak = 'listener/vscode-repeated-registration';

const store = (body: string, more = ''): string => `export class Outline {
  private readonly local = new Store();
  constructor(private readonly editor: Editor, private readonly theme: Themes) {
    this.own.add(this.editor.onDidChangeModel(() => this.changed()));
  }
  private readonly own = new Store();
  private changed(): void {
${body}
  }
${more}
  dispose(): void {
    this.own.dispose();
    this.local.dispose();
  }
}`;

samples(
  'stores that are emptied before each filling',
  [
    {
      name: 'a store that only the end empties',
      code: store(`    this.local.add(this.theme.onDidChange(() => {})); // leak ${leak}`),
    },
    {
      name: 'a store that a part of the end clears',
      code: store(
        `    this.local.add(this.theme.onDidChange(() => {})); // leak ${leak}`,
        '  private empty(): void {\n    this.local.clear();\n  }',
      ).replace('this.local.dispose()', 'this.empty()'),
    },
    {
      name: 'another store that is cleared',
      code: store(`    this.own.clear();\n    this.local.add(this.theme.onDidChange(() => {})); // leak ${leak}`),
    },
    {
      name: 'a store that is only looked at',
      code: store(
        `    if (this.local.size > 99) throw new Error('too many');\n    this.local.add(this.theme.onDidChange(() => {})); // leak ${leak}`,
      ),
    },
  ],
  [
    {
      name: 'cleared at the start of the handler',
      code: store('    this.local.clear();\n    this.local.add(this.theme.onDidChange(() => {}));'),
    },
    {
      name: 'cleared by a method that the handler calls first',
      code: store(
        '    this.leave();\n    this.local.add(this.theme.onDidChange(() => {}));',
        '  private leave(): void {\n    this.local.clear();\n  }',
      ),
    },
    {
      name: 'cleared by a stop that the handler calls first',
      code: store(
        '    this.stop();\n    this.local.add(this.theme.onDidChange(() => {}));',
        '  private stop(): void {\n    this.local.clear();\n  }',
      ),
    },
    {
      name: 'given to a function that disposes it',
      code: store('    disposeAll(this.local);\n    this.local.add(this.theme.onDidChange(() => {}));'),
    },
    {
      name: 'a list of which each is taken and disposed',
      code: store(
        '    while (this.local.length > 0) this.local.pop()?.dispose();\n    this.local.push(this.theme.onDidChange(() => {}));',
      )
        .replace('new Store();\n  constructor', '[] as IDisposable[];\n  constructor')
        .replace('this.local.dispose()', 'this.local.forEach((one) => one.dispose())'),
    },
    {
      name: 'a keyed store of a part of the state',
      code: store(
        "    this.state.local.clearAndDisposeAll();\n    this.state.local.set('theme', this.theme.onDidChange(() => {}));",
      )
        .replace('private readonly local = new Store();', 'private readonly state = { local: new KeyedStore() };')
        .replace('this.local.dispose()', 'this.state.local.dispose()'),
    },
  ],
);

samples(
  'boxes that are given the next',
  [
    {
      name: 'a field of a plain object',
      code: `export class Part {
  private readonly slot = { value: undefined as IDisposable | undefined };
  constructor(private readonly themes: Themes) {}
  update(): void {
    this.slot.value = this.themes.onDidChange(() => {}); // leak listener/disposable-not-registered
  }
  dispose(): void {
    this.element.remove();
  }
}`,
    },
    {
      name: 'a field of the owner itself',
      code: `export class Part {
  private value?: IDisposable;
  constructor(private readonly themes: Themes) {}
  update(): void {
    this.value = this.themes.onDidChange(() => {}); // leak listener/disposable-not-registered
  }
  dispose(): void {
    this.element.remove();
  }
}`,
    },
  ],
  [
    {
      name: 'a box that the base class is given',
      code: `export class Part extends Base {
  private readonly slot = this._register(new Slot());
  constructor(private readonly themes: Themes) {
    super();
  }
  update(): void {
    this.slot.value = this.themes.onDidChange(() => {});
  }
  override dispose(): void {
    super.dispose();
    this.element.remove();
  }
}`,
    },
    {
      name: 'a box that a list of the owner is given in the constructor',
      code: `export class Part {
  private readonly slot: Slot;
  private readonly own = new Store();
  constructor(private readonly themes: Themes) {
    this.slot = this.own.add(new Slot());
  }
  update(): void {
    this.slot.value = this.themes.onDidChange(() => {});
  }
  dispose(): void {
    this.own.dispose();
  }
}`,
    },
    {
      name: 'a box of its own',
      code: `export class Part {
  private readonly slot = new Slot();
  constructor(private readonly themes: Themes) {}
  update(): void {
    this.slot.value = this.themes.onDidChange(() => {});
  }
  dispose(): void {
    this.slot.dispose();
  }
}`,
    },
  ],
);
