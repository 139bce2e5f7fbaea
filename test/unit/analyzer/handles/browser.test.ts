import { samples } from '../expectLeaks';

const effect = (body: string, before = ''): string =>
  `import { useEffect, useRef } from 'react';\nexport function View({ url, show }) {\n  ${before}\n  useEffect(() => {\n    ${body}\n  }, [url]);\n  return <p />;\n}`;
const view = 'src/View.tsx';

samples(
  'handle/websocket-in-effect',
  [
    {
      name: 'a socket without a clean-up',
      path: view,
      code: effect(
        'const socket = new WebSocket(url); // leak handle/websocket\n    socket.onmessage = (event) => show(event.data);',
      ),
    },
    {
      name: 'a clean-up that forgets the socket',
      path: view,
      code: effect(
        "const socket = new WebSocket(url); // leak handle/websocket\n    const resize = () => show();\n    window.addEventListener('resize', resize);\n    return () => window.removeEventListener('resize', resize);",
      ),
    },
    {
      name: 'a mounted hook',
      path: 'src/feed.js',
      code: `export default {\n  mounted() {\n    this.socket = new WebSocket(this.url); // leak handle/websocket\n    this.socket.onmessage = () => this.refresh();\n  },\n  beforeUnmount() {\n    this.count = 0;\n  },\n};`,
    },
  ],
  [
    {
      name: 'a returned clean-up',
      path: view,
      code: effect('const socket = new WebSocket(url);\n    return () => socket.close();'),
    },
    {
      name: 'a ref that is closed',
      path: view,
      code: effect(
        'socket.current = new WebSocket(url);\n    return () => { socket.current?.close(); };',
        'const socket = useRef(null);',
      ),
    },
    {
      name: 'a socket closed on a state',
      path: view,
      code: effect(
        'const socket = new WebSocket(url);\n    socket.onopen = () => { if (done) { socket.close(); } };\n    let done = false;\n    return () => { done = true; if (socket.readyState === 1) socket.close(); };',
      ),
    },
  ],
);

samples(
  'handle/websocket',
  [
    {
      name: 'a class whose teardown forgets it',
      code: `export class Client {\n  connect(url: string) {\n    this.socket = new WebSocket(url); // leak handle/websocket\n  }\n  destroy() {\n    this.handlers.clear();\n  }\n}`,
    },
    {
      name: 'a socket per call',
      code: `import WebSocket from 'ws';\nexport function ping(url: string) {\n  const socket = new WebSocket(url); // leak handle/websocket\n  socket.on('open', () => socket.send('ping'));\n}`,
    },
    {
      name: 'a socket per request',
      path: 'src/app.js',
      code: `const WebSocket = require('ws');\napp.get('/proxy', (req, res) => {\n  const upstream = new WebSocket(req.query.url); // leak handle/websocket\n  upstream.on('message', (data) => res.write(data));\n});`,
    },
  ],
  [
    {
      name: 'a class that closes it',
      code: `export class Client {\n  connect(url: string) { this.socket = new WebSocket(url); }\n  destroy() { this.socket?.close(); }\n}`,
    },
    {
      name: 'a socket that the caller gets',
      code: `export function open(url: string) { const socket = new WebSocket(url); socket.binaryType = 'blob'; return socket; }`,
    },
    {
      name: 'closed when the answer came',
      code: `import WebSocket from 'ws';\nexport function ask(url: string) { const socket = new WebSocket(url); socket.on('message', (data) => { socket.close(); }); }`,
    },
  ],
);

