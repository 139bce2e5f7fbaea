/** Code that never runs, files that are only read, timers of last resort and methods that give their own object. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles, samples } from './expectLeaks';

const trace = (flag: string, guard: string): string => `${flag}
const records: object[] = [];
export function trace(event: object): void {
  ${guard}
}`;

samples(
  'code behind a constant',
  [
    {
      name: 'behind one that may change',
      code: trace(
        'let debug = false;\nexport function turnOn() {\n  debug = true;\n}',
        'if (!debug) return;\n  records.push(event); // leak cache/array-only-pushed',
      ),
    },
    {
      name: 'behind one that is on',
      code: trace('const debug = true;', 'if (!debug) return;\n  records.push(event); // leak cache/array-only-pushed'),
    },
    {
      name: 'in the branch that is taken',
      code: trace(
        'const quiet = false;',
        'if (quiet) {\n    console.log(event);\n  } else {\n    records.push(event); // leak cache/array-only-pushed\n  }',
      ),
    },
  ],
  [
    {
      name: 'after a way out that is always taken',
      code: trace('const debug = false;', 'if (!debug) return;\n  records.push(event);'),
    },
    {
      name: 'in a branch that is never taken',
      code: trace('const debug = false;', 'if (debug) {\n    records.push(event);\n  }'),
    },
    {
      name: 'in the other branch',
      code: trace(
        'const quiet = true;',
        'if (quiet) {\n    console.log(event);\n  } else {\n    records.push(event);\n  }',
      ),
    },
  ],
);

describe('what a test is given to read', () => {
  const severities = (path: string): readonly string[] =>
    findingsOf(
      'export class Clock {\n  constructor() {\n    setInterval(() => this.tick(), 9);\n  }\n  tick() {}\n  dispose() {\n    this.at = 0;\n  }\n}',
      path,
    ).map(({ severity }) => severity);
  it('weighs little', () => {
    assert.deepEqual(severities('test/color-fixtures/clock.ts'), ['low']);
    assert.deepEqual(severities('tests/fixtures/clock.ts'), ['low']);
  });
  it('weighs no less than the rest of a test', () => assert.deepEqual(severities('test/clock.ts'), ['low']));
  it('is not production', () => assert.deepEqual(severities('src/clock.ts'), ['high']));
});

const starter = (work: string): string => `export class Starter {
  private readonly hosts = new Map<string, Host>();
  begin(host: Host): void {
    this.hosts.set(host.id, host);
    host.once('exit', () => {
      this.hosts.delete(host.id);
      ${work}
    });
  }
  dispose(): void {
    this.hosts.clear();
  }
}`;
const dropped = 'listener/timeout-in-class';

samples(
  'timers of last resort',
  [
    {
      name: 'one that works on its owner',
      code: starter(`setTimeout(() => { // leak ${dropped}
        this.hosts.get(host.id)?.refresh();
      }, 5000);`),
    },
    {
      name: 'one that only speaks of an end',
      code: starter(`setTimeout(() => { // leak ${dropped}
        this.hosts.get('killed')?.refresh();
      }, 5000);`),
    },
  ],
  [
    {
      name: 'a process that did not end',
      code: starter(`setTimeout(() => {
        this.log.write('still there');
        process.kill(host.pid);
      }, 5000);`),
    },
    {
      name: 'a worker that did not end',
      code: starter(`setTimeout(() => {
        try {
          this.hosts.get(host.id)?.terminate();
        } catch {
          this.log.write('gone');
        }
      }, 5000);`),
    },
    {
      name: 'the end of the program',
      code: starter('setTimeout(() => {\n        this.log.write("late");\n        process.exit(1);\n      }, 5000);'),
    },
  ],
);

describe('methods that give their own object', () => {
  const tunnel = `import net from 'node:net';
export class Tunnel {
  private readonly server = net.createServer();
  constructor(port: number) {
    this.server.listen(port);
  }
  async waitForReady(): Promise<Tunnel> {
    return this;
  }
  dispose(): void {
    this.server.close();
  }
}
`;
  const user = (use: string): readonly string[] =>
    findingsOfFiles({
      'src/tunnel.ts': tunnel,
      'src/user.ts': `import { Tunnel } from './tunnel';
export async function open(port: number): Promise<unknown> {
  const tunnel = new Tunnel(port);
  ${use}
}
`,
    }).flatMap(({ path, findings }) => findings.map(({ range }) => `${path}:${range.startLine + 1}`));

  it('are waited for, and what they give is dropped', () => {
    assert.deepEqual(user('await tunnel.waitForReady();\n  return port;'), ['src/user.ts:3']);
    assert.deepEqual(user('const name = tunnel.describe();\n  return name;'), ['src/user.ts:3']);
  });
  it('hand it on', () => {
    assert.deepEqual(user('return await tunnel.waitForReady();'), []);
    assert.deepEqual(user('const ready = await tunnel.waitForReady();\n  return ready;'), []);
    assert.deepEqual(user('let ready;\n  ready = await tunnel.waitForReady();\n  return ready;'), []);
  });
});

const watch = (guard: string): string => `declare const __TEST__: boolean;
declare const __DEV__: boolean;
export function open(url: string) {
  ${guard}
}`;

samples(
  'code of what is not shipped',
  [
    {
      name: 'is what the other branch is not',
      code: watch(
        "if (!__DEV__) {\n    window.addEventListener('focus', () => fetch(url)); // leak listener/dom-event-listener\n  }",
      ),
    },
    {
      name: 'is left before',
      code: watch(
        "if (__TEST__) return;\n  window.addEventListener('focus', () => fetch(url)); // leak listener/dom-event-listener",
      ),
    },
    {
      name: 'is not what another flag guards',
      code: watch(
        "if (__SSR__) {\n    window.addEventListener('focus', () => fetch(url)); // leak listener/dom-event-listener\n  }",
      ),
    },
  ],
  [
    {
      name: 'in its branch',
      code: watch("if (__TEST__) {\n    window.addEventListener('focus', () => fetch(url));\n  }"),
    },
    {
      name: 'in the other branch',
      code: watch("if (!__DEV__) return;\n  window.addEventListener('focus', () => fetch(url));"),
    },
    {
      name: 'in a branch within it',
      code: watch("if (__DEV__) {\n    if (url) window.addEventListener('focus', () => fetch(url));\n  }"),
    },
  ],
);
