/** Kinds of which real code has few: three leaks and three safe twins each. */
import { samples } from '../expectLeaks';

samples(
  'listener/reporting-observer',
  [
    {
      name: 'in a class',
      code: `export class Reports {
  constructor() { this.o = new ReportingObserver(() => this.send()); this.o.observe(); } // leak listener/reporting-observer
  send() {}
  destroy() { this.gone = true; }
}`,
    },
    {
      name: 'in an effect',
      code: `import { useEffect } from 'react';
export function R({ send }) { useEffect(() => {
  const o = new ReportingObserver((r) => send(r)); // leak listener/reporting-observer
  o.observe();
}, [send]); return null; }`,
      path: 'src/r.tsx',
    },
    {
      name: 'in a mount hook',
      code: `export class Panel extends HTMLElement {
  connectedCallback() { this.o = new ReportingObserver(() => this.draw()); this.o.observe(); } // leak listener/reporting-observer
  draw() {}
  disconnectedCallback() { this.draw = null; }
}`,
    },
  ],
  [
    {
      name: 'disconnected',
      code: `export class Reports { constructor() { this.o = new ReportingObserver(() => {}); this.o.observe(); } destroy() { this.o.disconnect(); } }`,
    },
    { name: 'once per page', code: `new ReportingObserver((r) => console.log(r)).observe();` },
    {
      name: 'never started',
      code: `export class Reports { constructor() { this.o = new ReportingObserver(() => {}); } destroy() { this.gone = true; } }`,
    },
  ],
);

samples(
  'handle/webgl-object',
  [
    {
      name: 'a texture in a field',
      code: `export class Layer {
  constructor(gl: WebGLRenderingContext) { this.gl = gl; this.texture = gl.createTexture(); } // leak handle/webgl-object
  dispose() { this.gl.flush(); }
}`,
    },
    {
      name: 'a buffer of one drawing',
      code: `export function draw(gl: WebGL2RenderingContext, data: Float32Array) {
  const buffer = gl.createBuffer(); // leak handle/webgl-object
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
}`,
    },
    {
      name: 'one of two',
      code: `export class Layer {
  constructor(private gl: WebGLRenderingContext) {
    this.program = gl.createProgram();
    this.buffer = gl.createBuffer(); // leak handle/webgl-object
  }
  dispose() { this.gl.deleteProgram(this.program); }
}`,
    },
  ],
  [
    {
      name: 'deleted',
      code: `export class Layer { constructor(private gl: WebGLRenderingContext) { this.texture = gl.createTexture(); } dispose() { this.gl.deleteTexture(this.texture); } }`,
    },
    {
      name: 'returned',
      code: `export function make(gl: WebGLRenderingContext) { const program = gl.createProgram(); gl.linkProgram(program); return program; }`,
    },
    {
      name: 'an element, not an object of the GPU',
      code: `export function make(document: Document) { const node = document.createTextNode('x'); document.body.append(node); }`,
    },
  ],
);

samples(
  'handle/webgpu-resource',
  [
    {
      name: 'a buffer in a field',
      code: `export class Mesh {
  constructor(device: GPUDevice) { this.buffer = device.createBuffer({ size: 4, usage: 1 }); } // leak handle/webgpu-resource
  dispose() { this.gone = true; }
}`,
    },
    {
      name: 'a texture of one call',
      code: `export function blur(device: GPUDevice, queue: GPUQueue) {
  const texture = device.createTexture({ size: [1, 1], format: 'r8unorm', usage: 1 }); // leak handle/webgpu-resource
  const view = texture.createView();
  render(queue, view.label);
}`,
    },
    {
      name: 'one of two',
      code: `export class Mesh {
  constructor(device: GPUDevice) {
    this.a = device.createBuffer({ size: 4, usage: 1 });
    this.b = device.createBuffer({ size: 4, usage: 1 }); // leak handle/webgpu-resource
  }
  destroy() { this.a.destroy(); }
}`,
    },
  ],
  [
    {
      name: 'destroyed',
      code: `export class Mesh { constructor(device: GPUDevice) { this.buffer = device.createBuffer({ size: 4, usage: 1 }); } dispose() { this.buffer.destroy(); } }`,
    },
    {
      name: 'returned',
      code: `export const make = (device: GPUDevice) => device.createBuffer({ size: 4, usage: 1 });`,
    },
    {
      name: 'of another library',
      code: `export class Audio { constructor(context: AudioContext) { this.buffer = context.createBuffer(1, 1, 44100); } dispose() { this.gone = true; } }`,
    },
  ],
);

