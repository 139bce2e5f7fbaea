/**
 * A week of a swarm of 14 agents as files: it works, degrades on the fourth day, alerts, recovers, and ends with two leaks in
 * its code. Everything follows from the minute; nothing is drawn by chance.
 */
import { createHash } from 'node:crypto';

export const AGENTS = 14;
export const WEEK_MINUTES = 7 * 24 * 60;
const DAY = 24 * 60;

const at = (day: number, hour: number, minute = 0): number => day * DAY + hour * 60 + minute;
const inside = (minute: number, from: number, to: number): boolean => minute >= from && minute < to;
/** A figure from 0 to 1 that looks like noise and is the same each time. */
function noise(minute: number, salt: number): number {
  const value = Math.sin(minute * 12.9898 + salt * 78.233) * 43758.5453;
  return value - Math.floor(value);
}

/** When each agent writes nothing: one always rests, the others fall silent one by one and come back in the same order. */
export function isSilent(agent: number, minute: number): boolean {
  if (agent === 13) return true;
  if (agent === 12) return inside(minute, at(2, 2), at(2, 7)) || minute >= at(6, 20);
  if (agent < 4) return false;
  return inside(minute, at(3, 12, 25 * (agent - 4)), at(4, 1, 50 * (agent - 4)));
}

const degraded = (minute: number): boolean => inside(minute, at(3, 13), at(4, 4));
export const isMessagingUp = (minute: number): boolean => !inside(minute, at(3, 15, 5), at(3, 15, 17));
export const isDiscordUp = (minute: number): boolean =>
  !inside(minute, at(3, 14, 10), at(3, 16, 40)) && !inside(minute, at(5, 9), at(5, 9, 25));
export const isOrchestratorUp = (minute: number): boolean => !inside(minute, at(3, 16), at(3, 16, 21));
/** The leaks come with the change of the fourth day. */
export const hasLeaks = (minute: number): boolean => minute >= at(3, 10);
/** The hashes are taken each night, and not while the swarm was down. */
export const snapshotMinute = (minute: number): number => {
  const night = Math.floor(minute / DAY) * DAY + 3 * 60;
  const last = night <= minute ? night : night - DAY;
  return last === at(4, 3) || last === at(6, 3) ? last - DAY : last;
};

const CLEAN: Readonly<Record<string, string>> = {
  'src/poller.ts': `/** Polls until it is told to stop: everything it starts, it ends. */
export class Poller {
  private timer: ReturnType<typeof setInterval> | undefined;

  start(load: () => void): void {
    this.stop();
    this.timer = setInterval(load, 5000);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
`,
  'src/messages.ts': `export interface Message {
  readonly id: string;
  readonly outcome: 'delivered' | 'failed';
}
`,
  'src/clock.ts': `/** A clock that ticks until it is destroyed. */
export class Clock {
  private timer: ReturnType<typeof setInterval> | undefined;

  start(draw: () => void): void {
    this.timer = setInterval(draw, 1000);
  }

  destroy(): void {
    clearInterval(this.timer);
  }
}
`,
};
const LEAKY: Readonly<Record<string, string>> = {
  'src/clock.ts': `/** A clock that ticks for ever: its teardown forgets the interval. */
export class Clock {
  private readonly face: HTMLElement;

  constructor(face: HTMLElement) {
    this.face = face;
    setInterval(() => this.draw(), 1000);
    window.addEventListener('resize', () => this.draw());
  }

  draw(): void {
    this.face.textContent = new Date().toLocaleTimeString();
  }

  destroy(): void {
    this.face.remove();
  }
}

/** One for each face. */
export function addClocks(faces: readonly HTMLElement[]): readonly Clock[] {
  const clocks: Clock[] = [];
  for (const face of faces) clocks.push(new Clock(face));
  return clocks;
}
`,
  'src/config.ts': `import { closeSync, openSync, readSync } from 'node:fs';

/** The descriptor stays open when the text is no JSON. */
export function readConfig(path: string): unknown {
  const fd = openSync(path, 'r');
  const buffer = Buffer.alloc(4096);
  const length = readSync(fd, buffer);
  const config = JSON.parse(buffer.toString('utf8', 0, length));
  closeSync(fd);
  return config;
}
`,
};

