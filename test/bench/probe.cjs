/**
 * Preloaded into the real server: how long its event loop was held up, its memory and its CPU time, told on demand.
 * SLO_LENS_PROBE names a file; each change of `FILE.ask` is answered by a new `FILE` (signals would not reach Windows).
 */
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');

const file = process.env.SLO_LENS_PROBE;
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let answered = '';
/** The longest stretch between two turns of the loop, ms, beside the histogram: which has the resolution of its timer. */
let longest = 0;
let last = performance.now();
const beat = setInterval(() => {
  const now = performance.now();
  longest = Math.max(longest, now - last - 5);
  last = now;
}, 5);
beat.unref();

function tell() {
  const { user, system } = process.cpuUsage();
  const ms = (nanoseconds) => Math.round(nanoseconds / 1e4) / 100;
  const memory = process.memoryUsage();
  const text = JSON.stringify({
    delayMs: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
    longestMs: Math.round(longest * 10) / 10,
    cpuMs: (user + system) / 1000,
    residentMb: memory.rss / 1048576,
    heapMb: memory.heapUsed / 1048576,
    peakMb: process.resourceUsage().maxRSS / 1024,
  });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
  delay.reset();
  longest = 0;
}

if (file) {
  process.once('exit', tell);
  const poll = setInterval(() => {
    if (!existsSync(`${file}.ask`)) return;
    const asked = readFileSync(`${file}.ask`, 'utf8');
    if (asked === answered) return;
    answered = asked;
    if (asked.startsWith('collect') && global.gc) global.gc();
    tell();
  }, 10);
  poll.unref();
}