samples(
  'handle/event-source',
  [
    {
      name: 'an effect',
      path: view,
      code: effect(
        'const events = new EventSource(url); // leak handle/event-source\n    events.onmessage = (event) => show(event.data);',
      ),
    },
    {
      name: 'a class',
      code: `export class Feed {\n  private readonly source = new EventSource('/feed'); // leak handle/event-source\n  dispose() { this.listeners = []; }\n}`,
    },
    {
      name: 'a component',
      path: 'src/el.js',
      code: `class Feed extends HTMLElement {\n  connectedCallback() {\n    this.source = new EventSource('/feed'); // leak handle/event-source\n  }\n  disconnectedCallback() {\n    this.innerHTML = '';\n  }\n}`,
    },
  ],
  [
    {
      name: 'a clean-up',
      path: view,
      code: effect('const events = new EventSource(url);\n    return () => { events.close(); };'),
    },
    { name: 'module level', code: `const source = new EventSource('/feed');\nsource.onmessage = console.log;` },
    {
      name: 'a method that closes',
      code: `export class Feed { private source = new EventSource('/feed'); close() { this.source.close(); } }`,
    },
  ],
);

samples(
  'handle/broadcast-channel',
  [
    {
      name: 'an effect',
      path: view,
      code: effect(
        "const channel = new BroadcastChannel('x'); // leak handle/broadcast-channel\n    channel.onmessage = show;",
      ),
    },
    {
      name: 'a class with a teardown',
      code: `export class Tabs {\n  constructor() {\n    this.channel = new BroadcastChannel('tabs'); // leak handle/broadcast-channel\n    this.channel.onmessage = (e) => this.sync(e);\n  }\n  destroy() { this.tabs.clear(); }\n}`,
    },
    {
      name: 'a channel per message',
      code: `export function announce(text: string) {\n  const channel = new BroadcastChannel('news'); // leak handle/broadcast-channel\n  channel.postMessage(text);\n}`,
    },
  ],
  [
    {
      name: 'closed after the message',
      code: `export function announce(text: string) { const channel = new BroadcastChannel('news'); channel.postMessage(text); channel.close(); }`,
    },
    { name: 'module level', code: `export const channel = new BroadcastChannel('news');` },
    {
      name: 'a clean-up',
      path: view,
      code: effect(
        "const channel = new BroadcastChannel('x');\n    channel.onmessage = show;\n    return () => channel.close();",
      ),
    },
  ],
);

samples(
  'handle/web-worker',
  [
    {
      name: 'an effect',
      path: view,
      code: effect(
        "const worker = new Worker(new URL('./w.js', import.meta.url)); // leak handle/web-worker\n    worker.onmessage = show;",
      ),
    },
    {
      name: 'a class',
      code: `export class Pool {\n  start() {\n    this.worker = new Worker('/w.js'); // leak handle/web-worker\n  }\n  dispose() { this.queue = []; }\n}`,
    },
    {
      name: 'a worker per call',
      code: `export function resize(image) {\n  const worker = new Worker('/resize.js'); // leak handle/web-worker\n  worker.postMessage(image);\n}`,
    },
  ],
  [
    {
      name: 'terminated when done',
      code: `export function resize(image) { const worker = new Worker('/resize.js'); worker.onmessage = () => worker.terminate(); worker.postMessage(image); }`,
    },
    {
      name: 'a pool that ends its workers',
      code: `export class Pool { private workers = []; add() { this.workers.push(new Worker('/w.js')); } dispose() { for (const worker of this.workers) worker.terminate(); } }`,
    },
    {
      name: 'one for the page',
      code: `let worker;\nexport function get() { if (!worker) worker = new Worker('/w.js'); return worker; }`,
    },
  ],
);

samples(
  'handle/message-channel',
  [
    {
      name: 'an effect',
      path: view,
      code: effect(
        'const channel = new MessageChannel(); // leak handle/message-channel\n    window.gate = channel.name;',
      ),
    },
    {
      name: 'a class',
      code: `export class Bridge {\n  constructor() {\n    this.channel = new MessageChannel(); // leak handle/message-channel\n  }\n  destroy() { this.calls.clear(); }\n}`,
    },
    {
      name: 'a dropped channel per mount',
      path: 'src/el.js',
      code: `class Frame extends HTMLElement {\n  connectedCallback() {\n    new MessageChannel(); // leak handle/message-channel\n  }\n}`,
    },
  ],
  [
    {
      name: 'a port that is transferred',
      code: `export function connect(target) { const channel = new MessageChannel(); target.postMessage('port', '*', [channel.port2]); channel.port1.onmessage = () => channel.port1.close(); }`,
    },
    {
      name: 'destructured ports',
      code: `export function connect(target) { const { port1, port2 } = new MessageChannel(); target.postMessage('x', [port2]); return port1; }`,
    },
    { name: 'module level', code: `const channel = new MessageChannel();\nchannel.port1.onmessage = () => {};` },
  ],
);

