import { samples } from '../expectLeaks';

samples(
  'entries asked for under one key and deleted under a part of it',
  [
    {
      name: 'a record',
      code: `export class Channel {
  private state: Record<string, string> = {};
  async query() {
    const members = Object.keys(this.state).sort().join(',');
    if (\`\${this.type}:!members-\${members}\` in this.client().active) {
      delete this.client().active[members]; // leak cache/removal-wrong-identity
    }
    this.client().active[this.cid] = this;
  }
}
export const open = new Map();`,
    },
    {
      name: 'a Map, by a variable',
      code: `const rooms = new Map();
export function leave(room: string, user: string) {
  const key = room + ':' + user;
  if (rooms.has(key)) rooms.delete(user); // leak cache/removal-wrong-identity
}
export const enter = (room: string, user: string) => rooms.set(room + ':' + user, Date.now());`,
    },
  ],
  [
    {
      name: 'the key that was asked for',
      code: `const rooms = new Map();
export function leave(room: string, user: string) { const key = room + ':' + user; if (rooms.has(key)) rooms.delete(key); }
export const enter = (room: string, user: string) => rooms.set(room + ':' + user, Date.now());`,
    },
    {
      name: 'both keys',
      code: `const rooms = new Map();
export function leave(room: string, user: string) { const key = room + ':' + user; if (rooms.has(key)) { rooms.delete(user); rooms.delete(key); } }
export const enter = (room: string, user: string) => rooms.set(room + ':' + user, Date.now());`,
    },
    {
      name: 'a mark beside the entry, which is kept under the other key',
      code: `const rooms = new Map();
export function leave(user: string) { if (rooms.has('left:' + user)) rooms.delete(user); else rooms.set('left:' + user, true); }
export const enter = (user: string) => { rooms.set(user, Date.now()); rooms.delete('left:' + user); };`,
    },
    {
      name: 'another table',
      code: `const rooms = new Map(); const users = new Map();
export function leave(room: string, user: string) { if (rooms.has(room + ':' + user)) { users.delete(user); rooms.delete(room + ':' + user); } }
export const enter = (room: string, user: string) => { rooms.set(room + ':' + user, 1); users.set(user, 1); };`,
    },
  ],
);
