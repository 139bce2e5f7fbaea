import { samples } from '../expectLeaks';

samples(
  'lists of stores and cells',
  [
    {
      name: 'a subject of all notices',
      code: `import { Injectable } from '@angular/core';
import { BehaviorSubject } from 'rxjs';
@Injectable({ providedIn: 'root' })
export class NoticeService {
  private readonly notices$ = new BehaviorSubject<string[]>([]);
  readonly all$ = this.notices$.asObservable();
  show(text: string) {
    this.notices$.next([...this.notices$.value, text]); // leak cache/state-only-grows
  }
}`,
    },
    {
      name: 'a slice that only receives',
      code: `import { createSlice } from '@reduxjs/toolkit';
const slice = createSlice({
  name: 'audit',
  initialState: { events: [], seen: 0 },
  reducers: {
    happened(state, action) {
      state.events.push(action.payload); // leak cache/state-only-grows
    },
    looked(state) {
      state.seen = state.events.length;
    },
  },
});
export const { happened, looked } = slice.actions;`,
    },
    {
      name: 'a store that spreads',
      code: `import { create } from 'zustand';
export const useConsole = create<{ lines: string[]; print(text: string): void }>((set) => ({
  lines: [],
  print: (text) => set((state) => ({ lines: [...state.lines, text] })), // leak cache/state-only-grows
}));`,
    },
    {
      name: 'a reducer that each message of a socket goes through',
      code: `import { useEffect, useReducer } from 'react';
function reduce(state, action) {
  return action.type === 'said' ? { ...state, said: [...state.said, action.text] } : { ...state, open: action.open }; // leak cache/state-only-grows
}
export function useTalk(url) {
  const [state, dispatch] = useReducer(reduce, { said: [], open: false });
  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onmessage = (event) => dispatch({ type: 'said', text: event.data });
    return () => socket.close();
  }, [url]);
  return state;
}`,
    },
    {
      name: 'a store of the page that only marks what is over',
      code: `import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
export const useHints = defineStore('hints', () => {
  const hints = ref([]);
  let last = 0;
  const shown = computed(() => hints.value.filter((hint) => !hint.closed));
  function give(text) {
    const id = ++last;
    hints.value.push({ id, text, closed: false }); // leak cache/array-only-pushed
    return id;
  }
  function close(id) {
    const hint = hints.value.find((one) => one.id === id);
    if (hint) hint.closed = true;
  }
  return { shown, give, close };
});`,
    },
    {
      name: 'a part of a field',
      code: `class Probe {
  private readonly seen = { calls: 0, latencies: [] as number[] };
  record(ms: number) {
    this.seen.calls++;
    this.seen.latencies.push(ms); // leak cache/array-only-pushed
  }
  worst() {
    return Math.max(...this.seen.latencies);
  }
}
const probe = new Probe();
server.on('request', (request, response) => {
  const start = Date.now();
  response.on('finish', () => probe.record(Date.now() - start));
});`,
    },
    {
      name: 'connections that are only marked',
      code: `const links: { id: number; url: string; closed: boolean }[] = [];
let last = 0;
export function open(url: string) {
  links.push({ id: ++last, url, closed: false }); // leak cache/array-only-pushed
  return last;
}
export function close(id: number) {
  const link = links.find((one) => one.id === id);
  if (link) link.closed = true;
}
export const count = () => links.filter((link) => !link.closed).length;`,
    },
  ],
  [
    {
      name: 'a subject that is cut',
      code: `import { BehaviorSubject } from 'rxjs';
const notices = new BehaviorSubject<string[]>([]);
socket.on('notice', (text) => notices.next([...notices.value, text].slice(-50)));
export const all = notices.asObservable();`,
    },
    {
      name: 'a slice with an action that removes',
      code: `import { createSlice } from '@reduxjs/toolkit';
const slice = createSlice({
  name: 'audit',
  initialState: { events: [] },
  reducers: {
    happened(state, action) {
      state.events.push(action.payload);
    },
    dismissed(state, action) {
      state.events = state.events.filter((event) => event.id !== action.payload);
    },
  },
});
export const { happened, dismissed } = slice.actions;`,
    },
    {
      name: 'a store that goes back to its first state',
      code: `import { create } from 'zustand';
const initialState = { lines: [] };
export const useConsole = create((set) => ({
  ...initialState,
  print: (text) => set((state) => ({ lines: [...state.lines, text] })),
  clear: () => set({ ...initialState }),
}));`,
    },
    {
      name: 'a list that its user fills',
      code: `import { createSlice } from '@reduxjs/toolkit';
const slice = createSlice({
  name: 'form',
  initialState: { rows: [] },
  reducers: {
    added(state, action) {
      state.rows.push(action.payload);
    },
  },
});
export const { added } = slice.actions;`,
    },
    {
      name: 'a store that takes out what is closed',
      code: `import { defineStore } from 'pinia';
import { ref } from 'vue';
export const useHints = defineStore('hints', () => {
  const hints = ref([]);
  let last = 0;
  function give(text) {
    hints.value.push({ id: ++last, text });
  }
  function close(id) {
    hints.value = hints.value.filter((one) => one.id !== id);
  }
  return { give, close };
});`,
    },
    {
      name: 'a part that is drained',
      code: `class Probe {
  private readonly seen = { calls: 0, latencies: [] as number[] };
  record(ms: number) {
    this.seen.calls++;
    this.seen.latencies.push(ms);
    if (this.seen.latencies.length > 500) this.seen.latencies.shift();
  }
}
const probe = new Probe();
server.on('request', () => probe.record(1));`,
    },
    {
      name: 'a mark that is swept later',
      code: `let links: { id: number; closed: boolean }[] = [];
let last = 0;
export function open() {
  links.push({ id: ++last, closed: false });
}
export function close(id: number) {
  const link = links.find((one) => one.id === id);
  if (link) link.closed = true;
}
setInterval(() => {
  links = links.filter((link) => !link.closed);
}, 1000);`,
    },
  ],
);