samples(
  'handle/object-url',
  [
    {
      name: 'a download link',
      code: `export function save(blob: Blob, name: string) {\n  const a = document.createElement('a');\n  a.href = URL.createObjectURL(blob); // leak handle/object-url\n  a.download = name;\n  document.body.appendChild(a);\n  a.click();\n  document.body.removeChild(a);\n}`,
    },
    {
      name: 'a variable used for a link',
      code: `export function save(text: string) {\n  const url = window.URL.createObjectURL(new Blob([text])); // leak handle/object-url\n  const link = document.createElement('a');\n  link.setAttribute('href', url);\n  link.click();\n}`,
    },
    {
      name: 'a preview in a class that forgets it',
      code: `export class Preview {\n  show(file: File) {\n    this.url = URL.createObjectURL(file); // leak handle/object-url\n    this.image.src = this.url;\n  }\n  destroy() { this.image.remove(); }\n}`,
    },
    {
      name: 'a window',
      code: `export function print(pdf: Blob) {\n  window.open(URL.createObjectURL(pdf)); // leak handle/object-url\n}`,
    },
    {
      name: 'a timer is given something else to revoke',
      code: `export function save(blob: Blob, old: string) {\n  const url = URL.createObjectURL(blob); // leak handle/object-url\n  setTimeout(URL.revokeObjectURL, 60_000, old);\n  const link = document.createElement('a');\n  link.href = url;\n  link.click();\n}`,
    },
  ],
  [
    {
      name: 'a timer is given what revokes it',
      code: `function lend(blob: Blob) {\n  const url = URL.createObjectURL(blob);\n  setTimeout(URL.revokeObjectURL, 60_000, url);\n  return url;\n}\nexport function save(blob: Blob) {\n  const link = document.createElement('a');\n  link.href = lend(blob);\n  link.click();\n}`,
    },
    {
      name: 'a pause passes it on to what revokes it',
      code: `export function save(blob: Blob) {\n  const url = URL.createObjectURL(blob);\n  pause(60_000, url).then(URL.revokeObjectURL);\n  window.open(url);\n}`,
    },
    {
      name: 'revoked after the click',
      code: `export function save(blob: Blob) { const a = document.createElement('a'); const url = URL.createObjectURL(blob); a.href = url; a.click(); URL.revokeObjectURL(url); }`,
    },
    {
      name: 'revoked by the property',
      code: `export function show(img: HTMLImageElement, blob: Blob) { img.src = URL.createObjectURL(blob); img.onload = () => URL.revokeObjectURL(img.src); }`,
    },
    {
      name: 'revoked later',
      code: `export function save(blob: Blob) { const a = document.createElement('a'); a.href = URL.createObjectURL(blob); a.click(); setTimeout(() => { URL.revokeObjectURL(a.href); }, 100); }`,
    },
    { name: 'returned', code: `export const urlOf = (blob: Blob) => URL.createObjectURL(blob);` },
    {
      name: 'state that an effect revokes',
      path: view,
      code: `import { useEffect, useState } from 'react';\nexport function Preview({ file }) {\n  const [url, setUrl] = useState('');\n  useEffect(() => { const next = URL.createObjectURL(file); setUrl(next); return () => URL.revokeObjectURL(next); }, [file]);\n  return <img src={url} />;\n}`,
    },
    {
      name: 'once per page',
      code: `const worker = URL.createObjectURL(new Blob(['x']));\nexport const start = () => worker;`,
    },
  ],
);

