/** Handles and entries that end alone, and stay where they were put. */
import { samples } from '../expectLeaks';

samples(
  'what ends alone and stays',
  [
    {
      name: 'two subscriptions of a panel, ended in the handler of its end',
      code: `import * as vscode from 'vscode';
export class Boards implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  open(name: string) {
    const panel = vscode.window.createWebviewPanel('board', name, vscode.ViewColumn.One);
    const saved = vscode.workspace.onDidSaveTextDocument(() => panel.webview.postMessage('saved'));
    const closed = panel.onDidDispose(() => saved.dispose());
    this.subscriptions.push(closed, saved); // leak cache/disposers-pile-up
  }
  dispose() {
    while (this.subscriptions.length) this.subscriptions.pop()?.dispose();
  }
}`,
    },
    {
      name: 'a subscription of a socket in a factory',
      code: `import { feed } from './feed';
export function serve() {
  const ends: (() => void)[] = [];
  return {
    accept(socket: { on(event: string, fn: () => void): void; send(text: string): void }) {
      const stop = feed.watch((text: string) => socket.send(text));
      socket.on('close', () => stop());
      ends.push(stop); // leak cache/disposers-pile-up
    },
    close() {
      for (const end of ends) end();
    },
  };
}`,
    },
    {
      name: 'an object with an end of its own in a list of the page',
      path: 'src/embed.ts',
      code: `export function show(host: HTMLElement) {
  const view = {
    host,
    move: (x: number) => host.scrollTo(x, 0),
    resize: () => host.scrollTo(0, 0),
    destroy() {
      host.replaceChildren();
    },
  };
  (window.shownViews ??= []).push(view); // leak cache/array-only-pushed
  return view;
}`,
    },
    {
      name: 'a wrapper that is looked for by what it wraps',
      code: `interface Reader { take(line: string): void }
const readers: Set<{ reader: Reader; since: number }> = new Set();
export function join(reader: Reader) {
  const entry = { reader, since: Date.now() };
  readers.add(entry);
}
export function leave(reader: Reader) {
  readers.delete(reader as any); // leak cache/removal-wrong-identity
}
export function tell(line: string) {
  for (const { reader } of readers) reader.take(line);
}`,
    },
  ],
  [
    {
      name: 'a subscription that the handler of the end takes out, if it is there',
      code: `import * as vscode from 'vscode';
export class Boards implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  open(name: string) {
    const panel = vscode.window.createWebviewPanel('board', name, vscode.ViewColumn.One);
    const saved = vscode.workspace.onDidSaveTextDocument(() => panel.webview.postMessage('saved'));
    this.subscriptions.push(saved);
    panel.onDidDispose(() => {
      saved.dispose();
      const at = this.subscriptions.indexOf(saved);
      if (at >= 0) this.subscriptions.splice(at, 1);
    });
  }
  dispose() {
    while (this.subscriptions.length) this.subscriptions.pop()?.dispose();
  }
}`,
    },
    {
      name: 'an object that its own end takes out of the list',
      path: 'src/embed.ts',
      code: `export function show(host: HTMLElement) {
  const view = {
    host,
    move: (x: number) => host.scrollTo(x, 0),
    resize: () => host.scrollTo(0, 0),
    destroy() {
      window.shownViews = window.shownViews.filter((one) => one !== view);
      host.replaceChildren();
    },
  };
  (window.shownViews ??= []).push(view);
  return view;
}`,
    },
    {
      name: 'a wrapper that the caller is given, and gives back',
      code: `interface Reader { take(line: string): void }
const readers: Set<{ reader: Reader; since: number }> = new Set();
export function join(reader: Reader) {
  const entry = { reader, since: Date.now() };
  readers.add(entry);
  return entry;
}
export function leave(entry: { reader: Reader; since: number }) {
  readers.delete(entry);
}`,
    },
  ],
);
