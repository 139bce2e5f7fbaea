import { samples } from '../expectLeaks';

samples(
  'handles that end alone and stay in the list of their owner',
  [
    {
      name: 'a list that another file declares, handles of one item',
      code: `import { Plugin } from './plugin';
export class Marks extends Plugin {
  add(mark: { on(name: string, fn: () => void): () => void; once(name: string, fn: () => void): void }) {
    const offMove = mark.on('move', () => this.draw());
    const offText = mark.on('text', () => this.draw());
    this.subscriptions.push(offMove, offText); // leak cache/disposers-pile-up
    mark.once('remove', () => { offMove(); offText(); });
  }
  draw() {}
}`,
    },
    {
      name: 'a whole list at once',
      code: `import { Plugin } from './plugin';
export class Marks extends Plugin {
  add(mark: { on(name: string, fn: () => void): () => void; once(name: string, fn: () => void): () => void }) {
    const stops = [
      mark.on('move', () => this.draw()),
      mark.once('remove', () => { stops.forEach((stop) => stop()); }),
    ];
    this.subscriptions.push(...stops); // leak cache/disposers-pile-up
  }
  draw() {}
}`,
    },
    {
      name: 'given back to the caller',
      code: `export class Service {
  private readonly disposables: { dispose(): void }[] = [];
  private readonly listeners: (() => void)[] = [];
  subscribe(listener: () => void) {
    this.listeners.push(listener);
    const handle = { dispose: () => { this.listeners.splice(this.listeners.indexOf(listener), 1); } };
    this.disposables.push(handle); // leak cache/disposers-pile-up
    return handle;
  }
  dispose() { for (const one of this.disposables) one.dispose(); }
}`,
    },
    {
      name: 'a store that a base class has',
      code: `import { Disposable } from './disposable';
export class Terminals extends Disposable {
  show(terminal: { onData(fn: () => void): { dispose(): void }; onExit(fn: () => void): void }) {
    const data = terminal.onData(() => this.draw());
    this._register(data); // leak cache/disposers-pile-up
    terminal.onExit(() => data.dispose());
  }
  draw() {}
}`,
    },
  ],
  [
    {
      name: 'taken out where it ends',
      code: `import { Plugin } from './plugin';
export class Marks extends Plugin {
  add(mark: { on(name: string, fn: () => void): () => void; once(name: string, fn: () => void): void }) {
    const off = mark.on('move', () => this.draw());
    this.subscriptions.push(off);
    mark.once('remove', () => {
      off();
      this.subscriptions = this.subscriptions.filter((one) => one !== off);
    });
  }
  draw() {}
}`,
    },
    {
      name: 'a list that may notice the end itself',
      code: `import { Collection } from './collection';
export class Files {
  private readonly toDispose = new Collection();
  private readonly options = new Map<number, string>();
  private next = 0;
  watch(path: string) {
    const id = this.next++;
    this.options.set(id, path);
    const handle = { dispose: () => { this.options.delete(id); } };
    this.toDispose.push(handle);
    return handle;
  }
  dispose() { this.toDispose.dispose(); }
}`,
    },
    {
      name: 'ended with the owner only',
      code: `export class View {
  private readonly disposables: { dispose(): void }[] = [];
  show(panel: { onDidChange(fn: () => void): { dispose(): void } }) {
    const change = panel.onDidChange(() => this.draw());
    this.disposables.push(change);
    this.disposables.push({ dispose: () => change.dispose() });
  }
  draw() {}
  dispose() { for (const one of this.disposables) one.dispose(); }
}`,
    },
    {
      name: 'emptied when it is shown again',
      code: `export class View {
  private disposables: { dispose(): void }[] = [];
  show(panel: { onDidChange(fn: () => void): { dispose(): void }; onClose(fn: () => void): void }) {
    for (const one of this.disposables) one.dispose();
    this.disposables = [];
    const change = panel.onDidChange(() => this.draw());
    this.disposables.push(change);
    panel.onClose(() => change.dispose());
  }
  draw() {}
  dispose() { for (const one of this.disposables) one.dispose(); }
}`,
    },
  ],
);

samples(
  'handlers that add to the list of their owner each time',
  [
    {
      name: 'the list of an extension, for each document',
      code: `import * as vscode from 'vscode';
export function activate(context: vscode.ExtensionContext) {
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => {
      const watcher = vscode.workspace.createFileSystemWatcher(document.fileName);
      context.subscriptions.push(watcher); // leak cache/disposers-pile-up
    }),
  );
}`,
    },
    {
      name: 'the store of a base class, for each item',
      code: `import { Disposable } from './disposable';
export class Views extends Disposable {
  constructor(service: { onDidAdd(fn: (item: { onDidChange(fn: () => void): object }) => void): object }) {
    super();
    this._register(service.onDidAdd((item) => {
      this._register(item.onDidChange(() => this.update())); // leak cache/disposers-pile-up
    }));
  }
  update() {}
}`,
    },
    {
      name: 'a list that is also given on',
      code: `export class Lists {
  private disposables: { dispose(): void }[] = [];
  constructor(service: { onDidAdd(fn: (item: { onDidChange(fn: () => void): { dispose(): void } }) => void, self: object, all: object[]): void }) {
    service.onDidAdd((item) => {
      this.disposables.push(item.onDidChange(() => this.update())); // leak cache/disposers-pile-up
    }, this, this.disposables);
  }
  update() {}
  dispose() { for (const one of this.disposables) one.dispose(); }
}`,
    },
  ],
  [
    {
      name: 'a list of its own for each item',
      code: `export class Lists {
  private readonly disposables: { dispose(): void }[] = [];
  constructor(service: { onDidAdd(fn: (item: { onDidChange(fn: () => void): { dispose(): void }; onDidEnd(fn: () => void): void }) => void): { dispose(): void } }) {
    this.disposables.push(service.onDidAdd((item) => {
      const own: { dispose(): void }[] = [];
      own.push(item.onDidChange(() => this.update()));
      item.onDidEnd(() => { for (const one of own) one.dispose(); });
    }));
  }
  update() {}
  dispose() { for (const one of this.disposables) one.dispose(); }
}`,
    },
    {
      name: 'ended and emptied before it is filled again',
      code: `export class Lists {
  private disposables: { dispose(): void }[] = [];
  private readonly adding: { dispose(): void };
  constructor(service: { onDidAdd(fn: (item: { onDidChange(fn: () => void): { dispose(): void } }) => void): { dispose(): void } }) {
    this.adding = service.onDidAdd((item) => {
      for (const one of this.disposables.splice(0)) one.dispose();
      this.disposables.push(item.onDidChange(() => this.update()));
    });
  }
  update() {}
  dispose() { this.adding.dispose(); for (const one of this.disposables) one.dispose(); }
}`,
    },
    {
      name: 'once, when it is ready',
      code: `import * as vscode from 'vscode';
export async function activate(context: vscode.ExtensionContext, client: { onReady(): Promise<void> }) {
  await client.onReady().then(() => {
    context.subscriptions.push(vscode.workspace.onDidSaveTextDocument(() => {}));
  });
}`,
    },
  ],
);
