import { samples } from '../expectLeaks';

samples(
  'clients of the model context protocol, of languages and of rooms',
  [
    {
      name: 'a failed call skips the close',
      code: `import { Client } from '@modelcontextprotocol/sdk/client/index.js';
export async function tools(transport) {
  const client = new Client({ name: 'lens', version: '1.0.0' }); // leak handle/service-client
  await client.connect(transport);
  const { tools } = await client.listTools();
  await client.close();
  return tools;
}`,
    },
    {
      name: 'closed only where there are tools',
      code: `import { experimental_createMCPClient as createMCPClient } from 'ai';
export async function answer(url: string) {
  const client = await createMCPClient({ transport: { type: 'sse', url } }); // leak handle/service-client
  const tools = await client.tools();
  if (Object.keys(tools).length === 0) return undefined;
  await client.close();
  return tools;
}`,
    },
    {
      name: 'a database of a request',
      code: `import { createClient } from '@libsql/client';
export async function count(url: string) {
  const client = createClient({ url }); // leak handle/service-client
  const { rows } = await client.execute('SELECT count(*) FROM visits');
  return rows[0];
}`,
    },
  ],
  [
    {
      name: 'closed in finally',
      code: `import { Client } from '@modelcontextprotocol/sdk/client/index.js';
export async function tools(transport) {
  const client = new Client({ name: 'lens', version: '1.0.0' });
  try {
    await client.connect(transport);
    return await client.listTools();
  } finally {
    await client.close();
  }
}`,
    },
    {
      name: 'never connected',
      code: `import { Client } from '@modelcontextprotocol/sdk/client/index.js';
export function describe() {
  const client = new Client({ name: 'lens', version: '1.0.0' });
  return client.getServerVersion();
}`,
    },
    {
      name: 'one that the extension stops',
      code: `import { LanguageClient } from 'vscode-languageclient/node';
let client: LanguageClient | undefined;
export async function activate(server, options) {
  client = new LanguageClient('lens', 'Lens', server, options);
  await client.start();
}
export function deactivate() {
  return client?.stop();
}`,
    },
    {
      name: 'a room that the caller gets',
      code: `import { connect } from 'twilio-video';
export async function join(token: string, name: string) {
  const room = await connect(token, { name });
  room.localParticipant.setNetworkQualityConfiguration({ local: 1, remote: 1 });
  return room;
}`,
    },
  ],
);

samples(
  'maps, sounds and carousels',
  [
    {
      name: 'a map of a component that is unmounted',
      code: `import { useEffect } from 'react';
import maplibregl from 'maplibre-gl';
export function Places({ host, style }) {
  useEffect(() => {
    const map = new maplibregl.Map({ container: host.current, style }); // leak handle/library-object
    map.addControl(new maplibregl.NavigationControl());
  }, [host, style]);
  return null;
}`,
    },
    {
      name: 'a sound of each note, where the end only pauses the last',
      code: `import { Howl } from 'howler';
export class Bell {
  private readonly sound: Howl;
  constructor(src: string) {
    this.sound = new Howl({ src: [src] }); // leak handle/library-object
  }
  ring() { this.sound.play(); }
  destroy() { this.sound.pause(); }
}`,
    },
  ],
  [
    {
      name: 'removed in the clean-up',
      code: `import { useEffect } from 'react';
import L from 'leaflet';
export function Places({ host, center }) {
  useEffect(() => {
    const map = L.map(host.current).setView(center, 13);
    return () => { map.remove(); };
  }, [host, center]);
  return null;
}`,
    },
    {
      name: 'unloaded by the end',
      code: `import { Howl } from 'howler';
export class Bell {
  private readonly sound: Howl;
  constructor(src: string) { this.sound = new Howl({ src: [src] }); }
  ring() { this.sound.play(); }
  destroy() { this.sound.unload(); }
}`,
    },
  ],
);

samples(
  'highlighters, vision tasks and documents',
  [
    {
      name: 'a highlighter for each text',
      code: `import { createHighlighter } from 'shiki';
export async function highlight(text: string, lang: string) {
  const highlighter = await createHighlighter({ themes: ['nord'], langs: [lang] }); // leak handle/native-memory
  return highlighter.codeToHtml(text, { lang, theme: 'nord' });
}`,
    },
    {
      name: 'a document that an early return leaves',
      code: `import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
export async function firstPage(data: Uint8Array) {
  const pdf = await getDocument({ data }).promise; // leak handle/native-memory
  if (pdf.numPages === 0) return undefined;
  const page = await pdf.getPage(1);
  const content = await page.getTextContent();
  await pdf.destroy();
  return content;
}`,
    },
  ],
  [
    {
      name: 'one highlighter for all',
      code: `import { createHighlighter } from 'shiki';
let highlighter: Promise<Awaited<ReturnType<typeof createHighlighter>>> | undefined;
export async function highlight(text: string, lang: string) {
  highlighter ??= createHighlighter({ themes: ['nord'], langs: [lang] });
  return (await highlighter).codeToHtml(text, { lang, theme: 'nord' });
}`,
    },
    {
      name: 'a document that is destroyed in finally',
      code: `import { getDocument } from 'pdfjs-dist';
export async function pages(data: Uint8Array) {
  const pdf = await getDocument({ data }).promise;
  try {
    return pdf.numPages;
  } finally {
    await pdf.destroy();
  }
}`,
    },
    {
      name: 'a loading task that is destroyed with what it loads',
      code: `import { getDocument } from 'pdfjs-dist';
export async function pages(data: Uint8Array) {
  const task = getDocument({ data });
  try {
    return (await task.promise).numPages;
  } finally {
    await task.destroy();
  }
}`,
    },
  ],
);

