/** The server from its start: ready, first diagnostics of an open file, end of the first scan; memory then and when idle. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ServerProcess } from './serverProcess.mjs';

/** Start to the answer of `initialize`, wall ms, with an empty Node process beside it. */
export async function startCost() {
  const folder = mkdtempSync(join(tmpdir(), 'slo-lens-start-'));
  try {
    const server = await ServerProcess.start(folder);
    const { readyMs } = server;
    await server.end();
    return { readyMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Opens a workspace with one of its files open, and waits for its scan.
 * @param path of the open file, relative to the folder
 * @param storage folder for the cache; null for none
 */
export async function sessionCost(folder, path, { storage = null, idleMs = 5000 } = {}) {
  const server = await ServerProcess.start(folder, { storage, node: ['--expose-gc'] });
  await server.open(path);
  const { items } = await server.pull(path);
  const firstMs = performance.now() - server.startedAt;
  const latencies = [];
  let isScanned = false;
  const scanned = server.scanned(1_800_000).then((at) => {
    isScanned = true;
    return at;
  });
  await server.probe();
  while (!isScanned) {
    const asked = performance.now();
    // Any question: how long until the server turns to it.
    await server.client.sendRequest('sloLens/definitionText');
    latencies.push(performance.now() - asked);
    await new Promise((done) => setTimeout(done, 20));
  }
  const scannedMs = await scanned;
  const during = await server.probe();
  await new Promise((done) => setTimeout(done, idleMs));
  const idle = await server.probe(true);
  const { code } = server.report;
  await server.end();
  return {
    readyMs: server.readyMs,
    firstMs,
    firstItems: items?.length ?? 0,
    scannedMs,
    files: code.files.analysed,
    latencies,
    loop: during.delayMs,
    loopLongestMs: during.longestMs,
    scanPeakMb: during.peakMb,
    idleMb: idle.residentMb,
    idleHeapMb: idle.heapMb,
  };
}
