import { samples } from '../expectLeaks';

samples(
  'handle/service-client',
  [
    {
      name: 'a generated client, known by its credentials',
      code: `import * as grpc from '@grpc/grpc-js';
import { StockClient } from './gen/stock';
export function stock(target: string, id: string) {
  const client = new StockClient(target, grpc.credentials.createInsecure()); // leak handle/service-client
  return new Promise((resolve, reject) => {
    client.find({ id }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}`,
    },
    {
      name: 'a close that a failed query skips',
      code: `import postgres from 'postgres';
export async function count(url: string) {
  const sql = postgres(url); // leak handle/service-client
  const [row] = await sql\`select count(*) from visits\`;
  await sql.end();
  return row.count;
}`,
    },
    {
      name: 'a hub that the clean-up forgets',
      code: `import { useEffect } from 'react';
import { HubConnectionBuilder } from '@microsoft/signalr';
export function useNews(url: string, show: (text: string) => void) {
  useEffect(() => {
    const hub = new HubConnectionBuilder().withUrl(url).withAutomaticReconnect().build(); // leak handle/service-client
    hub.on('news', show);
    void hub.start();
    return () => hub.off('news', show);
  }, [url, show]);
}`,
    },
    {
      name: 'a data source of a script that returns early',
      code: `import { DataSource } from 'typeorm';
export async function seed(options) {
  const source = new DataSource(options); // leak handle/service-client
  await source.initialize();
  const users = await source.query('SELECT 1 FROM users');
  if (users.length > 0) return false;
  await source.query('INSERT INTO users VALUES (1)');
  await source.destroy();
  return true;
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import { credentials } from '@grpc/grpc-js';
import { StockClient } from './gen/stock';
export async function stock(target: string, id: string) {
  const client = new StockClient(target, credentials.createInsecure());
  try {
    return await client.find({ id });
  } finally {
    client.close();
  }
}`,
    },
    {
      name: 'one for the process',
      code: `import postgres from 'postgres';
const sql = postgres(process.env.DATABASE_URL);
export async function count() {
  const [row] = await sql\`select count(*) from visits\`;
  return row.count;
}`,
    },
    {
      name: 'a service that keeps one and has no end',
      code: `import { Client } from '@elastic/elasticsearch';
export class Search {
  private readonly client = new Client({ node: 'http://search:9200' });
  find(text: string) {
    return this.client.search({ q: text });
  }
}`,
    },
    {
      name: 'never initialized',
      code: `import { DataSource } from 'typeorm';
export function describe(options) {
  const source = new DataSource(options);
  return source.options.type;
}`,
    },
  ],
);

samples(
  'handle/library-object',
  [
    {
      name: 'an effect without a clean-up',
      code: `import { useEffect } from 'react';
import * as echarts from 'echarts';
export function Load({ host, rows }) {
  useEffect(() => {
    const chart = echarts.init(host.current); // leak handle/library-object
    chart.setOption({ series: rows });
  }, [host, rows]);
  return null;
}`,
    },
    {
      name: 'one of two of a class',
      code: `import { EditorView } from '@codemirror/view';
export class Compare {
  private readonly left: EditorView;
  private readonly right: EditorView;
  constructor(host: HTMLElement) {
    this.left = new EditorView({ parent: host }); // leak handle/library-object
    this.right = new EditorView({ parent: host });
  }
  destroy() {
    this.right.destroy();
  }
}`,
    },
    {
      name: 'a model beside its editor',
      code: `import { useEffect } from 'react';
import { editor } from 'monaco-editor';
export function Code({ host, text }) {
  useEffect(() => {
    const model = editor.createModel(text, 'json'); // leak handle/library-object
    const view = editor.create(host.current, {});
    view.setModel(model);
    return () => view.dispose();
  }, [host, text]);
  return null;
}`,
    },
  ],
  [
    {
      name: 'destroyed in the clean-up',
      code: `import { useEffect } from 'react';
import Chart from 'chart.js/auto';
export function Load({ host, rows }) {
  useEffect(() => {
    const chart = new Chart(host.current, { data: rows });
    return () => chart.destroy();
  }, [host, rows]);
  return null;
}`,
    },
    {
      name: 'of a page',
      path: 'src/page.js',
      code: `import Chart from 'chart.js/auto';
export function draw(canvas, rows) {
  const chart = new Chart(canvas, { data: rows });
  chart.update();
}`,
    },
    {
      name: 'given to a parent',
      code: `import { useEffect } from 'react';
import videojs from 'video.js';
export function Film({ host, ready }) {
  useEffect(() => {
    const player = videojs(host.current);
    ready(player);
  }, [host, ready]);
  return null;
}`,
    },
  ],
);
