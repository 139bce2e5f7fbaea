import { samples } from '../expectLeaks';

samples(
  'lists and texts of which only the end is looked at',
  [
    {
      name: 'the lines of a room, of which a newcomer is given the last',
      code: `export class Hall {
  private readonly said: string[] = [];
  constructor(private readonly io: { on(event: string, fn: (text: string) => void): void }) {
    io.on('message', (text) => {
      this.said.push(text); // leak cache/array-only-pushed
    });
  }
  newcomer(send: (lines: string[]) => void) {
    send(this.said.slice(-20));
  }
}`,
    },
    {
      name: 'a list in a factory that a caller adds to',
      path: 'src/trail.js',
      code: `const shown = 5;
const names = [];
names.push('trail');
export function trail() {
  const steps = [];
  return {
    add(step) {
      steps.push({ step, at: Date.now() }); // leak cache/array-only-pushed
    },
    recent: () => steps.slice(-shown).reverse(),
  };
}`,
    },
    {
      name: 'the output of a process that is searched for a word',
      path: 'src/watcher.js',
      code: `const { spawn } = require('node:child_process');
class Builder {
  constructor() {
    this.seen = '';
  }
  start(onReady) {
    this.child = spawn('make', ['watch']);
    this.child.stdout.on('data', (part) => {
      this.seen += part; // leak cache/text-accumulator
      if (this.seen.slice(-80).includes('ready')) onReady();
    });
    this.child.on('exit', () => {
      this.seen = '';
    });
  }
  stop() {
    this.child.kill();
  }
}
module.exports = Builder;`,
    },
  ],
  [
    {
      name: 'a list that is cut',
      path: 'src/trail.js',
      code: `const shown = 5;
export function trail() {
  const steps = [];
  return {
    add(step) {
      steps.push({ step, at: Date.now() });
      if (steps.length > 100) steps.splice(0, 50);
    },
    recent: () => steps.slice(-shown).reverse(),
  };
}`,
    },
    {
      name: 'a list that something goes through as well, on a condition',
      path: 'src/trail.js',
      code: `export function trail(all) {
  const steps = [];
  return {
    add(step) {
      steps.push(step);
    },
    recent: () => (all ? steps.map((step) => step.name) : steps.slice(-5)),
  };
}`,
    },
    {
      name: 'the last words of a command, told when it has failed',
      code: `import { spawn } from 'node:child_process';
export function run(command: string) {
  return new Promise<void>((resolve, reject) => {
    let errors = '';
    const child = spawn(command);
    child.stderr.on('data', (part) => {
      errors += part;
    });
    child.on('close', (code) => (code ? reject(new Error(errors.slice(-400))) : resolve()));
  });
}`,
    },
    {
      name: 'the last words of a command, behind the wait for its end',
      code: `export async function run(start: (onLine: (line: string) => void) => Promise<number>) {
  const lines: string[] = [];
  const code = await start((line) => lines.push(line));
  return { code, end: lines.slice(-10) };
}`,
    },
    {
      name: 'all but the last one',
      path: 'src/trail.js',
      code: `export function trail() {
  const steps = [];
  return {
    add(step) {
      steps.push(step);
    },
    before: () => steps.slice(0, -1),
  };
}`,
    },
    {
      name: 'the output of a process, until the word has come',
      path: 'src/watcher.js',
      code: `const { spawn } = require('node:child_process');
class Builder {
  constructor() {
    this.seen = '';
  }
  start(onReady) {
    this.child = spawn('make', ['watch']);
    const onData = (part) => {
      this.seen += part;
      if (!this.seen.slice(-80).includes('ready')) return;
      this.child.stdout.off('data', onData);
      onReady();
    };
    this.child.stdout.on('data', onData);
  }
  stop() {
    this.child.kill();
  }
}
module.exports = Builder;`,
    },
  ],
);