const three = "import * as THREE from 'three';\n";
samples(
  'handle/three-object',
  [
    {
      name: 'a geometry in a field',
      code: `${three}export class Ball {
  constructor() { this.geometry = new THREE.SphereGeometry(1); } // leak handle/three-object
  dispose() { this.scene.remove(this.mesh); }
}`,
    },
    {
      name: 'the material beside the geometry',
      code: `${three}export class Ball {
  constructor() {
    this.geometry = new THREE.SphereGeometry(1);
    this.material = new THREE.MeshBasicMaterial(); // leak handle/three-object
  }
  dispose() { this.geometry.dispose(); }
}`,
    },
    {
      name: 'a render target',
      code: `import { WebGLRenderTarget } from 'three';
export class Pass {
  constructor() { this.target = new WebGLRenderTarget(1, 1); } // leak handle/three-object
  dispose() { this.done = true; }
}`,
    },
  ],
  [
    {
      name: 'disposed',
      code: `${three}export class Ball { constructor() { this.geometry = new THREE.SphereGeometry(1); } dispose() { this.geometry.dispose(); } }`,
    },
    {
      name: 'no teardown',
      code: `${three}export class Ball { constructor() { this.geometry = new THREE.SphereGeometry(1); } }`,
    },
    {
      name: 'shared by the module',
      code: `${three}const geometry = new THREE.SphereGeometry(1);\nexport class Ball { constructor() { this.mesh = new THREE.Mesh(geometry); } dispose() { this.mesh.removeFromParent(); } }`,
    },
  ],
);

samples(
  'handle/http-agent',
  [
    {
      name: 'per request',
      code: `import https from 'node:https';
export function get(url) {
  const agent = new https.Agent({ keepAlive: true }); // leak handle/http-agent
  return fetchWith(url, { headers: {} }, agent.maxSockets);
}`,
    },
    {
      name: 'in a handler',
      code: `import http from 'node:http';
export function handle(req, res) {
  const agent = new http.Agent({ keepAlive: true }); // leak handle/http-agent
  http.get({ host: 'a', agent }, (answer) => answer.pipe(res));
}`,
    },
    {
      name: 'inline',
      code: `import https from 'node:https';
export async function load(url) {
  return new Promise((resolve) => https.get(url, { agent: new https.Agent({ keepAlive: true }) }, resolve)); // leak handle/http-agent
}`,
    },
  ],
  [
    {
      name: 'one for the module',
      code: `import https from 'node:https';\nconst agent = new https.Agent({ keepAlive: true });\nexport const get = (url) => https.get(url, { agent });`,
    },
    {
      name: 'destroyed',
      code: `import https from 'node:https';\nexport function get(url, done) { const agent = new https.Agent({ keepAlive: true }); https.get(url, { agent }, (a) => { a.resume(); agent.destroy(); done(); }); }`,
    },
    {
      name: 'without keep-alive',
      code: `import https from 'node:https';\nexport function get(url) { return https.get(url, { agent: new https.Agent({ rejectUnauthorized: false }) }); }`,
    },
  ],
);

samples(
  'handle/undici-body',
  [
    {
      name: 'only the status',
      code: `import { request } from 'undici';
export async function ping(url) {
  const { statusCode } = await request(url); // leak handle/undici-body
  return statusCode;
}`,
    },
    {
      name: 'only the headers',
      code: `import { request } from 'undici';
export async function size(url) {
  const { headers } = await request(url, { method: 'GET' }); // leak handle/undici-body
  return Number(headers['content-length']);
}`,
    },
    {
      name: 'dropped',
      code: `import { request } from 'undici';
export async function touch(url) {
  await request(url); // leak handle/undici-body
}`,
    },
  ],
  [
    {
      name: 'read',
      code: `import { request } from 'undici';\nexport async function text(url) { const { body } = await request(url); return body.text(); }`,
    },
    {
      name: 'dumped',
      code: `import { request } from 'undici';\nexport async function ping(url) { const { statusCode, body } = await request(url); await body.dump(); return statusCode; }`,
    },
    { name: 'returned', code: `import { request } from 'undici';\nexport const get = (url) => request(url);` },
  ],
);

