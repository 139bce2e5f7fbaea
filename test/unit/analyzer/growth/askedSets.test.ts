import { samples } from '../expectLeaks';

samples(
  'sets that are asked for each text, and tables that composables fill',
  [
    {
      name: 'a warning for each address of a visitor',
      code: `const warned = new Set();
export function warnOnce(req) {
  if (warned.has(req.url)) return;
  warned.add(req.url); // leak cache/set-field-only-grows
  console.warn(req.url);
}`,
    },
    {
      name: 'a hash for each that is looked at',
      code: `const asked = new Set();
export function ask(hash, send) {
  if (asked.has(hash)) return;
  asked.add(hash); // leak cache/set-field-only-grows
  send(hash);
}`,
    },
    {
      name: 'a composable that keeps one for each account',
      code: `const relations = new Map();
export function useRelation(account, load) {
  const known = relations.get(account.id);
  if (known) return known;
  const made = { value: undefined };
  relations.set(account.id, made); // leak cache/map-without-eviction
  load(account.id).then((value) => (made.value = value));
  return made;
}`,
    },
  ],
  [
    {
      name: 'a warning for each kind',
      code: `const warned = new Set();
export function warnOnce(kind) {
  if (warned.has(kind)) return;
  warned.add(kind);
  console.warn(kind);
}`,
    },
    {
      name: 'emptied above a limit',
      code: `const asked = new Set();
export function ask(hash, send) {
  if (asked.has(hash)) return;
  if (asked.size > 1000) asked.clear();
  asked.add(hash);
  send(hash);
}`,
    },
    {
      name: 'asked no more once it is done',
      code: `const asked = new Set();
export function ask(hash, send) {
  if (asked.has(hash)) return;
  asked.add(hash);
  send(hash).finally(() => asked.delete(hash));
}`,
    },
    {
      name: 'plugins that are put to use',
      code: `const plugins = new Map();
export function usePlugin(client, plugin) {
  plugins.set(client.id, { plugin });
}
export function pluginOf(client) {
  return plugins.get(client.id);
}`,
    },
  ],
);