samples(
  'ends that are called if there is such a method',
  [
    {
      name: 'before the work that may fail',
      code: `import { Client } from '@modelcontextprotocol/client';
export async function tools(transport) {
  const client = new Client({ name: 'lens' }); // leak handle/service-client
  await client.connect(transport);
  const { tools } = await client.listTools();
  await client.close?.();
  return tools;
}`,
    },
    {
      name: 'only where there are tools',
      code: `import { Client } from '@modelcontextprotocol/client';
export async function count(transport) {
  const client = new Client({ name: 'lens' }); // leak handle/service-client
  await client.connect(transport);
  const { tools } = await client.listTools();
  if (tools.length > 0) await client.close?.();
  return tools.length;
}`,
    },
    {
      name: 'of what the caller may have given, and not of its own',
      code: `import { Client } from '@modelcontextprotocol/client';
export async function tools(transport, options) {
  const client = new Client({ name: 'lens' }); // leak handle/service-client
  await client.connect(transport);
  const { tools } = await client.listTools();
  options.close?.();
  return tools;
}`,
    },
  ],
  [
    {
      name: 'in finally',
      code: `import { Client } from '@modelcontextprotocol/client';
export async function tools(transport) {
  const client = new Client({ name: 'lens' });
  try {
    await client.connect(transport);
    return await client.listTools();
  } finally {
    await client.close?.();
  }
}`,
    },
    {
      name: 'in finally, its own failure caught',
      code: `import { Client } from '@modelcontextprotocol/client';
export async function tools(transport) {
  const client = new Client({ name: 'lens' });
  try {
    await client.connect(transport);
    return await client.listTools();
  } finally {
    try {
      await client.close?.();
    } catch {
      console.warn('not closed');
    }
  }
}`,
    },
  ],
);

const mounted = (imports: string, make: string, end: string): string => `${imports}
import { useEffect, useRef } from 'react';
export function View({ options }) {
  const box = useRef(null);
  useEffect(() => {
    const view = ${make};${end === '' ? ' // leak handle/library-object' : ''}
    view.on('ready', options.ready);
    ${end === '' ? '' : `return () => view.${end}();`}
  }, [options]);
  return <div ref={box} />;
}`;

const views: readonly (readonly [name: string, imports: string, make: string, end: string])[] = [
  ['a map of leaflet', "import * as L from 'leaflet';", 'L.map(box.current)', 'remove'],
  ['a carousel', "import EmblaCarousel from 'embla-carousel';", 'EmblaCarousel(box.current, options)', 'destroy'],
  ['a slider', "import Splide from '@splidejs/splide';", 'new Splide(box.current, options)', 'destroy'],
];

samples(
  'widgets of further libraries',
  views.map(([name, imports, make]) => ({ name, path: 'src/View.tsx', code: mounted(imports, make, '') })),
  views.map(([name, imports, make, end]) => ({
    name: `${name} that the clean-up ends`,
    path: 'src/View.tsx',
    code: mounted(imports, make, end),
  })),
);

const detect = (end: string, mark = ''): string => `import { FaceDetector } from '@mediapipe/tasks-vision';
export async function faces(vision, image) {
  const detector = await FaceDetector.createFromOptions(vision, {});${mark}
  const { detections } = detector.detect(image);
  ${end}
  return detections.length;
}`;

const connection = (end: string, mark = ''): string => `import { createMessageConnection } from 'vscode-jsonrpc/node';
export async function ask(reader, writer, question) {
  const connection = createMessageConnection(reader, writer);${mark}
  connection.listen();
  const answer = await connection.sendRequest(question);
  ${end}
  return answer;
}`;

const watch = (rest: string): string => `import { useEffect } from 'react';
import { subscribe } from '@parcel/watcher';
export function Files({ folder, told }) {
  useEffect(() => {
    ${rest}
  }, [folder]);
}`;

samples(
  'tasks, connections and watchers of further libraries',
  [
    { name: 'a detector of each image', code: detect('', ' // leak handle/native-memory') },
    { name: 'a connection for one question', code: connection('', ' // leak handle/service-client') },
    {
      name: 'a watcher that no clean-up ends',
      code: watch('subscribe(folder, told); // leak listener/subscription-dropped'),
    },
  ],
  [
    { name: 'a detector that is closed', code: detect('detector.close();') },
    {
      name: 'a connection that is ended in finally',
      code: connection('', '')
        .replace('  const answer', '  try {\n  const answer')
        .replace('  return answer;', '  return answer;\n  } finally {\n    connection.dispose();\n  }'),
    },
    {
      name: 'a watcher that is ended',
      code: watch(
        'const watching = subscribe(folder, told);\n    return () => watching.then((one) => one.unsubscribe());',
      ),
    },
  ],
);

const pages = (end: string, mark = ''): string => `import { getDocument } from 'pdfjs-dist';
export async function pages(data) {
  const document = await getDocument({ data }).promise;${mark}
  const count = document.numPages;
  ${end}
  return count;
}`;

samples(
  'documents that are ended by what loads them',
  [{ name: 'one that is only cleaned', code: pages('document.cleanup();', ' // leak handle/native-memory') }],
  [{ name: 'one that ends with its task', code: pages('await document.loadingTask.destroy();') }],
);
