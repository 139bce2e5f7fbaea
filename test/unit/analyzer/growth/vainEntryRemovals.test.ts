import { samples } from '../expectLeaks';

samples(
  'removals of entries that take nothing out, or not for good',
  [
    {
      name: 'as many as less than none',
      code: `export class Drag {
  private static instances: Drag[] = [];
  constructor() { Drag.instances.push(this); }
  ngOnDestroy() {
    const index = Drag.instances.indexOf(this);
    if (index > -1) Drag.instances.splice(index, -1); // leak cache/removal-wrong-identity
  }
  static others(one: Drag) { return Drag.instances.filter((other) => other !== one); }
}`,
    },
    {
      name: 'none',
      code: `const open = [];
export const add = (panel) => { open.push(panel); };
export function close(panel) {
  const at = open.indexOf(panel);
  open.splice(at, 0); // leak cache/removal-wrong-identity
}`,
    },
    {
      name: 'by a member that is deleted just before',
      code: `export class Runner {
  children = {};
  retry(job) {
    delete job.pid;
    delete job.progress;
    delete this.children[job.pid]; // leak cache/removal-wrong-identity
    this.launch(job);
  }
  launch(job) { this.children[job.pid] = job; }
}`,
    },
    {
      name: 'by a field that is emptied just before',
      code: `const sessions = new Map();
export class Connection {
  id = null;
  open(id) {
    this.id = id;
    sessions.set(id, this);
  }
  close() {
    this.id = null;
    sessions.delete(this.id); // leak cache/removal-wrong-identity
  }
}`,
    },
    {
      name: 'put in again below, done or not',
      code: `export class Assembler {
  private chunks = {};
  receive(message) {
    const id = message.messageId;
    const chunk = this.chunks[id] || { parts: [], count: 0, total: message.total };
    chunk.parts[message.index] = message.data;
    chunk.count += 1;
    if (chunk.count === chunk.total) {
      this.deliver(chunk.parts);
      delete this.chunks[id];
    }
    this.chunks[id] = chunk; // leak cache/entry-left-after-completion
  }
  deliver(parts) { console.debug(parts); }
}`,
    },
    {
      name: 'put in again below, in a function over a Map of the module',
      code: `const uploads = new Map();
export function onPart(requestId, part) {
  const upload = uploads.get(requestId) ?? { parts: [], isDone: false };
  upload.parts.push(part);
  upload.isDone = part.last;
  if (upload.isDone) {
    console.debug(upload.parts.join(''));
    uploads.delete(requestId);
  }
  uploads.set(requestId, upload); // leak cache/entry-left-after-completion
}`,
    },
  ],
  [
    {
      name: 'splice that puts something in, or takes one out',
      code: `const open = [];
export function add(panel, at) { open.splice(at, 0, panel); }
export function close(panel) {
  const at = open.indexOf(panel);
  if (at !== -1) open.splice(at, 1);
}`,
    },
    {
      name: 'the key is emptied afterwards, on another way, or filled again',
      code: `export class Runner {
  children = {};
  retry(job) {
    delete this.children[job.pid];
    delete job.pid;
  }
  restart(job) {
    job.pid = null;
    job.pid = this.spawn(job);
    delete this.children[job.pid];
  }
  move(job, isDone) {
    if (isDone) job.pid = null;
    delete this.children[job.pid];
  }
  spawn(job) { return job.next; }
  launch(job) { this.children[job.pid] = job; }
}`,
    },
    {
      name: 'nothing is a key of the table, or the emptied place is made by functions',
      code: `const byParent = new Map<string | null, object>();
export function put(parent: string | null, one: object) { byParent.set(parent, one); }
export function dropRoots(node: { parent: string | null }) {
  node.parent = null;
  byParent.delete(node.parent);
}
const sessions = new Map<string, object>();
export class Session {
  private name: string | null = null;
  get id() { return this.name ?? 'default'; }
  set id(given: string | null) { this.name = given; }
  open() { sessions.set(this.id, this); }
  close() {
    this.id = null;
    sessions.delete(this.id);
  }
}`,
    },
    {
      name: 'another one is put in',
      code: `const uploads = new Map<string, { parts: string[]; isStale: boolean }>();
export function onPart(id: string, part: string) {
  let upload = uploads.get(id) ?? { parts: [], isStale: false };
  if (upload.isStale) {
    console.debug(upload.parts);
    uploads.delete(id);
    upload = { parts: [part], isStale: false };
  }
  uploads.set(id, upload);
}`,
    },
    {
      name: 'moved to the end by a condition about the entry, or handed to what takes entries out',
      code: `import { evict } from './evict';
const order = new Map<string, { rank: number }>();
export function bump(id: string) {
  const entry = order.get(id) ?? { rank: 0 };
  entry.rank += 1;
  if (entry.rank > 1) order.delete(id);
  order.set(id, entry);
}
const pages = new Map<string, { hits: number }>();
export function touch(id: string) {
  const page = pages.get(id) ?? { hits: 0 };
  page.hits += 1;
  if (page.hits > 1) {
    console.debug(id);
    pages.delete(id);
  }
  pages.set(id, page);
  evict(pages);
}`,
    },
    {
      name: 'returns after the removal',
      code: `export class Assembler {
  private chunks = {};
  receive(message) {
    const id = message.messageId;
    const chunk = this.chunks[id] || { parts: [], count: 0, total: message.total };
    chunk.count += 1;
    if (chunk.count === chunk.total) {
      delete this.chunks[id];
      return;
    }
    this.chunks[id] = chunk;
  }
}`,
    },
    {
      name: 'moved to the end of a Map',
      code: `const pages = new Map();
export function touch(url, load) {
  const page = pages.get(url) ?? load(url);
  if (pages.has(url)) pages.delete(url);
  pages.set(url, page);
  if (pages.size > 100) pages.delete(pages.keys().next().value);
}`,
    },
  ],
);