samples(
  'handle/inspector-session',
  [
    {
      name: 'never disconnected',
      code: `import inspector from 'node:inspector';
export function profile(done) {
  const session = new inspector.Session(); // leak handle/inspector-session
  session.connect();
  session.post('Profiler.enable', done);
}`,
    },
    {
      name: 'an early return',
      code: `import { Session } from 'node:inspector/promises';
export async function profile(ms) {
  const session = new Session(); // leak handle/inspector-session
  session.connect();
  if (ms === 0) return null;
  const result = await session.post('Profiler.stop').catch(() => null);
  session.disconnect();
  return result;
}`,
    },
    {
      name: 'a failing await',
      code: `import { Session } from 'node:inspector/promises';
export async function profile() {
  const session = new Session(); // leak handle/inspector-session
  session.connect();
  await session.post('Profiler.enable');
  session.disconnect();
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import { Session } from 'node:inspector/promises';\nexport async function profile() { const session = new Session(); session.connect(); try { await session.post('Profiler.enable'); } finally { session.disconnect(); } }`,
    },
    {
      name: 'never connected',
      code: `import { Session } from 'node:inspector';\nexport function make() { const session = new Session(); session.on('x', () => {}); }`,
    },
    {
      name: 'returned',
      code: `import { Session } from 'node:inspector';\nexport function open() { const session = new Session(); session.connect(); return session; }`,
    },
  ],
);

samples(
  'handle/temp-dir',
  [
    {
      name: 'a failing step before its removal',
      code: `import fs from 'node:fs/promises';
export async function build(run) {
  const dir = await fs.mkdtemp('/tmp/build-'); // leak handle/temp-dir
  await run();
  await fs.rm(dir, { recursive: true });
}`,
    },
    {
      name: 'an early return',
      code: `import fs from 'node:fs';
export function build(files) {
  const dir = fs.mkdtempSync('/tmp/build-'); // leak handle/temp-dir
  if (files.length === 0) return 0;
  fs.rmSync(dir, { recursive: true });
  return files.length;
}`,
    },
    {
      name: 'removed in one branch',
      code: `import fs from 'node:fs';
export function build(files) {
  const dir = fs.mkdtempSync('/tmp/build-'); // leak handle/temp-dir
  if (files.length === 0) {
    fs.rmSync(dir, { recursive: true });
    return 0;
  }
  return files.length;
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import fs from 'node:fs/promises';\nexport async function build(run) { const dir = await fs.mkdtemp('/tmp/b-'); try { await run(dir); } finally { await fs.rm(dir, { recursive: true }); } }`,
    },
    { name: 'returned', code: `import fs from 'node:fs';\nexport const scratch = () => fs.mkdtempSync('/tmp/b-');` },
    {
      name: 'kept for the process',
      code: `import fs from 'node:fs';\nconst dir = fs.mkdtempSync('/tmp/b-');\nexport const path = (name) => dir + name;`,
    },
  ],
);

samples(
  'handle/stream-reader-lock',
  [
    {
      name: 'an early return',
      code: `export async function first(stream: ReadableStream) {
  const reader = stream.getReader(); // leak handle/stream-reader-lock
  const { done, value } = await reader.read().catch(() => ({ done: true, value: null }));
  if (done) return null;
  reader.releaseLock();
  return value;
}`,
    },
    {
      name: 'given back in one branch only',
      code: `export async function first(stream: ReadableStream) {
  const reader = stream.getReader(); // leak handle/stream-reader-lock
  const { value } = await reader.read();
  if (!value) {
    reader.releaseLock();
    return null;
  }
  return value;
}`,
    },
    {
      name: 'a writer',
      code: `export async function put(stream: WritableStream, text: string) {
  const writer = stream.getWriter(); // leak handle/stream-reader-lock
  if (text === '') return;
  await writer.write(text);
  writer.releaseLock();
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `export async function first(stream: ReadableStream) { const reader = stream.getReader(); try { return (await reader.read()).value; } finally { reader.releaseLock(); } }`,
    },
    {
      name: 'read to the end',
      code: `export async function all(stream: ReadableStream, take) { const reader = stream.getReader(); for (;;) { const { done, value } = await reader.read(); if (done) break; take(value); } }`,
    },
    { name: 'returned', code: `export function open(stream: ReadableStream) { return stream.getReader(); }` },
  ],
);

samples(
  'handle/double-close',
  [
    {
      name: 'in try and in finally',
      code: `import fs from 'node:fs';
export function read(path) {
  const fd = fs.openSync(path);
  try {
    const text = fs.readFileSync(fd, 'utf8');
    fs.closeSync(fd);
    return text;
  } finally {
    fs.closeSync(fd); // leak handle/double-close
  }
}`,
    },
    {
      name: 'twice in a row',
      code: `import fs from 'node:fs';
export function touch(path) {
  const fd = fs.openSync(path, 'a');
  fs.closeSync(fd);
  fs.closeSync(fd); // leak handle/double-close
}`,
    },
    {
      name: 'a pooled client',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function load(sql) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query(sql);
    client.release();
    return rows;
  } finally {
    client.release(); // leak handle/double-close
  }
}`,
    },
  ],
  [
    {
      name: 'once',
      code: `import fs from 'node:fs';\nexport function read(path) { const fd = fs.openSync(path); try { return fs.readFileSync(fd, 'utf8'); } finally { fs.closeSync(fd); } }`,
    },
    {
      name: 'an idempotent close',
      code: `import fs from 'node:fs/promises';\nexport async function read(path) { const f = await fs.open(path); try { const t = await f.readFile(); await f.close(); return t; } finally { await f.close(); } }`,
    },
    {
      name: 'one of two branches',
      code: `import fs from 'node:fs';\nexport function read(path, quick) { const fd = fs.openSync(path); if (quick) { fs.closeSync(fd); return ''; } try { return fs.readFileSync(fd, 'utf8'); } finally { fs.closeSync(fd); } }`,
    },
  ],
);

