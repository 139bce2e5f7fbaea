/**
 * Reads a heap snapshot of a given size and says how long it took and what memory: `npm run bench:heap -- --megabytes 1024`.
 * The snapshot is made here in V8's own form (real node and string lists, not filler), in the system's folder for temporary files.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readHeapFile } from '../../src/monitor/heapFiles';
import { nodeFileSystem } from '../../src/monitor/node/nodePorts';

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '1024' } } });
const wanted = Number(values.megabytes) * 1_048_576;

const meta = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
  node_types: [
    ['hidden', 'array', 'string', 'object', 'code', 'closure'],
    'string',
    'number',
    'number',
    'number',
    'number',
    'number',
  ],
  edge_fields: ['type', 'name_or_index', 'to_node'],
};
const bytesPerNode = 26;
const edgesPerNode = 3;
const bytesPerEdge = 14;
const stringBytes = 60;
/** Nodes so that nodes, edges and strings together come to the size asked for. */
const nodeCount = Math.floor(wanted / (bytesPerNode + edgesPerNode * bytesPerEdge + stringBytes / 2));
const classes = 500;
const strings = Math.floor(nodeCount / 2);

async function write(path: string): Promise<void> {
  const out = createWriteStream(path);
  const put = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const rows = async (count: number, row: (index: number) => string): Promise<void> => {
    for (let from = 0; from < count; from += 20_000) {
      let text = '';
      for (let index = from; index < Math.min(count, from + 20_000); index++)
        text += `${index === 0 ? '' : '\n,'}${row(index)}`;
      await put(text);
    }
  };
  const header = { meta, node_count: nodeCount, edge_count: nodeCount * edgesPerNode, trace_function_count: 0 };
  await put(`{"snapshot":${JSON.stringify(header)},\n"nodes":[`);
  await rows(nodeCount, (index) => `3,${index % classes},${index * 2 + 1},${16 + (index % 64)},${edgesPerNode},0,0`);
  await put('],\n"edges":[');
  await rows(nodeCount * edgesPerNode, (index) => `2,${index % 1000},${(index % nodeCount) * 7}`);
  await put('],\n"trace_function_infos":[],"trace_tree":[],"samples":[],"locations":[],\n"strings":[');
  await rows(
    strings,
    (index) =>
      `"${index < classes ? `Class${index}` : `a string with \\"quotes\\" and its number ${index}`.padEnd(stringBytes, '.')}"`,
  );
  await put(']}');
  out.end();
  await once(out, 'finish');
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'heap-'));
  try {
    const absolute = join(folder, 'big.heapsnapshot');
    await write(absolute);
    const stat = await nodeFileSystem.stat(absolute);
    if (!stat.ok) throw new Error(stat.error.message);
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const started = performance.now();
    const cpu = process.cpuUsage();
    const heap = await readHeapFile(nodeFileSystem, { path: 'big.heapsnapshot', absolute }, stat.value, 'UTC');
    const seconds = (performance.now() - started) / 1000;
    const used = process.cpuUsage(cpu);
    clearInterval(watch);
    if ('kind' in heap) throw new Error(heap.message);
    if (heap.heap.objects !== nodeCount || heap.heap.constructors.length !== classes)
      throw new Error('what was read is not what was written');
    const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
    console.log(
      `${megabytes(stat.value.size)}, ${nodeCount} nodes: ${seconds.toFixed(1)} s (${((used.user + used.system) / 1e6).toFixed(1)} s of CPU), resident ${megabytes(before)} before, at most ${megabytes(peak)}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
