/** How the server's process is: memory, age, and how long it kept others waiting. For its health and for bug reports. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const megabyte = 1_048_576;

export interface Vitals {
  readonly residentMegabytes: () => number;
  /** Seconds since the process started. */
  readonly ageSeconds: () => number;
  /** For a person, one fact a line. */
  readonly lines: () => readonly string[];
  readonly dispose: () => void;
}

/** Watches this process until it is disposed. */
export function watchProcess(): Vitals {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const residentMegabytes = (): number => Math.round(process.memoryUsage().rss / megabyte);
  const milliseconds = (nanoseconds: number): number => Math.round(nanoseconds / 1e6);
  return {
    residentMegabytes,
    ageSeconds: () => process.uptime(),
    lines: () => [
      `Memory: ${residentMegabytes()} MB resident, ${Math.round(process.memoryUsage().heapUsed / megabyte)} MB heap, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`,
      `Running for ${Math.round(process.uptime())} s; others waited ${milliseconds(delay.percentile(99))} ms (99 of 100 times less), ${milliseconds(delay.max)} ms at most`,
    ],
    dispose: () => delay.disable(),
  };
}
