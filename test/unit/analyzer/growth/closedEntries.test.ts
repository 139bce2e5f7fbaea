import { samples } from '../expectLeaks';

samples(
  'entries that are ended where they are found, and stay',
  [
    {
      name: 'one for each key, made where there is none, and destroyed under its key',
      code: `import { connect } from './driver';
export class Desk {
  private readonly links = new Map<string, ReturnType<typeof connect>>();
  async ask(request: { pane: string; text: string }) {
    let link;
    if (this.links.has(request.pane)) link = this.links.get(request.pane);
    else {
      link = await connect(request.text);
      this.links.set(request.pane, link); // leak cache/map-without-eviction
    }
    return link.query(request.text);
  }
  forget(pane: string) {
    const link = this.links.get(pane);
    if (link) link.destroy();
  }
}`,
    },
    {
      name: 'those that nobody is there for any more, in a loop',
      code: `import { Pointer } from './pointer';
export class Pointers {
  constructor() { this.shown = new Map(); }
  update(guests) {
    for (const [id, pointer] of this.shown) {
      const guest = guests.get(id);
      if (!guest) pointer.dispose();
    }
    for (const [id, guest] of guests) {
      let pointer = this.shown.get(id);
      if (!pointer) {
        pointer = new Pointer(guest);
        this.shown.set(id, pointer); // leak cache/map-without-eviction
      }
      pointer.move(guest.at);
    }
  }
}`,
    },
    {
      name: 'a method by whose name it is started, which only the end of all empties',
      code: `import { Meter } from './meter';
export class Meters {
  #byCall = new Map<string, Meter>();
  begin(call: { id: string }, job: string) {
    const meter = new Meter(call);
    meter.start();
    this.#byCall.set(job + call.id, meter); // leak cache/map-without-eviction
  }
  #end(id: string) {
    const meter = this.#byCall.get(id);
    if (!meter) return;
    meter.stop();
  }
  leave(call: { id: string }) { this.#end(call.id); }
  onDisconnect() {
    for (const meter of this.#byCall.values()) meter.stop();
    this.#byCall.clear();
  }
}`,
    },
    {
      name: 'found in a list',
      code: `const panes = [];
exports.open = (host, id) => {
  const pane = host.create(id);
  panes.push({ id, pane }); // leak cache/array-only-pushed
};
exports.drop = (id) => {
  const found = panes.find((one) => one.id === id);
  if (found) found.pane.destroy();
};`,
    },
  ],
  [
    {
      name: 'taken out on one of two ways, which the author may mean',
      code: `import { connect } from './driver';
export class Desk {
  private readonly links = new Map<string, ReturnType<typeof connect>>();
  async ask(pane: string) {
    if (!this.links.has(pane)) this.links.set(pane, await connect(pane));
    return this.links.get(pane);
  }
  forget(pane: string, keep: boolean) {
    const link = this.links.get(pane);
    if (!link) return;
    link.destroy();
    if (keep) return;
    this.links.delete(pane);
  }
}`,
    },
    {
      name: 'taken out by the handler of its own end',
      code: `import { connect } from './driver';
export class Desk {
  private readonly links = new Map<string, ReturnType<typeof connect>>();
  async ask(pane: string) {
    const link = await connect(pane);
    link.on('close', () => this.links.delete(pane));
    this.links.set(pane, link);
  }
  forget(pane: string) { this.links.get(pane)?.destroy(); }
}`,
    },
    {
      name: 'each takes itself out when it is disposed of',
      code: `export class Rooms {
  readonly _rooms = new Map<string, Room>();
  open(id: string) {
    const room = new Room(this, id);
    this._rooms.set(id, room);
  }
  leave(id: string) { this._rooms.get(id)?.dispose(); }
}
class Room {
  constructor(private readonly _all: Rooms, private readonly _id: string) {}
  dispose() { this._all._rooms.delete(this._id); }
}`,
    },
    {
      name: 'stopped, and started again by its key',
      code: `import { Sound } from './sound';
export class Sounds {
  private readonly byName = new Map<string, Sound>();
  add(file: { id: string }) {
    const sound = new Sound(file);
    this.byName.set(file.id, sound);
  }
  play(id: string) { this.byName.get(id)?.play(); }
  halt(id: string) {
    const sound = this.byName.get(id);
    if (sound) sound.stop();
  }
}`,
    },
    {
      name: 'ended only to be made anew',
      code: `import { Meter } from './meter';
export class Meters {
  #byCall = new Map<string, Meter>();
  renew(call: Call) {
    this.#end(call.place);
    const meter = new Meter(call);
    this.#byCall.set(call.place, meter);
  }
  #end(id: string) {
    const meter = this.#byCall.get(id);
    if (meter) meter.destroy();
  }
}`,
    },
    {
      name: 'all of them, whatever their state, at the end of the whole',
      code: `import { Meter } from './meter';
export class Meters {
  #byCall = new Map<string, Meter>();
  renew(call: Call) {
    const meter = new Meter(call);
    this.#byCall.set(call.place, meter);
    return meter;
  }
  leaveAll() {
    for (const meter of this.#byCall.values()) if (!meter.isOver) meter.destroy();
  }
}`,
    },
    {
      name: 'a dialog that others have put in, closed until it is opened again',
      code: `const dialogs = new Map();
export function register(id, dialog) { dialogs.set(id, dialog); }
export function hide(id) { const dialog = dialogs.get(id); dialog?.close(); }`,
    },
  ],
);

samples(
  'cells that a build brings in without an import',
  [
    {
      name: 'work in flight in a set that is a cell',
      code: `const places = new Map([['draft', '/drafts/']]);
const inFlight = ref<Set<string>>(new Set());
export async function save(key: string) {
  if (inFlight.value.has(key)) return;
  inFlight.value.add(key); // leak cache/set-field-only-grows
  await fetch(places.get('draft') + key);
}`,
    },
    {
      name: 'a table of a store, whose remove leaves the entry',
      code: `export const useParts = defineStore('parts', () => {
  const parts = reactive(new Set());
  const all = computed(() => [...parts]);
  const add = (part) => {
    parts.add(part); // leak cache/set-field-only-grows
  };
  const remove = (part) => { all.value.forEach((one) => one.redraw(part)); };
  return { all, add, remove };
});`,
    },
  ],
  [
    {
      name: 'a function of the same name that the file has itself',
      code: `import { ref } from './pointers';
const inFlight = ref(new Set<string>());
export async function save(key: string) {
  if (inFlight.value.has(key)) return;
  inFlight.value.add(key);
  await fetch('/rows/' + key);
}`,
    },
    {
      name: 'taken out, unless there is an early way out before',
      code: `const inFlight = ref<Set<string>>(new Set());
export async function save(key: string) {
  if (inFlight.value.has(key)) return;
  inFlight.value.add(key);
  try {
    const answer = await fetch('/rows/' + key);
    if (!answer.ok) return;
  } finally {
    inFlight.value.delete(key);
  }
}`,
    },
  ],
);