const shown = (before: string, leak = '', helper = ''): string => `${helper}
export async function show(video, deviceId) {
  ${before}
  const stream = await navigator.mediaDevices.getUserMedia({ video: { deviceId } });${leak}
  video.srcObject = stream;
}`;
const stopAll = 'function quiet(stream) {\n  if (stream) stream.getTracks().forEach((track) => track.stop());\n}';

samples(
  'handle/media-stream',
  [
    {
      name: 'what the element showed before is only looked at',
      code: shown(
        'look(video.srcObject);',
        ' // leak handle/media-stream',
        'function look(stream) {\n  console.log(stream.active);\n}',
      ),
    },
    {
      name: 'another element is ended',
      code: shown('quiet(deviceId.srcObject);', ' // leak handle/media-stream', stopAll),
    },
    {
      name: 'an effect',
      path: view,
      code: effect('navigator.mediaDevices.getUserMedia({ audio: true }); // leak handle/media-stream'),
    },
    {
      name: 'a class whose teardown forgets it',
      code: `export class Camera {\n  async start() {\n    this.stream = await navigator.mediaDevices.getUserMedia({ video: true }); // leak handle/media-stream\n    this.video.srcObject = this.stream;\n  }\n  destroy() { this.video.remove(); }\n}`,
    },
    {
      name: 'a stream per call',
      code: `export async function record(video) {\n  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true }); // leak handle/media-stream\n  video.srcObject = stream;\n}`,
    },
  ],
  [
    { name: 'a function ends what the element showed before', code: shown('quiet(video.srcObject);', '', stopAll) },
    {
      name: 'one of another file does so, by its name',
      code: shown('stopTracks(video.srcObject);', '', "import { stopTracks } from './tracks';"),
    },
    {
      name: 'tracks that are stopped',
      code: `export class Camera {\n  async start() { this.stream = await navigator.mediaDevices.getUserMedia({ video: true }); }\n  destroy() { this.stream.getTracks().forEach((track) => track.stop()); }\n}`,
    },
    {
      name: 'returned',
      code: `export async function open() { const stream = await navigator.mediaDevices.getUserMedia({ video: true }); return stream; }`,
    },
    {
      name: 'stopped through the element',
      code: `export class Camera {\n  async start() { this.video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true }); }\n  stop() { this.video.srcObject.getTracks().forEach((track) => track.stop()); }\n}`,
    },
  ],
);

samples(
  'handle/audio-context',
  [
    {
      name: 'a context per call',
      code: `export function beep() {\n  const audio = new AudioContext(); // leak handle/audio-context\n  audio.createOscillator().start();\n}`,
    },
    {
      name: 'a class whose teardown forgets it',
      code: `export class Meter {\n  constructor() {\n    this.audio = new AudioContext(); // leak handle/audio-context\n  }\n  destroy() { cancelAnimationFrame(this.frame); }\n}`,
    },
    {
      name: 'an effect',
      path: view,
      code: effect('const audio = new AudioContext(); // leak handle/audio-context\n    audio.resume();'),
    },
  ],
  [
    {
      name: 'one of the module',
      code: `let audio;\nexport function context() { return (audio ??= new AudioContext()); }`,
    },
    {
      name: 'closed',
      code: `export class Meter { private audio = new AudioContext(); destroy() { void this.audio.close(); } }`,
    },
    {
      name: 'a player that keeps one',
      code: `export class Player { private readonly audio = new AudioContext(); play() { this.audio.resume(); } }`,
    },
  ],
);