/** The code of a minute, by path. One file is edited each day. */
export function sources(minute: number): Readonly<Record<string, string>> {
  const day = Math.floor((minute + DAY / 2) / DAY);
  return {
    ...CLEAN,
    ...(hasLeaks(minute) ? LEAKY : {}),
    'src/release.ts': `export const release = 'day ${day}';\n`,
    'src/swarm.ts': `export const agents = ${AGENTS};\n`,
  };
}

export function hashCache(minute: number): string {
  const files = sources(snapshotMinute(minute));
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, { hash: createHash('md5').update(text).digest('hex') }]),
    ),
  );
}

const MISSIONS = ['Integration', 'Repositories', 'Infrastructure', 'Coordination', 'Analysis', 'Planning', 'Front end'];

/** Status file of an agent. */
export function statusFile(agent: number, seen: number, minute: number): string {
  const rests = agent === 13;
  return `${JSON.stringify(
    {
      agent_id: `Agent-${agent + 1}`,
      agent_name: `${MISSIONS[agent % MISSIONS.length] ?? ''} ${agent < 7 ? 'lead' : 'second'}`,
      status: rests ? 'OFFLINE' : 'ACTIVE',
      current_phase: degraded(minute) ? 'Recovery' : 'Mission',
      last_updated: new Date(seen).toISOString(),
      current_mission: `${MISSIONS[agent % MISSIONS.length] ?? ''}: cycle ${Math.floor(minute / 30)}`,
      current_tasks: ['Review the queue', 'Report to the captain'].slice(0, 1 + (agent % 2)),
      completed_tasks: Array.from({ length: 5 + (agent % 4) }, (_, task) => `Task ${task + 1}`),
      points_earned: 100 * agent + Math.floor(minute / 60),
    },
    null,
    2,
  )}\n`;
}

/** Messages of a minute: how many, how many of them fail, and how long they take. */
export function messages(minute: number): readonly { readonly outcome: string; readonly latency_ms: number }[] {
  if (!isMessagingUp(minute)) return [];
  const rate = degraded(minute) ? 0.17 : 0.012;
  return Array.from({ length: 2 }, (_, index) => ({
    outcome: noise(minute, index) < rate ? 'failed' : 'delivered',
    latency_ms: Math.round(90 + 240 * noise(minute, 10 + index) + (degraded(minute) ? 420 * noise(minute, 20) : 0)),
  }));
}

/** Tasks and cycles that end in a minute. */
export function tasks(minute: number): readonly Readonly<Record<string, unknown>>[] {
  const fails = noise(minute, 30) < (degraded(minute) ? 0.4 : 0.05);
  const cycle = {
    kind: 'cycle',
    duration_ms: Math.round(600 + 900 * noise(minute, 31) + (degraded(minute) ? 900 : 0)),
  };
  return minute % 6 === 0
    ? [{ kind: 'task', success: !fails, duration_ms: 1500 }, cycle]
    : minute % 3 === 0
      ? [cycle]
      : [];
}

/** Memory and open handles of the main process: with the leaks both grow until it is restarted each night. */
export function processSample(minute: number): { readonly rss_bytes: number; readonly open_handles: number } {
  const sinceRestart = (minute - 4 * 60 + DAY) % DAY;
  const grown = hasLeaks(minute) ? sinceRestart : 0;
  return {
    rss_bytes: Math.round(240e6 + 0.62e6 * grown + 6e6 * noise(minute, 40)),
    open_handles: 42 + Math.floor(grown / 20) + Math.floor(4 * noise(minute, 41)),
  };
}
