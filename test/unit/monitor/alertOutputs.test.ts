/** Outputs of alerts: settings that are refused, real programs, a real server on loopback, real files. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlertOutputs } from '../../../src/monitor/alertOutputs';
import { nodeClock, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import { nodeSender } from '../../../src/monitor/node/nodeSender';
import { readOutputs } from '../../../src/monitor/outputSettings';
import { type AlertMessage, messageOf, testMessage } from '../../../src/slo/alerts/outbox';
import { policy } from '../slo/inputs';
import { FakeClock } from './memoryFileSystem';

function message(displayName: string, at = Date.now()): AlertMessage {
  const event = { at, kind: 'fire', key: 'p/o', policy: policy({ displayName }), objective: 'o', delta: null } as const;
  return messageOf({ ...event, valueText: '2 agents' }, 'w') ?? assert.fail();
}

describe('the setting of alert outputs', () => {
  it('is read with its defaults and its names', () => {
    const { outputs, problems } = readOutputs([
      { type: 'command', command: 'notify-send', args: ['{text}'] },
      { type: 'command', command: 'notify-send' },
      { type: 'file', path: '/var/log/alerts.jsonl', levels: ['P1'], timeoutSeconds: 3, name: 'log' },
      { type: 'webhook', url: 'https://user:secret@example.org/hook?token=secret', headers: { Authorization: 'x' } },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      outputs.map(({ name, levels, timeoutMs }) => [name, levels.length, timeoutMs]),
      [
        ['command notify-send', 2, 10_000],
        ['command notify-send (2)', 2, 10_000],
        ['log', 1, 3_000],
        ['webhook https://example.org/hook', 2, 10_000],
      ],
    );
  });

  it('says what is wrong with an entry and keeps the others', () => {
    const { outputs, problems } = readOutputs([
      { type: 'mail', to: 'x' },
      { type: 'command', command: '' },
      { type: 'command', command: 'x', args: 'rm -rf' },
      { type: 'file', path: 'relative.jsonl' },
      { type: 'webhook', url: 'file:///etc/passwd' },
      { type: 'webhook', url: 'http://h/', headers: { a: 'b\r\nc: d' } },
      { type: 'webhook', url: 'http://h/', shell: true },
      { type: 'file', path: '/x', levels: ['P3'] },
      { type: 'file', path: '/x', timeoutSeconds: 0 },
      null,
      { type: 'file', path: '/good' },
    ]);
    assert.equal(outputs.length, 1);
    assert.equal(problems.length, 10);
    assert.match(problems[3] ?? '', /entry 4, path: must be an absolute path; nothing is sent to it$/);
    assert.match(problems[4] ?? '', /entry 5, url: must be an http or https URL/);
    assert.match(problems[7] ?? '', /P3 alerts are never announced/);
    assert.deepEqual(readOutputs('notify-send').problems, ['sloLens.alerts.outputs must be a list of outputs']);
    assert.deepEqual(readOutputs(undefined), { outputs: [], problems: [] });
  });
});

describe('outputs of alerts', function () {
  this.timeout(20_000);
  let folder = '';
  let server: Server | null = null;
  const opened: AlertOutputs[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-outputs-'));
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) one.dispose();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
    server = null;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Outputs over the real system; `settled` resolves when as many answers have come. */
  function open(setting: readonly unknown[], answers: number) {
    const { outputs, problems } = readOutputs(setting);
    assert.deepEqual(problems, []);
    let count = 0;
    let resolve: () => void = () => undefined;
    const settled = new Promise<void>((done) => {
      resolve = done;
    });
    const made = new AlertOutputs({ fs: nodeFileSystem, clock: nodeClock, sender: nodeSender }, () => {
      if (++count === answers) resolve();
    });
    made.configure(outputs, folder);
    opened.push(made);
    return { outputs: made, settled };
  }

  async function listen(answer: (request: IncomingMessage, body: string) => number): Promise<string> {
    const made = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        const status = answer(request, body);
        if (status === 0) return;
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {});
        response.end('thanks');
      });
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(made.address() as AddressInfo).port}/hook`;
  }

  function program(text: string): string {
    const file = join(folder, 'receiver.mjs');
    writeFileSync(file, `#!${process.execPath}\n${text}`);
    chmodSync(file, 0o755);
    return file;
  }

  it('a program has the message on its standard input, and its arguments reach it as they are', async () => {
    const file = program(`import { readFileSync, writeFileSync } from 'node:fs';
writeFileSync('got.json', JSON.stringify({ args: process.argv.slice(2), input: JSON.parse(readFileSync(0, 'utf8')) }));`);
    const hostile = `$(touch pwned) \`touch pwned\` "; touch pwned; & | > x 'q' \n --flag \u001b[31m`;
    const sent = message(hostile);
    const { outputs, settled } = open(
      [{ type: 'command', command: file, args: ['{text}', '$HOME', '{level}-{kind}'] }],
      1,
    );
    outputs.add([sent]);
    outputs.send(true);
    await settled;
    const { args, input } = JSON.parse(readFileSync(join(folder, 'got.json'), 'utf8'));
    assert.deepEqual(input, sent);
    assert.equal(args.length, 3);
    assert.match(
      args[0],
      /^P1: \$\(touch pwned\) `touch pwned` "; touch pwned; & \| > x 'q' +--flag \\u001b\[31m \(2 agents\)$/,
    );
    assert.deepEqual(args.slice(1), ['$HOME', 'P1-fire']);
    assert.equal(existsSync(join(folder, 'pwned')), false);
    assert.deepEqual(
      outputs.states.map(({ waiting, failure, lost }) => [waiting, failure, lost]),
      [[0, null, 0]],
    );
  });

  it('a program that fails, hangs or is not there is told with a remedy, and its message waits', async () => {
    const failing = program("console.error('no display'); process.exit(3);");
    for (const [setting, words] of [
      [{ command: failing }, /^it ended with exit code 3: no display$/],
      [
        { command: process.execPath, args: ['-e', 'setInterval(() => {}, 1)'], timeoutSeconds: 1 },
        /within 1 s; raise timeoutSeconds$/,
      ],
      [{ command: join(folder, 'absent') }, /^there is no such program; give its full path$/],
      [{ command: folder }, /^it may not be run; make it executable$/],
    ] as const) {
      const { outputs, settled } = open([{ type: 'command', ...setting }], 1);
      outputs.add([message('x')]);
      outputs.send(true);
      await settled;
      const [state] = outputs.states;
      assert.match(state?.failure?.message ?? '', words);
      assert.equal(state?.waiting, 1);
      outputs.dispose();
    }
  });

  it('a program that does not read its input is no failure', async () => {
    const { outputs, settled } = open(
      [{ type: 'command', command: process.execPath, args: ['-e', 'process.stdin.destroy()'] }],
      1,
    );
    outputs.add([{ ...message('x'), value: 'y'.repeat(2_000_000) }]);
    outputs.send(true);
    await settled;
    assert.equal(outputs.states[0]?.failure, null);
  });

  it('a webhook is given JSON by POST, with the headers of the user', async () => {
    const seen: unknown[] = [];
    const url = await listen((request, body) => {
      seen.push([request.method, request.headers['content-type'], request.headers.authorization, JSON.parse(body)]);
      return 204;
    });
    const { outputs, settled } = open([{ type: 'webhook', url, headers: { authorization: 'Bearer x' } }], 1);
    const sent = message('größer');
    outputs.add([sent]);
    outputs.send(true);
    await settled;
    assert.deepEqual(seen, [['POST', 'application/json', 'Bearer x', sent]]);
    assert.ok((outputs.states[0]?.sentAt ?? 0) > 0);
  });

  it('a webhook that refuses loses its message and says so; one that fails, is silent or gone has it wait', async () => {
    let hits = 0;
    for (const [status, words, waiting] of [
      [404, /^it refused the message with 404; check the URL and the headers\. It will not be sent again: P1: x/, 0],
      [302, /redirects are not followed; give the final URL/, 0],
      [503, /^it answered 503$/, 1],
      [429, /^it answered 429$/, 1],
      [0, /^it did not answer within 1 s; raise timeoutSeconds$/, 1],
    ] as const) {
      const url = await listen(() => {
        hits++;
        return status;
      });
      const { outputs, settled } = open([{ type: 'webhook', url, timeoutSeconds: 1 }], 1);
      outputs.add([message('x')]);
      outputs.send(true);
      await settled;
      const [state] = outputs.states;
      assert.match(state?.failure?.message ?? '', words);
      assert.deepEqual([state?.waiting, state?.lost], [waiting, 1 - waiting], `${status}`);
      outputs.dispose();
      server?.closeAllConnections();
      await new Promise((resolve) => server?.close(resolve));
      server = null;
    }
    assert.equal(hits, 5, 'no redirect was followed');
    const { outputs, settled } = open([{ type: 'webhook', url: 'http://127.0.0.1:1/' }], 1);
    outputs.add([message('x')]);
    outputs.send(true);
    await settled;
    assert.match(
      outputs.states[0]?.failure?.message ?? '',
      /^nothing listens there; start the receiver or correct the URL$/,
    );
  });

  it('a file has a line per message; one that cannot be written keeps them waiting', async () => {
    const path = join(folder, 'deep', 'alerts.jsonl');
    const { outputs, settled } = open([{ type: 'file', path }], 2);
    outputs.add([message('one'), message('two', 2)]);
    outputs.send(true);
    await settled;
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as AlertMessage).displayName);
    assert.deepEqual(lines, ['one', 'two']);
    const broken = open([{ type: 'file', path: folder }], 1);
    broken.outputs.add([message('x')]);
    broken.outputs.send(true);
    await broken.settled;
    assert.match(broken.outputs.states[0]?.failure?.message ?? '', /name a file that can be written to$/);
    assert.equal(broken.outputs.waiting.length, 1);
  });

  it('what fails is tried again and arrives, in order, one output not held up by another', async () => {
    const clock = new FakeClock(1_000_000);
    let isDown = true;
    const arrived: string[] = [];
    const { outputs: settings } = readOutputs([
      { type: 'webhook', url: 'http://127.0.0.1/down' },
      { type: 'webhook', url: 'http://127.0.0.1/up' },
    ]);
    const outputs = new AlertOutputs(
      {
        fs: nodeFileSystem,
        clock,
        sender: {
          toProgram: () => assert.fail(),
          toUrl: async (url, { body }) => {
            if (url.endsWith('/down') && isDown) return { ok: false, isFinal: false, reason: 'down' };
            arrived.push(`${url.slice(url.lastIndexOf('/'))} ${(JSON.parse(body) as AlertMessage).displayName}`);
            return { ok: true };
          },
        },
      },
      () => undefined,
    );
    outputs.configure(settings, null);
    const settle = () => new Promise(setImmediate);
    outputs.add([message('one'), message('two', 2)]);
    outputs.send(true);
    await settle();
    assert.deepEqual(arrived, ['/up one', '/up two']);
    isDown = false;
    clock.advance(10_000);
    await settle();
    assert.deepEqual(arrived.slice(2), ['/down one', '/down two']);
    assert.deepEqual(outputs.waiting, []);
    assert.equal(clock.waiting, 0);
    outputs.dispose();
  });

  it('who does not speak sends nothing and keeps nothing; without outputs nothing is kept either', () => {
    const { outputs } = open([{ type: 'file', path: join(folder, 'x') }], 1);
    outputs.add([testMessage(1, 'w')]);
    outputs.send(false);
    assert.deepEqual(outputs.waiting, []);
    const { outputs: none } = open([], 1);
    none.add([testMessage(1, 'w')]);
    assert.deepEqual(none.waiting, []);
  });
});
