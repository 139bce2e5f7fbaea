import { samples } from '../expectLeaks';

samples(
  'entries of what ends by itself',
  [
    {
      name: 'a child whose exit does nothing with them',
      code: `import { spawn } from 'node:child_process';
const builds = new Map();
export function build(projectId, command) {
  const child = spawn(command, { shell: true });
  builds.set(projectId, child); // leak cache/entry-left-after-completion
  child.on('exit', (code) => console.log(projectId, code));
}
export function abort(projectId) {
  builds.get(projectId)?.kill();
  builds.delete(projectId);
}`,
    },
    {
      name: 'sockets that nobody hears closing',
      code: `const rooms = new Map<string, Set<Socket>>();
export function attach(server: Server) {
  server.on('connection', (socket: Socket) => {
    socket.on('message', (text: string) => {
      const { enter, leave } = JSON.parse(text);
      if (enter) {
        if (!rooms.has(enter)) rooms.set(enter, new Set());
        rooms.get(enter)?.add(socket); // leak cache/entry-left-after-completion
      }
      if (leave) rooms.get(leave)?.delete(socket);
    });
  });
}
export const sizeOf = (room: string) => rooms.get(room)?.size ?? 0;`,
    },
    {
      name: 'clients that only a message takes out',
      code: `export class Lobby {
  constructor(server) {
    this.clients = new Map();
    server.on('connection', (client) => {
      client.on('message', ({ nick, bye }) => {
        if (bye) this.clients.delete(nick);
        else this.clients.set(nick, client); // leak cache/entry-left-after-completion
      });
      client.on('close', () => console.log('one less'));
    });
  }
}`,
    },
  ],
  [
    {
      name: 'a watcher that goes on after an error',
      code: `import chokidar from 'chokidar';
const watchers = [];
export function watch(folder, log) {
  const watcher = chokidar.watch(folder);
  watcher.on('error', (error) => log.error(error.message));
  watchers.push(watcher);
}
export async function reset() {
  for (const watcher of watchers.splice(0)) await watcher.close();
}`,
    },
    {
      name: 'a child whose exit takes out',
      code: `import { spawn } from 'node:child_process';
const builds = new Map();
export function build(projectId, command) {
  const child = spawn(command, { shell: true });
  builds.set(projectId, child);
  child.on('exit', () => builds.delete(projectId));
}
export function abort(projectId) {
  builds.get(projectId)?.kill();
  builds.delete(projectId);
}`,
    },
    {
      name: 'sockets that a sweep of the close takes out',
      code: `const rooms = new Map<string, Set<Socket>>();
export function attach(server: Server) {
  server.on('connection', (socket: Socket) => {
    socket.on('message', (text: string) => {
      const { enter, leave } = JSON.parse(text);
      if (enter) {
        if (!rooms.has(enter)) rooms.set(enter, new Set());
        rooms.get(enter)?.add(socket);
      }
      if (leave) rooms.get(leave)?.delete(socket);
    });
    socket.on('close', () => {
      for (const room of [...rooms.keys()]) if (rooms.get(room)?.delete(socket) && rooms.get(room)?.size === 0) rooms.delete(room);
    });
  });
}`,
    },
    {
      name: 'an end that others are told of',
      code: `export class Lobby {
  constructor(server, bus) {
    this.clients = new Map();
    server.on('connection', (client) => {
      client.on('hello', ({ name }) => this.clients.set(name, client));
      client.on('close', () => bus.emit('left', client));
    });
  }
  remove(name) {
    this.clients.delete(name);
  }
}`,
    },
  ],
);

samples(
  'what a component puts into a collection of the module',
  [
    {
      name: 'an element in an effect',
      code: `import { useEffect } from 'react';
const marks = new Map<string, HTMLElement>();
export function useMark(id: string, element: HTMLElement | null) {
  useEffect(() => {
    if (element) marks.set(id, element); // leak cache/map-without-eviction
  }, [id, element]);
}
export const markOf = (id: string) => marks.get(id);`,
    },
    {
      name: 'a function when mounted',
      code: `import { onMounted } from 'vue';
const open = new Set<() => void>();
export function useDialog(close: () => void) {
  onMounted(() => open.add(close)); // leak cache/set-field-only-grows
}
export function closeAll() {
  for (const close of open) close();
}`,
    },
    {
      name: 'an element of a page',
      code: `const fields = [];
export class FormField extends HTMLElement {
  connectedCallback() {
    fields.push(this); // leak cache/array-only-pushed
  }
}
export const valid = () => fields.every((field) => field.checkValidity());`,
    },
  ],
  [
    {
      name: 'an effect with its clean-up',
      code: `import { useEffect } from 'react';
const marks = new Map<string, HTMLElement>();
export function useMark(id: string, element: HTMLElement | null) {
  useEffect(() => {
    if (!element) return;
    marks.set(id, element);
    return () => {
      marks.delete(id);
    };
  }, [id, element]);
}`,
    },
    {
      name: 'a name that was seen',
      code: `import { onMounted } from 'vue';
const shown = new Set<string>();
export function useTour(name: string, start: () => void) {
  onMounted(() => {
    if (!shown.has(name)) start();
    shown.add(name);
  });
}`,
    },
    {
      name: 'a context whose end is called',
      code: `import { createContext, useContext, useEffect } from 'react';
interface Steps {
  addStep(name: string, focus: () => void): void;
  removeStep(name: string): void;
}
const StepsContext = createContext<Steps | null>(null);
export function useStep(name: string, focus: () => void) {
  const steps = useContext(StepsContext);
  useEffect(() => {
    steps?.addStep(name, focus);
    return () => steps?.removeStep(name);
  }, [steps, name, focus]);
}`,
    },
    {
      name: 'a context without an end',
      code: `import { createContext, useContext, useEffect } from 'react';
interface Title {
  setTitle(name: string): void;
}
const TitleContext = createContext<Title | null>(null);
export function useTitle(name: string) {
  const title = useContext(TitleContext);
  useEffect(() => {
    title?.setTitle(name);
  }, [title, name]);
}`,
    },
  ],
);

