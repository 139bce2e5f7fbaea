import { samples } from '../expectLeaks';

samples(
  'entries that the end of their item looks up and leaves',
  [
    {
      name: 'stopped by its key',
      code: `export class Sender {
  private readonly tracks = new Map<string, { stop(): Promise<void> }>();
  async send(open: () => Promise<{ id: string; stop(): Promise<void> }>) {
    const track = await open();
    this.tracks.set(track.id, track); // leak cache/map-without-eviction
    return track.id;
  }
  async stopSending(trackId: string) {
    const track = this.tracks.get(trackId);
    if (!track) throw new Error('no such track');
    await track.stop();
  }
}`,
    },
    {
      name: 'a record, a key in an object',
      code: `class Rooms {
  constructor(api) { this.api = api; this.rooms = {}; }
  async open(options) {
    const room = await this.api.open(options);
    this.rooms[room.id] = room; // leak cache/record-only-grows
    return room.id;
  }
  close({ roomId }) { this.rooms[roomId].socket.end(); }
}
module.exports = Rooms;`,
    },
    {
      name: 'functions of the module, a key that is made of the parameter',
      code: `const workers = new Map<string, { kill(): void }>();
export function fork(job: { id: string }, open: (job: object) => { kill(): void }) {
  const worker = open(job);
  workers.set('job:' + job.id, worker); // leak cache/map-without-eviction
}
export function killJob(id: string) {
  const key = 'job:' + id;
  workers.get(key)?.kill();
}`,
    },
  ],
  [
    {
      name: 'an end of a part, which asks whether there is the item',
      code: `import express from 'express';
class TaskQueue { ids: Record<string, number> = {}; delete(id: string) { delete this.ids[id]; } }
export class Controller {
  queues: Record<string, TaskQueue> = {};
  create(key: string): void { this.queues[key] = new TaskQueue(); }
  delete(key: string, taskId: string): void {
    if (!this.queues[key]) throw new Error('no');
    this.queues[key].delete(taskId);
  }
}
export class Emulator {
  controller = new Controller();
  build() {
    const app = express();
    const deleteTasksHandler: express.Handler = (req, res) => {
      const queueKey = \`queue:\${req.params.p}\`;
      if (!this.controller.queues[queueKey]) { res.status(404).send('x'); return; }
      this.controller.delete(queueKey, req.params.t);
      res.send({});
    };
    const createHandler: express.Handler = (req, res) => { this.controller.create(\`queue:\${req.params.p}\`); res.send({}); };
    app.post('/q', createHandler); app.delete('/q', deleteTasksHandler);
    return app;
  }
}`,
    },
    {
      name: 'taken out',
      code: `export class Sender {
  private readonly tracks = new Map<string, { stop(): Promise<void> }>();
  async send(open: () => Promise<{ id: string; stop(): Promise<void> }>) {
    const track = await open();
    this.tracks.set(track.id, track);
    return track.id;
  }
  async stopSending(trackId: string) {
    const track = this.tracks.get(trackId);
    this.tracks.delete(trackId);
    await track?.stop();
  }
}`,
    },
    {
      name: 'kept to be started again',
      code: `export class Pumps {
  private readonly pumps = new Map<string, { start(): void; stop(): void }>();
  start(id: string, make: (id: string) => { start(): void; stop(): void }) {
    let pump = this.pumps.get(id);
    if (!pump) {
      pump = make(id);
      this.pumps.set(id, pump);
    }
    pump.start();
  }
  stopPump(id: string) { this.pumps.get(id)?.stop(); }
}`,
    },
    {
      name: 'a part of the item is ended',
      code: `export class Shelves {
  private readonly shelves = new Map<string, { put(book: string): void; remove(book: string): void }>();
  build(room: string, shelf: { put(book: string): void; remove(book: string): void }) { this.shelves.set(room, shelf); }
  removeBook(room: string, book: string) { this.shelves.get(room)?.remove(book); }
}`,
    },
    {
      name: 'few keys',
      code: `export class Lamps {
  private readonly lamps = new Map<'red' | 'green', { on(): void; off(): void }>();
  light(color: 'red' | 'green', lamp: { on(): void; off(): void }) { this.lamps.set(color, lamp); lamp.on(); }
  stop(color: 'red' | 'green') { this.lamps.get(color)?.off(); }
}`,
    },
  ],
);
