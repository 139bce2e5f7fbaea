import assert from 'node:assert/strict';
import { analyzeFile } from '../../../../src/analyzer/analyzer';
import { classifyFile } from '../../../../src/analyzer/files/classify';
import { findingsOf, findingsOfFiles, samples } from '../expectLeaks';

const severities = (code: string, path?: string): readonly string[] =>
  findingsOf(code, path).map(({ kind, severity }) => `${kind} ${severity}`);

const reconnecting = (condition: string): string => `let link;
function connect() {
  const socket = new WebSocket('wss://example.org');
  socket.onmessage = receive;
  return socket;
}
function receive(message) {
  show(message.data);
  check();
}
function check() {
  if (${condition}) link = connect(); // leak handle/websocket
}
setInterval(check, 1000);`;
const unmarked = (code: string): string => code.replace(/ \/\/ leak .*/g, '');

samples(
  'a connection that is made again once the old one is over',
  [
    { name: 'made again whenever it is asked for', code: reconnecting('online') },
    { name: 'made again while the old one is open', code: reconnecting('link.readyState === link.OPEN') },
    { name: 'made again when one of two is over', code: reconnecting('link.readyState === 3 || online') },
  ],
  [
    {
      name: 'a closed one',
      code: unmarked(reconnecting('link.readyState === link.CLOSED || link.readyState === link.CLOSING')),
    },
    { name: 'a closed one by its number', code: unmarked(reconnecting('link.readyState === 3')) },
    { name: 'a destroyed one', code: unmarked(reconnecting('link.destroyed && online')) },
  ],
);

describe('the connection of a module', () => {
  const database = (keep: string, use: string): readonly string[] =>
    severities(`const Database = require('better-sqlite3');
let connection;
const openDatabase = (path) => { ${keep} };
const rows = (text) => ${use};
module.exports = { openDatabase, rows };`);

  it('weighs little: its functions work with it', () =>
    assert.deepEqual(database('connection = new Database(path);', 'connection.prepare(text).all()'), [
      'handle/sqlite-database low',
    ]));
  it('weighs more where each call has its own', () =>
    assert.deepEqual(database('const own = new Database(path); own.prepare("x").run();', '[]'), [
      'handle/sqlite-database high',
    ]));
  it('weighs more where nobody works with it', () =>
    assert.deepEqual(database('connection = new Database(path);', '[]'), ['handle/sqlite-database medium']));
});

describe('a connection whose functions the caller is given', () => {
  const dial = (answer: string): readonly string[] =>
    severities(`export async function dial(address) {
  for (let tries = 0; tries < 9; tries++) await once(address);
}
function once(address) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.addEventListener('open', () => {
      const send = (text) => socket.send(text);
      send('hello');
      ${answer}
    });
  });
}`);
  it('weighs little', () => assert.deepEqual(dial('resolve({ send });'), ['handle/websocket low']));
  it('weighs more where nobody is given any', () =>
    assert.deepEqual(dial('resolve({ count: 1 });'), ['handle/websocket high']));
});

describe('a stream of a file into what this machine does', () => {
  const read = (target: string, before = ''): readonly string[] =>
    severities(`import fs from 'node:fs';
import unzip from 'unzip';
export function copy(name, done) {
  return new Promise((resolve, reject) => {
    ${before}
    fs.createReadStream(name).pipe(${target}).on('error', reject).on('close', resolve);
  });
}`);
  const little = ['handle/pipe-upstream-open low'];
  const more = ['handle/pipe-upstream-open medium'];
  it('weighs little', () => {
    assert.deepEqual(read('unzip.parse()'), little);
    assert.deepEqual(read('out', "const out = unzip.extract(name); out.on('error', reject);"), little);
  });
  it('weighs more where it goes on, or over a network', () => {
    assert.deepEqual(read('out', 'const out = unzip.extract(name); out.pipe(done);'), more);
    assert.deepEqual(read('unzip.request(name)'), more);
    assert.deepEqual(read('done'), more);
  });
});

