import { samples } from '../expectLeaks';

samples(
  'entries that count their users',
  [
    {
      name: 'the first is not counted',
      code: `const cache = new Map<string, { value: object; users: number }>();
export async function run(userId: string, next: (value: object) => Promise<void>) {
  let entry = cache.get(userId);
  if (entry) entry.users++;
  else {
    entry = { value: await load(userId), users: 0 };
    cache.set(userId, entry); // leak cache/entry-left-after-completion
  }
  try {
    await next(entry.value);
  } finally {
    if (--entry.users === 0) cache.delete(userId);
  }
}`,
    },
    {
      name: 'the first is not counted, put in at once',
      code: `const rooms = new Map<string, { users: number }>();
export async function visit(roomId: string, stay: () => Promise<void>) {
  const known = rooms.get(roomId);
  if (known) {
    known.users += 1;
  } else {
    rooms.set(roomId, { users: 0 }); // leak cache/entry-left-after-completion
  }
  await stay().finally(() => {
    const room = rooms.get(roomId);
    if (room && room.users > 0) log(room);
    if (--room.users === 0) rooms.delete(roomId);
  });
}`.replace('    if (room && room.users > 0) log(room);\n', ''),
    },
  ],
  [
    {
      name: 'the first is counted at once',
      code: `const cache = new Map<string, { value: object; users: number }>();
export async function run(userId: string, next: (value: object) => Promise<void>) {
  let entry = cache.get(userId);
  if (entry) entry.users++;
  else { entry = { value: await load(userId), users: 1 }; cache.set(userId, entry); }
  try { await next(entry.value); } finally { if (--entry.users === 0) cache.delete(userId); }
}`,
    },
    {
      name: 'the first is counted with the others',
      code: `const cache = new Map<string, { value: object; users: number }>();
export async function run(userId: string, next: (value: object) => Promise<void>) {
  let entry = cache.get(userId);
  if (!entry) { entry = { value: await load(userId), users: 0 }; cache.set(userId, entry); }
  entry.users++;
  try { await next(entry.value); } finally { if (--entry.users === 0) cache.delete(userId); }
}`,
    },
    {
      name: 'an end for less than one',
      code: `const cache = new Map<string, { value: object; users: number }>();
export async function run(userId: string, next: (value: object) => Promise<void>) {
  let entry = cache.get(userId);
  if (entry) entry.users++;
  else { entry = { value: await load(userId), users: 0 }; cache.set(userId, entry); }
  try { await next(entry.value); } finally { if (--entry.users <= 0) cache.delete(userId); }
}`,
    },
  ],
);
