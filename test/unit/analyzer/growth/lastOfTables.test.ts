import { samples } from '../expectLeaks';

samples(
  'tables by one key, of which its end forgets one',
  [
    {
      name: 'a class',
      code: `export class Manager {
  private open = {};
  private sockets = {};
  private names = {};
  private rooms = {};
  onOpen(id, socket) { this.open[id] = true; this.attach(id, socket); }
  attach(id, socket) { this.sockets[id] = socket; }
  onName(id, name) { this.names[id] = { name }; }
  onJoin(id, room) {
    if (!this.rooms[id]) this.rooms[id] = {}; // leak cache/sibling-collection-forgotten
    this.rooms[id][room] = true;
  }
  onDisconnect(id) {
    delete this.open[id];
    if (this.names[id]) delete this.names[id];
    if (this.sockets[id]) {
      this.sockets[id].close();
      delete this.sockets[id];
    }
    for (const room in this.rooms[id]) this.leave(room);
  }
  leave(room) { console.debug(room); }
}`,
    },
    {
      name: 'Maps of a module',
      code: `const players = new Map();
const scores = new Map();
const moves = new Map();
const hands = new Map();
export const enter = (gameId, player) => { players.set(gameId, player); };
export const score = (gameId, points) => { scores.set(gameId, points); };
export const move = (gameId, at) => { moves.set(gameId, { at }); };
export const deal = (gameId, cards) => { hands.set(gameId, { cards }); }; // leak cache/sibling-collection-forgotten
export function finish(gameId) {
  players.delete(gameId);
  scores.delete(gameId);
  moves.delete(gameId);
}
export const handOf = (gameId) => hands.get(gameId);`,
    },
  ],
  [
    {
      name: 'a table of what was ever there',
      code: `export class Manager {
  private open = {};
  private sockets = {};
  private names = {};
  private roomsEver = {};
  onOpen(id, socket) { this.open[id] = true; this.attach(id, socket); }
  attach(id, socket) { this.sockets[id] = socket; }
  onName(id, name) { this.names[id] = { name }; }
  onJoin(id, room) {
    if (!this.roomsEver[id]) this.roomsEver[id] = {};
    this.roomsEver[id][room] = true;
  }
  onDisconnect(id) {
    delete this.open[id];
    if (this.names[id]) delete this.names[id];
    if (this.sockets[id]) {
      this.sockets[id].close();
      delete this.sockets[id];
    }
    for (const room in this.roomsEver[id]) this.leave(room);
  }
  leave(room) { console.debug(room); }
}`,
    },
    {
      name: 'all of them lose the entry, the last one on a way of its own',
      code: `export class Manager {
  private open = {};
  private sockets = {};
  private names = {};
  private rooms = {};
  onOpen(id, socket) { this.open[id] = true; this.attach(id, socket); }
  attach(id, socket) { this.sockets[id] = socket; }
  onName(id, name) { this.names[id] = { name }; }
  onJoin(id, room) { if (!this.rooms[id]) this.rooms[id] = { room }; }
  onDisconnect(id) {
    delete this.open[id];
    delete this.names[id];
    delete this.sockets[id];
    this.leave(id);
  }
  leave(id) { if (this.rooms[id]) delete this.rooms[id]; }
}`,
    },
    {
      name: 'two tables of the end of a session, and one that is meant to last',
      code: `export class Presence {
  private sockets = new Map();
  private typing = new Map();
  private profiles = new Map();
  connect(name, socket) { this.open(name, socket); }
  open(name, socket) { this.sockets.set(name, socket); }
  type(name, text) { this.typing.set(name, { text }); }
  rename(name, profile) { this.profiles.set(name, profile); }
  disconnect(name) {
    this.sockets.delete(name);
    this.typing.delete(name);
  }
  profile(name) { return this.profiles.get(name); }
}`,
    },
    {
      name: 'another table stays as well: the end is of a part',
      code: `export class Manager {
  private open = {};
  private sockets = {};
  private names = {};
  private rooms = {};
  private marks = {};
  onOpen(name, socket) { this.open[name] = true; this.attach(name, socket); }
  attach(name, socket) { this.sockets[name] = socket; }
  onName(name, other) { this.names[name] = { other }; }
  onMark(name, mark) { this.marks[name] = { mark }; }
  onJoin(name, room) { if (!this.rooms[name]) this.rooms[name] = { room }; }
  onDisconnect(name) {
    delete this.open[name];
    delete this.names[name];
    delete this.sockets[name];
  }
  all() { return [this.marks, this.rooms].length; }
}`,
    },
  ],
);