describe('a file that is written from a stream', () => {
  const written = (code: string): readonly string[] =>
    severities(`import fs from 'node:fs';
import { archiver, extractor, get } from './tools';
export function save(name, done) {
  ${code}
}`);
  const out = "fs.createWriteStream(name + '.txt')";
  const little = ['handle/pipe-upstream-open low'];
  const more = ['handle/pipe-upstream-open medium'];
  it('of an entry of an archive weighs little', () => {
    const of = (event: string): string =>
      `const all = extractor(); all.on('${event}', (header, part) => { part.on('error', done); part.pipe(${out}); }); return all;`;
    assert.deepEqual(written(of('entry')), little);
    assert.deepEqual(written(of('answer')), more);
  });
  it('of what the function fills, by further calls, weighs little', () => {
    const of = (end: string): string =>
      `const all = archiver('zip'); all.glob('*').on('error', done).pipe(${out}); all.append(name); ${end}`;
    assert.deepEqual(written(of('all.finalize();')), little);
    assert.deepEqual(written(of('')), more);
  });
  it('is ended by what the pipe gives', () => {
    const of = (end: string): string =>
      `const answer = get(name); const file = answer.body.pipe(${out}); answer.body.on('error', (error) => ${end});`;
    assert.deepEqual(written(of('file.destroy(error)')), []);
    assert.deepEqual(written(of('done(error)')), more);
  });
});

describe('a stream of a file into an answer', () => {
  const served = (path: string): readonly string[] =>
    severities(`import fs from 'node:fs';
import path from 'node:path';
export const handler = (request, response) => {
  const file = ${path};
  fs.createReadStream(file).pipe(response);
};`);
  it('weighs little where it is the same page each time', () => {
    assert.deepEqual(served("path.resolve(root, 'pages', 'index.html')"), ['handle/pipe-upstream-open low']);
    assert.deepEqual(served("'index.html'"), ['handle/pipe-upstream-open low']);
  });
  it('weighs more where the request names it', () => {
    assert.deepEqual(served('path.join(root, request.url)'), ['handle/pipe-upstream-open medium']);
    assert.deepEqual(served("root + '/' + request.url"), ['handle/pipe-upstream-open medium']);
  });
});

samples(
  'object URLs that somebody revokes',
  [
    {
      name: 'one that is shown',
      code: `export function show(image, file) {
  image.src = URL.createObjectURL(file); // leak handle/object-url
}`,
    },
    {
      name: 'one with an option that says nothing of its end',
      code: `export function show(image, list) {
  image.src = URL.createObjectURL(list, { quality: 1 }); // leak handle/object-url
}`,
    },
    {
      name: 'one that is given to a viewer',
      code: `export class Viewer {
  updated(file) {
    this.viewer.replace(URL.createObjectURL(file)); // leak handle/object-url
  }
}`,
    },
  ],
  [
    {
      name: 'one that is for one use',
      code: `export function show(image, list) {
  image.src = URL.createObjectURL(list, { oneTimeOnly: true });
}`,
    },
    {
      name: 'one that is read back from the image',
      code: `export class Viewer {
  updated(file) {
    this.viewer.replace(URL.createObjectURL(file));
  }
  ready() {
    URL.revokeObjectURL(this.image.src);
  }
}`,
    },
    {
      name: 'one that a handler reads back',
      code: `export class Viewer {
  updated(file) {
    this.viewer.replace(URL.createObjectURL(file));
    this.image.onload = (event) => URL.revokeObjectURL(event.target.src);
  }
}`,
    },
  ],
);

