/** How the server's process is: memory, age, and how long it kept others waiting. For its health and for bug reports. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const megabyte = 1_048_576;

export interface Vitals {
  readonly residentMegabytes: () => number;
  /** Seconds since the process started. */
  readonly ageSeconds: () => number;
  /** Notes until `end` how long others wait. That is a look at the clock fifty times a second, which an idle process is spared. */
  readonly watchWaits: () => { readonly end: () => void };
  /** Notes what one look at a large fleet took, ms of processor time. */
  readonly looked: (ms: number) => void;
  /** For a person, one fact a line. */
  readonly lines: () => readonly string[];
  readonly dispose: () => void;
}

/** So many looks are told of: the last minutes. */
const lastLooks = 300;

/** Watches this process until it is disposed. */
export function watchProcess(): Vitals {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  let watching = 0;
  const looks: number[] = [];
  const lookLine = (): readonly string[] => {
    const sorted = [...looks].sort((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
    return sorted.length === 0
      ? []
      : [
          `Looks at the agents: ${at(0.5)} ms of processor time (95 of 100 at most ${at(0.95)} ms), of the last ${sorted.length}`,
        ];
  };
  const residentMegabytes = (): number => Math.round(process.memoryUsage().rss / megabyte);
  const milliseconds = (nanoseconds: number): number => Math.round(nanoseconds / 1e6);
  const waitLine = (): readonly string[] =>
    delay.max === 0
      ? []
      : [
          `While the workspace was scanned others waited ${milliseconds(delay.percentile(99))} ms (99 of 100 times less), ${milliseconds(delay.max)} ms at most`,
        ];
  return {
    residentMegabytes,
    watchWaits: () => {
      if (watching++ === 0) delay.enable();
      return {
        end: () => {
          if (--watching === 0) delay.disable();
        },
      };
    },
    ageSeconds: () => process.uptime(),
    looked: (ms) => {
      looks.push(ms);
      if (looks.length > lastLooks) looks.shift();
    },
    lines: () => [
      `Memory: ${residentMegabytes()} MB resident, ${Math.round(process.memoryUsage().heapUsed / megabyte)} MB heap, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`,
      `Running for ${Math.round(process.uptime())} s`,
      ...waitLine(),
      ...lookLine(),
    ],
    dispose: () => delay.disable(),
  };
}