samples(
  'handle/use-after-close',
  [
    {
      name: 'a file',
      code: `import fs from 'node:fs/promises';
export async function copy(path) {
  const file = await fs.open(path);
  await file.close();
  return file.readFile(); // leak handle/use-after-close
}`,
    },
    {
      name: 'a pooled client',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function load(sql) {
  const client = await pool.connect();
  client.release();
  return client.query(sql); // leak handle/use-after-close
}`,
    },
    {
      name: 'a browser',
      code: `import puppeteer from 'puppeteer';
export async function shot(url) {
  const browser = await puppeteer.launch();
  await browser.close();
  const page = await browser.newPage(); // leak handle/use-after-close
  await page.goto(url);
}`,
    },
  ],
  [
    {
      name: 'used before',
      code: `import fs from 'node:fs/promises';\nexport async function copy(path) { const file = await fs.open(path); try { return await file.readFile(); } finally { await file.close(); } }`,
    },
    {
      name: 'opened anew',
      code: `import fs from 'node:fs/promises';\nexport async function twice(path) { let file = await fs.open(path); await file.close(); file = await fs.open(path); try { return await file.readFile(); } finally { await file.close(); } }`,
    },
    {
      name: 'another one',
      code: `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(a, b) { const one = await pool.connect(); try { await one.query(a); } finally { one.release(); } return pool.query(b); }`,
    },
  ],
);

samples(
  'handle/worker-thread',
  [],
  [
    {
      name: 'terminated',
      code: `import { Worker } from 'node:worker_threads';\nexport async function run(path) { const worker = new Worker(path); try { return await answer(worker.threadId); } finally { await worker.terminate(); } }`,
    },
    {
      name: 'watched to its end',
      code: `import { Worker } from 'node:worker_threads';\nexport function run(path, done) { const worker = new Worker(path); worker.on('exit', done); }`,
    },
  ],
);

for (const [kind, made] of [
  ['handle/peer-connection', 'new RTCPeerConnection()'],
  ['handle/web-transport', "new WebTransport('https://example.org/')"],
  ['handle/web-codec', 'new VideoDecoder({ output: show, error: show })'],
] as const)
  samples(
    kind,
    [
      {
        name: 'in an effect',
        code: `import { useEffect } from 'react';
export function View({ show }) {
  useEffect(() => {
    const it = ${made}; // leak ${kind}
    it.onstate = show;
  }, [show]);
  return null;
}`,
        path: 'src/view.tsx',
      },
      {
        name: 'in a field that the teardown forgets',
        code: `export class View {
  constructor(show) { this.it = ${made}; this.show = show; } // leak ${kind}
  dispose() { this.show = undefined; }
}`,
      },
      {
        name: 'in each call',
        code: `export function view(show) {
  const it = ${made}; // leak ${kind}
  it.onstate = show;
}`,
      },
    ],
    [
      {
        name: 'closed by the clean-up',
        code: `import { useEffect } from 'react';
export function View({ show }) {
  useEffect(() => {
    const it = ${made};
    return () => it.close();
  }, [show]);
  return null;
}`,
        path: 'src/view.tsx',
      },
      {
        name: 'closed by the teardown',
        code: `export class View {
  constructor(show) { this.it = ${made}; }
  dispose() { this.it.close(); }
}`,
      },
      { name: 'given to the caller', code: `export function view(show) { return ${made}; }` },
    ],
  );
