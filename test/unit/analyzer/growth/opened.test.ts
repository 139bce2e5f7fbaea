import { samples } from '../expectLeaks';

samples(
  'entries for what a user opens, which stay when it is closed',
  [
    {
      name: 'a Map under the address of a document',
      code: `const marks = new Map<string, number[]>();
export function marksOf(document: { uri: { toString(): string } }, parse: (document: object) => number[]) {
  const key = document.uri.toString();
  let found = marks.get(key);
  if (!found) {
    found = parse(document);
    marks.set(key, found); // leak cache/map-without-eviction
  }
  return found;
}`,
    },
    {
      name: 'a record under the path of an editor’s document',
      code: `const states = {};
exports.stateOf = (editor) => {
  const file = editor.document.fileName;
  if (!states[file]) states[file] = { line: 0 }; // leak cache/record-only-grows
  return states[file];
};`,
    },
    {
      name: 'emptied by a command of the user, and looked through by a helper',
      code: `import * as _ from 'lodash';
import { commands } from 'vscode';
import { Handler } from './handler';
let handlers: { [key: string]: Handler } = {};
export function activate() {
  commands.registerCommand('sample.reset', () => { handlers = {}; });
  commands.registerCommand('sample.run', (document: { uri: URL; fileName: string }) => {
    handlerOf(document).run();
    _.filter(handlers, (handler) => handler.isOpen).forEach((handler) => handler.run());
  }); 
}
function handlerOf(document: { uri: URL }) {
  const known = handlers[document.uri.toString()];
  if (known) return known;
  const made = new Handler(document);
  handlers[document.uri.toString()] = made; // leak cache/record-only-grows
  return made;
}`,
    },
  ],
  [
    {
      name: 'taken out on close',
      code: `import { workspace } from 'vscode';
const marks = new Map<string, number[]>();
export function activate(context: { subscriptions: { dispose(): void }[] }) {
  context.subscriptions.push(workspace.onDidCloseTextDocument((document) => { marks.delete(document.uri.toString()); }));
}
export function marksOf(document: { uri: { toString(): string } }, parse: (document: object) => number[]) {
  const key = document.uri.toString();
  let found = marks.get(key);
  if (!found) {
    found = parse(document);
    marks.set(key, found);
  }
  return found;
}`,
    },
    {
      name: 'a model of one document',
      code: `export class DocumentModel {
  private readonly marks = new Map<string, number[]>();
  add(document: { uri: { toString(): string } }, found: number[]) { this.marks.set(document.uri.toString(), found); }
  marksOf(document: { uri: { toString(): string } }) { return this.marks.get(document.uri.toString()); }
}`,
    },
    {
      name: 'emptied whenever a file is saved',
      code: `import { commands, workspace } from 'vscode';
let found: { [key: string]: object } = {};
export function activate(context: { subscriptions: { dispose(): void }[] }) {
  context.subscriptions.push(workspace.onDidSaveTextDocument(() => { found = {}; }));
}
export function lookUp(document: { uri: URL }, make: () => object) {
  const known = found[document.uri.toString()];
  if (known) return known;
  const made = make();
  found[document.uri.toString()] = made;
  return made;
}`,
    },
  ],
);
