import { samples } from '../expectLeaks';

samples(
  'removals that match nothing, and siblings of which one stays',
  [
    {
      name: 'a list that is sliced and stays as it is',
      code: `const lines = [];
export function add(line) {
  lines.push(line);
  if (lines.length > 200) lines.slice(-200); // leak cache/removal-wrong-identity
}
export const last = () => lines.at(-1);`,
    },
    {
      name: 'a member of what is in the list',
      code: `const members = { lobby: [], help: [] };
export function join(room, socket) {
  members[room].push(socket);
}
export function leave(room, socket) {
  members[room] = members[room].filter((one) => one !== socket.id); // leak cache/removal-wrong-identity
}
export const seen = new Map();`,
    },
    {
      name: 'a member of what is in the list, where the place is taken out',
      code: `const open = [];
export function show(item) {
  open.push(item);
}
export function hide(item) {
  const at = open.indexOf(item.id); // leak cache/removal-wrong-identity
  if (at >= 0) open.splice(at, 1);
}`,
    },
    {
      name: 'an object where its id is the key',
      code: `const users = new Map();
export function enter(user) {
  users.set(user.id, user);
}
export function exit(user) {
  user.say('bye');
  users.delete(user); // leak cache/removal-wrong-identity
}
export const all = () => users.size;`,
    },
    {
      name: 'one of two names that make the key',
      code: `const games = new Map();
export function start(guildId, channelId, game) {
  const key = \`\${guildId}:\${channelId}\`;
  if (games.has(key)) return;
  games.set(key, game);
}
export function stop(channel) {
  games.delete(channel.id); // leak cache/removal-wrong-identity
}`,
    },
    {
      name: 'an eviction that leaves the times',
      code: `export class Pages {
  private readonly pages = new Map<string, string>();
  private readonly times = new Map<string, number>();
  put(url: string, page: string) {
    this.pages.set(url, page);
    this.times.set(url, Date.now()); // leak cache/sibling-collection-forgotten
    if (this.pages.size > 50) {
      const [oldest] = this.pages.keys();
      this.pages.delete(oldest);
    }
  }
  drop(url: string) {
    this.pages.delete(url);
    this.times.delete(url);
  }
  age(url: string) {
    return Date.now() - (this.times.get(url) ?? 0);
  }
}`,
    },
  ],
  [
    {
      name: 'the name of a thing, which the code asks for',
      code: `export class Owners {
  private readonly owners = new Map<string, number>();
  hear(topic: string, given: { id: string } | string, sender: number) {
    if (topic === 'add' && typeof given === 'object') this.owners.set(given.id, sender);
    if (topic === 'remove' && typeof given === 'string') this.owners.delete(given);
  }
}`,
    },
    {
      name: 'a set of one call',
      code: `export function alone(nodes) {
  const all = new Set();
  for (const node of nodes) all.add(node);
  for (const node of nodes) if (node.isLink) all.delete(node.target);
  return all;
}`,
    },
    {
      name: 'a table of its own that takes an instance out by its path',
      code: `export class Node {
  constructor(root, path) {
    this.root = root;
    this.path = path;
    root.meta.add(this);
  }
  leave() {
    this.root.meta.delete(this.path);
  }
}`,
    },
    {
      name: 'an object of its own that is given one value',
      code: `import { engines } from './engines';
export class Engine {
  constructor(readonly id: string) {
    engines.set(this);
  }
  destroy() {
    engines.delete(this.id);
  }
}`,
    },
    {
      name: 'another variable of the same name',
      code: `export class Store {
  private readonly payloads = new Map<string, object>();
  private readonly roots = new Map<number, { root: string }>();
  set(payload: { hash: string; block: number }) {
    const root = payload.hash;
    this.payloads.set(root, payload);
    this.roots.set(payload.block, { root });
    if (this.roots.size > 50) this.prune(payload.block - 50);
  }
  private prune(block: number) {
    const root = this.roots.get(block);
    if (!root) return;
    this.payloads.delete(root.root);
    this.roots.delete(block);
  }
}`,
    },
    {
      name: 'a parameter that is called as a list of another function',
      code: `export function wanted(items) {
  const names = [];
  for (const item of items) if (item.isWanted) names.push(item);
  return names;
}
export function without(items, names) {
  return items.filter((item) => {
    const at = names.indexOf(item.name);
    return at === -1;
  });
}`,
    },
    {
      name: 'a list that is only asked',
      code: `const open = [];
export function show(item) {
  open.push(item);
  if (open.indexOf(item.id) !== -1) item.raise();
}
export const last = () => open.pop();`,
    },
    {
      name: 'a list that is given its end',
      code: `let lines = [];
export function add(line) {
  lines.push(line);
  if (lines.length > 200) lines = lines.slice(-200);
}
export const last = () => lines.at(-1);`,
    },
    {
      name: 'ids in a list of ids',
      code: `const members = { lobby: [], help: [] };
export function join(room, socket) {
  members[room].push(socket.id);
}
export function leave(room, socket) {
  members[room] = members[room].filter((one) => one !== socket.id);
}`,
    },
    {
      name: 'a parameter that is the id, by a name of its thing',
      code: `const users = new Map();
export function enter(user) {
  users.set(user.id, user);
}
export function exit(user) {
  users.delete(user);
}
export const all = () => users.size;`,
    },
    {
      name: 'a key that is made again',
      code: `const games = new Map();
export function start(guildId, channelId, game) {
  const key = \`\${guildId}:\${channelId}\`;
  if (games.has(key)) return;
  games.set(key, game);
}
export function stop(guildId, channelId) {
  games.delete(\`\${guildId}:\${channelId}\`);
}`,
    },
    {
      name: 'an eviction of both',
      code: `export class Pages {
  private readonly pages = new Map<string, string>();
  private readonly times = new Map<string, number>();
  put(url: string, page: string) {
    this.pages.set(url, page);
    this.times.set(url, Date.now());
    if (this.pages.size > 50) {
      const [oldest] = this.pages.keys();
      this.drop(oldest);
    }
  }
  drop(url: string) {
    this.pages.delete(url);
    this.times.delete(url);
  }
  age(url: string) {
    return Date.now() - (this.times.get(url) ?? 0);
  }
}`,
    },
    {
      name: 'what is switched off for a time, or for good',
      code: `export class Rules {
  private readonly off = new Set<string>();
  private readonly paused = new Set<string>();
  stop(ruleId: string, forGood: boolean) {
    if (forGood) this.off.add(ruleId);
    else this.paused.add(ruleId);
  }
  resume(ruleId: string) {
    this.paused.delete(ruleId);
  }
  allow(ruleId: string) {
    this.off.delete(ruleId);
    this.paused.delete(ruleId);
  }
  runs(ruleId: string) {
    return !this.off.has(ruleId) && !this.paused.has(ruleId);
  }
}`,
    },
  ],
);
