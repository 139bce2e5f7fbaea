import { samples } from '../expectLeaks';

samples(
  'entries that are removed under another form of their key',
  [
    {
      name: 'another member of the same thing',
      code: `import * as vscode from 'vscode';
const symbols = new Map<string, string[]>();
export function keep(document: vscode.TextDocument, found: string[]) {
  if (!symbols.has(document.uri.toString())) symbols.set(document.uri.toString(), found);
}
export function drop(document: vscode.TextDocument) {
  symbols.delete(document.uri.path); // leak cache/removal-wrong-identity
}`,
    },
    {
      name: 'the raw value of what is made uniform elsewhere',
      code: `const limits = new Map<string, number>();
export function raise(email: string) {
  limits.set(email.toLowerCase(), (limits.get(email.toLowerCase()) ?? 0) + 1);
}
export function forgive(email: string) {
  limits.delete(email); // leak cache/removal-wrong-identity
}`,
    },
    {
      name: 'another prefix',
      code: `const cache = new Map();
export function put(userId, page) {
  cache.set(\`user:\${userId}\`, page);
}
export function get(userId) {
  return cache.get(\`user:\${userId}\`);
}
export function evict(userId) {
  cache.delete(\`users:\${userId}\`); // leak cache/removal-wrong-identity
}`,
    },
  ],
  [
    {
      name: 'the same member of a thing that is called otherwise',
      code: `const symbols = new Map<string, string[]>();
export function keep(document: { uri: URL }, found: string[]) {
  if (!symbols.has(document.uri.toString())) symbols.set(document.uri.toString(), found);
}
export function onClose(event: { document: { uri: URL } }) {
  symbols.delete(event.document.uri.toString());
}`,
    },
    {
      name: 'a message that names another one',
      code: `const pending = new Map<number, (value: unknown) => void>();
export function send(message: { id: number }, done: (value: unknown) => void) {
  if (!pending.has(message.id)) pending.set(message.id, done);
}
export function receive(message: { inReplyTo: number; value: unknown }) {
  pending.get(message.inReplyTo)?.(message.value);
  pending.delete(message.inReplyTo);
}`,
    },
    {
      name: 'a function that is given what is uniform already',
      code: `const limits = new Map<string, number>();
export function raise(email: string) {
  const key = email.toLowerCase();
  limits.set(key, (limits.get(key) ?? 0) + 1);
  setTimeout(() => drop(key), 1000);
}
function drop(email: string) {
  limits.delete(email);
}`,
    },
    {
      name: 'a sweep over the keys themselves',
      code: `const limits = new Map<string, number>();
export function raise(email: string) {
  limits.set(email.toLowerCase(), (limits.get(email.toLowerCase()) ?? 0) + 1);
}
export function sweep() {
  limits.forEach((count, email) => count > 3 && limits.delete(email));
}`,
    },
  ],
);