describe('a widget for the element of a template', () => {
  const editor = (box: string, extra = ''): readonly string[] =>
    severities(
      `<script setup lang="ts">
import { EditorView } from '@codemirror/view';
import { onUnmounted, ref, watch } from 'vue';
${box}
let view: EditorView | undefined;
watch(place, () => {
  if (!place.value) return;
  view = new EditorView({ parent: place.value });
});
${extra}
onUnmounted(() => view?.destroy());
</script>`,
      'src/Panel.vue',
    );
  const lost = ['handle/library-object low'];

  it('is made once where only the template fills the box', () => {
    assert.deepEqual(editor('const place = ref(null);'), []);
    assert.deepEqual(editor('const place = ref<Element>();'), []);
    assert.deepEqual(editor("const place = useTemplateRef('place');"), []);
  });
  it('is lost where the code fills the box, or somebody else', () => {
    assert.deepEqual(editor('const place = ref(null);', 'function move(to: Element) {\n  place.value = to;\n}'), lost);
    assert.deepEqual(editor('const { place } = defineProps<Props>();'), lost);
    assert.deepEqual(editor('const place = usePlace();'), lost);
  });
});

samples(
  'waiting for a connection to open',
  [
    {
      name: 'for a while',
      code: `import { WebSocket } from 'ws';
export async function link(address) {
  const socket = new WebSocket(address); // leak handle/websocket
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
    setTimeout(() => reject(new Error('late')), 5000);
  });
  return wrap(socket);
}`,
    },
    {
      name: 'unless another one is open first',
      code: `import { WebSocket } from 'ws';
export async function link(address, others) {
  const socket = new WebSocket(address); // leak handle/websocket
  await new Promise((resolve, reject) => {
    socket.on('open', () => (others.length > 0 ? reject(new Error('late')) : resolve()));
  });
  return wrap(socket);
}`,
    },
    {
      name: 'for the first message',
      code: `import { WebSocket } from 'ws';
export async function link(address) {
  const socket = new WebSocket(address); // leak handle/websocket
  await new Promise((resolve, reject) => {
    socket.on('message', (text) => (text === 'ready' ? resolve() : reject(new Error(text))));
  });
  return wrap(socket);
}`,
    },
  ],
  [
    {
      name: 'or to fail',
      code: `import { WebSocket } from 'ws';
export async function link(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  return wrap(socket);
}`,
    },
    {
      name: 'or to fail or close',
      code: `import { WebSocket } from 'ws';
export async function link(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed')));
  });
  return wrap(socket);
}`,
    },
    {
      name: 'or to fail, by its property',
      code: `import { WebSocket } from 'ws';
export async function link(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('failed'));
  });
  return wrap(socket);
}`,
    },
  ],
);

const rows = (take: string, end: string): string => `export async function drop(tasks, list) {
  const row = await ${take}; // leak handle/release-skipped
  await list.forget(row.id);
  await row.${end}();
}`;
samples(
  'what is got and then ended',
  [
    { name: 'a lease', code: rows('tasks.getLease()', 'release') },
    { name: 'an archive', code: rows('tasks.loadArchive()', 'close') },
    { name: 'what is made', code: rows('tasks.createTask()', 'destroy') },
  ],
  [
    { name: 'a row that is deleted', code: unmarked(rows('tasks.getOldest(list.id)', 'destroy')) },
    { name: 'a row that is loaded', code: unmarked(rows('tasks.loadTask(list.id)', 'destroy')) },
    { name: 'a row that is found', code: unmarked(rows('tasks.findOne({ id: list.id })', 'destroy')) },
  ],
);

const feed = (end: string): string => `export const follow = (source, show) => {
  const subscription = source.subscribe((message) => show(message));${end.includes('then') || end.includes('await') ? '' : ' // leak listener/kept-never-used'}
  return () => {
    ${end}
  };
};`;
samples(
  'a subscription whose end a promise gives',
  [
    { name: 'that is only looked at', code: feed('if (subscription) show(undefined);') },
    { name: 'that is told something', code: feed('subscription.update(0);') },
    { name: 'that is left', code: feed('show(undefined);') },
  ],
  [
    { name: 'that is called', code: feed('subscription.then((end) => end());') },
    { name: 'that is called where it is there', code: feed('subscription.then((end) => end?.());') },
    { name: 'that is handed on', code: feed('void subscription.then(stop);') },
  ],
);

