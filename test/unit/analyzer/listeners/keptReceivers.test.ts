/** Handlers that each call adds to what only the first call makes. */
import { samples } from '../expectLeaks';

samples(
  'receivers that the first call makes',
  [
    {
      name: 'a worker that is kept',
      code: `export class Solver {
  private worker: Worker | undefined;
  solve(text: string, done: (answer: string) => void) {
    if (!this.worker) this.worker = new Worker('solve.js');
    this.worker.addEventListener('message', (event) => done(event.data)); // leak listener/dom-event-listener
    this.worker.postMessage(text);
  }
  end() { this.worker?.terminate(); }
}`,
    },
    {
      name: 'a shape that is brought up to date, or made',
      code: `export class Sun {
  render(root, parent) {
    if (this.piece) {
      this.piece.update(root);
    } else {
      this.piece = makePiece(root);
    }
    this.piece.on('click', () => this.open(parent)); // leak listener/emitter-on
  }
  open(parent) {}
}`,
    },
    {
      name: 'a connection of the module',
      code: `let connection;
export async function ask(text, done) {
  connection ??= await connect();
  connection.on('answer', (answer) => done(text, answer)); // leak listener/emitter-on
  connection.send(text);
}`,
    },
    {
      name: 'removed on another object only',
      code: `export class Sun {
  render(root, parent) {
    this.piece = this.piece || makePiece(root);
    root.shape.off('click');
    this.piece.on('click', () => this.open(parent)); // leak listener/emitter-on
  }
  open(parent) {}
}`,
    },
  ],
  [
    {
      name: 'calls that wait for the end of the one that is running',
      code: `import { type ChildProcess, spawn } from 'node:child_process';
let running: ChildProcess | undefined;
export function update(exe: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!running) running = spawn(exe);
    running.on('error', (error) => {
      running = undefined;
      reject(error);
    });
    running.on('exit', (code) => {
      running = undefined;
      if (code === 0) resolve();
      else reject(new Error(String(code)));
    });
  });
}`,
    },
    {
      name: 'made by each call',
      code: `export class Solver {
  solve(text: string, done: (answer: string) => void) {
    this.worker?.terminate();
    this.worker = new Worker('solve.js');
    this.worker.addEventListener('message', (event) => done(event.data));
  }
}`,
    },
    {
      name: 'added where it is made',
      code: `export class Solver {
  solve(text: string) {
    if (!this.worker) {
      this.worker = new Worker('solve.js');
      this.worker.addEventListener('message', (event) => this.done(event.data));
    }
    this.worker.postMessage(text);
  }
  end() { this.worker?.terminate(); }
  done(answer) {}
}`,
    },
    {
      name: 'after the way out for what is there',
      code: `let connection;
export function connectOnce() {
  if (connection) return connection;
  connection = connect();
  connection.on('error', (error) => report(error));
  return connection;
}`,
    },
    {
      name: 'the former one is removed first',
      code: `export class Sun {
  render(root, parent) {
    if (!this.piece) this.piece = makePiece(root);
    this.piece.off('click');
    this.piece.on('click', () => this.open(parent));
  }
  open(parent) {}
}`,
    },
    {
      name: 'replaced on a condition that has nothing to do with it',
      code: `export class Sun {
  render(root, parent) {
    if (root.isNew) this.piece = makePiece(root);
    this.piece = makePiece(root);
    this.piece.on('click', () => this.open(parent));
  }
  open(parent) {}
}`,
    },
  ],
);