samples(
  'handle/image-bitmap',
  [
    {
      name: 'drawn and dropped',
      code: `export async function paint(context, blob) {\n  const bitmap = await createImageBitmap(blob); // leak handle/image-bitmap\n  context.drawImage(bitmap, 0, 0);\n}`,
    },
    {
      name: 'a texture',
      code: `export async function upload(gl, blob) {\n  const image = await createImageBitmap(blob); // leak handle/image-bitmap\n  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, image);\n}`,
    },
    {
      name: 'a size',
      code: `export async function size(blob) {\n  const bitmap = await createImageBitmap(blob); // leak handle/image-bitmap\n  console.log(bitmap.width);\n}`,
    },
  ],
  [
    {
      name: 'closed',
      code: `export async function paint(context, blob) { const bitmap = await createImageBitmap(blob); context.drawImage(bitmap, 0, 0); bitmap.close(); }`,
    },
    {
      name: 'transferred',
      code: `export async function send(worker, blob) { const bitmap = await createImageBitmap(blob); worker.postMessage({ bitmap }, [bitmap]); }`,
    },
    { name: 'returned', code: `export async function load(blob) { return await createImageBitmap(blob); }` },
  ],
);

samples(
  'handle/video-frame',
  [
    {
      name: 'encoded and dropped',
      code: `export function encode(encoder, canvas, timestamp) {\n  const frame = new VideoFrame(canvas, { timestamp }); // leak handle/video-frame\n  encoder.encode(frame);\n}`,
    },
    {
      name: 'drawn and dropped',
      code: `export function draw(context, source) {\n  const frame = new VideoFrame(source); // leak handle/video-frame\n  context.drawImage(frame, 0, 0);\n}`,
    },
    {
      name: 'an inline frame',
      code: `export function encode(encoder, canvas, timestamp) {\n  encoder.encode(new VideoFrame(canvas, { timestamp })); // leak handle/video-frame\n}`,
    },
  ],
  [
    {
      name: 'closed',
      code: `export function encode(encoder, canvas, timestamp) { const frame = new VideoFrame(canvas, { timestamp }); encoder.encode(frame); frame.close(); }`,
    },
    { name: 'returned', code: `export const grab = (canvas, timestamp) => new VideoFrame(canvas, { timestamp });` },
    {
      name: 'handed to another owner',
      code: `export function push(queue, canvas, timestamp) { queue.enqueue(new VideoFrame(canvas, { timestamp })); }`,
    },
  ],
);

samples(
  'handle/perf-observer',
  [
    {
      name: 'an observer per call',
      code: `import { PerformanceObserver } from 'node:perf_hooks';\nexport function measure(report) {\n  const observer = new PerformanceObserver((list) => report(list)); // leak handle/perf-observer\n  observer.observe({ entryTypes: ['gc'] });\n}`,
    },
    {
      name: 'a class whose teardown forgets it',
      code: `import { PerformanceObserver } from 'perf_hooks';\nexport class Meter {\n  start() {\n    this.observer = new PerformanceObserver(() => this.tick()); // leak handle/perf-observer\n    this.observer.observe({ entryTypes: ['gc'] });\n  }\n  dispose() { this.ticks = 0; }\n}`,
    },
    {
      name: 'an observer per request',
      path: 'src/app.js',
      code: `const { PerformanceObserver } = require('node:perf_hooks');\napp.get('/gc', (req, res) => {\n  const observer = new PerformanceObserver((list) => res.json(list.getEntries())); // leak handle/perf-observer\n  observer.observe({ entryTypes: ['gc'] });\n});`,
    },
  ],
  [
    {
      name: 'module level',
      code: `import { PerformanceObserver } from 'node:perf_hooks';\nconst observer = new PerformanceObserver(() => {});\nobserver.observe({ entryTypes: ['gc'] });`,
    },
    {
      name: 'disconnected',
      code: `import { PerformanceObserver } from 'node:perf_hooks';\nexport class Meter { start() { this.observer = new PerformanceObserver(() => {}); this.observer.observe({ entryTypes: ['gc'] }); } stop() { this.observer.disconnect(); } }`,
    },
    {
      name: 'never observing',
      code: `import { PerformanceObserver } from 'node:perf_hooks';\nexport const make = () => { const observer = new PerformanceObserver(() => {}); console.log(observer); };`,
    },
  ],
);