samples(
  'collections beside one that is cleaned',
  [
    {
      name: 'the order of what is evicted',
      code: `const pages = new Map<string, string>();
const order: string[] = [];
export async function page(path: string) {
  const text = pages.get(path) ?? (await read(path));
  pages.set(path, text);
  order.push(path); // leak cache/sibling-collection-forgotten
  if (pages.size > 50) {
    const oldest = pages.keys().next().value;
    if (oldest) pages.delete(oldest);
  }
  return text;
}
export const recent = () => order.slice(-5);`,
    },
    {
      name: 'buckets of another table',
      code: `export class Notes {
  private readonly notes = new Map<string, Note>();
  private readonly byDay = new Map<string, Note[]>();
  add(note: Note) {
    this.notes.set(note.id, note);
    const list = this.byDay.get(note.day) ?? [];
    list.push(note); // leak cache/sibling-collection-forgotten
    this.byDay.set(note.day, list);
  }
  remove(id: string) {
    this.notes.delete(id);
  }
  of(day: string) {
    return this.byDay.get(day) ?? [];
  }
}`,
    },
    {
      name: 'a list that a library is given to look at',
      code: `export class Scene {
  private readonly boxes = new Map<number, Box>();
  private readonly hittable: Box[] = [];
  private last = 0;
  add(box: Box) {
    const id = ++this.last;
    this.boxes.set(id, box);
    this.hittable.push(box); // leak cache/sibling-collection-forgotten
    return id;
  }
  remove(id: number) {
    this.boxes.delete(id);
  }
  hit(ray: Ray) {
    const hits = ray.intersect(this.hittable);
    return hits[0];
  }
}`,
    },
    {
      name: 'the first of a list that is never taken out',
      code: `export class Bells {
  private ringers: (() => void)[] = [];
  add(ring: () => void) {
    this.ringers.push(ring);
  }
  remove(ring: () => void) {
    const at = this.ringers.indexOf(ring);
    if (at > 0) this.ringers.splice(at, 1); // leak cache/removal-wrong-identity
  }
}`,
    },
  ],
  [
    {
      name: 'an order that is cut, too',
      code: `const pages = new Map<string, string>();
const order: string[] = [];
export async function page(path: string) {
  const text = pages.get(path) ?? (await read(path));
  pages.set(path, text);
  order.push(path);
  if (pages.size > 50) {
    const oldest = order.shift();
    if (oldest) pages.delete(oldest);
  }
  return text;
}`,
    },
    {
      name: 'buckets that are cleaned',
      code: `export class Notes {
  private readonly notes = new Map<string, Note>();
  private readonly byDay = new Map<string, Set<Note>>();
  add(note: Note) {
    this.notes.set(note.id, note);
    if (!this.byDay.has(note.day)) this.byDay.set(note.day, new Set());
    this.byDay.get(note.day)?.add(note);
  }
  remove(id: string) {
    const note = this.notes.get(id);
    this.notes.delete(id);
    if (note) this.byDay.get(note.day)?.delete(note);
    if (note && this.byDay.get(note.day)?.size === 0) this.byDay.delete(note.day);
  }
}`,
    },
    {
      name: 'a list that somebody is given to clean',
      code: `export class Scene {
  private readonly boxes = new Map<number, Box>();
  private readonly hittable: Box[] = [];
  private last = 0;
  add(box: Box) {
    const id = ++this.last;
    this.boxes.set(id, box);
    this.hittable.push(box);
    return id;
  }
  remove(id: number) {
    const box = this.boxes.get(id);
    this.boxes.delete(id);
    const left = lists.pull(this.hittable, box);
    return left.length;
  }
}`,
    },
    {
      name: 'one that is moved to the front',
      code: `export class Tabs {
  private tabs: string[] = [];
  add(tab: string) {
    const at = this.tabs.indexOf(tab);
    if (at > 0) this.tabs.splice(at, 1);
    if (at !== 0) this.tabs.unshift(tab);
    if (this.tabs.length > 9) this.tabs.pop();
  }
}`,
    },
    {
      name: 'an index that is compared with none',
      code: `export class Bells {
  private ringers: (() => void)[] = [];
  add(ring: () => void) {
    this.ringers.push(ring);
  }
  remove(ring: () => void) {
    const at = this.ringers.indexOf(ring);
    if (at >= 0) this.ringers.splice(at, 1);
  }
}`,
    },
  ],
);