describe('a part that the teardown gives away with its owner', () => {
  const player = (end: string): readonly string[] =>
    severities(`import { destroyPlayer, report } from './helpers';
export class Screen {
  open(library, element) {
    this.player = library.createPlayer({ type: 'live' });
    this.player.attach(element);
  }
  destroy() {
    ${end}
    this.element.remove();
  }
}`);
  it('is not told where a helper ends what the owner keeps', () =>
    assert.deepEqual(player('destroyPlayer(this);'), []));
  it('is told where the helper ends nothing', () =>
    assert.deepEqual(player('report(this);'), ['handle/field-without-teardown low']));
  it('is told where the helper is given another', () =>
    assert.deepEqual(player('destroyPlayer(this.element);'), ['handle/field-without-teardown low']));
});

describe('a part that runs once more at most', () => {
  const part = (name: string, end = 'this.other.dispose();'): readonly string[] =>
    findingsOfFiles({
      'src/parts.ts': `export class ${name} {
  constructor(private readonly run: () => void) {}
  later(): void {
    this.timer = setTimeout(this.run, 10);
  }
  dispose(): void {
    clearTimeout(this.timer);
  }
}`,
      'src/panel.ts': `import { ${name} } from './parts';
export class Panel {
  private readonly own = new ${name}(() => this.draw());
  private readonly other = new Other();
  show(): void {
    this.own.later();
  }
  dispose(): void {
    ${end}
  }
}`,
    }).flatMap(({ findings }) =>
      findings.filter(({ confidence }) => confidence !== 'low').map(({ kind, severity }) => `${kind} ${severity}`),
    );
  it('weighs little', () => assert.deepEqual(part('DrawScheduler'), ['handle/field-without-teardown low']));
  it('weighs more as any other', () => assert.deepEqual(part('Canvas'), ['handle/field-without-teardown medium']));
  it('weighs little where the end does nothing at all', () =>
    assert.deepEqual(part('Canvas', ''), ['handle/field-without-teardown low']));
});

describe('files whose work ends with them', () => {
  const migration = `import { openApp } from './app';
export async function run() {
  const app = await openApp();
  await app.rename('a', 'b');
  await app.close();
}
run();`;
  it('are migrations and seeds', () => {
    for (const path of ['apps/api/migrations/rename/rename.ts', 'src/rename.migration.ts', 'db/seeds/first.ts'])
      assert.equal(analyzeFile({ path, text: migration }, { severityOverrides: {} }).findings.role, 'script', path);
    assert.equal(
      analyzeFile({ path: 'src/migrate.ts', text: migration }, { severityOverrides: {} }).findings.role,
      'production',
    );
  });

  const command = (signals: string): readonly string[] =>
    findingsOfFiles({
      'src/server.ts': `import http from 'node:http';
export class PreviewServer {
  async listen() {
    this.server = http.createServer(() => {});
    this.server.listen(0);
  }
  close() {
    this.server.close();
  }
}`,
      'src/dev.ts': `import { PreviewServer } from './server';
${signals}
export async function dev(options) {
  const server = new PreviewServer(options);
  await server.listen();
  show(options);
}`,
    }).flatMap(({ findings }) =>
      findings.filter(({ confidence }) => confidence !== 'low').map(({ kind, severity }) => `${kind} ${severity}`),
    );
  it('are programs that handle their signals', () =>
    assert.deepEqual(command("process.on('SIGINT', () => process.exit());"), ['handle/disposable-not-disposed low']));
  it('are not those that others call', () => assert.deepEqual(command(''), ['handle/disposable-not-disposed medium']));
});

describe('the runtime around WebAssembly', () => {
  const glue = `var Module = typeof Module !== 'undefined' ? Module : {};
var ENVIRONMENT_IS_NODE = typeof process === 'object';
if (ENVIRONMENT_IS_NODE) read = () => {};`;
  it('is generated', () => assert.equal(classifyFile('lib/archive.js', glue), 'generated'));
  it('is told by its names alone', () =>
    assert.equal(classifyFile('lib/archive.js', glue.replaceAll('ENVIRONMENT_IS_NODE', 'isNode')), null));
});
