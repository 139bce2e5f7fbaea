import { samples } from '../expectLeaks';

samples(
  'a clean-up that is returned to who takes none',
  [
    {
      name: 'a mount hook of Vue with the habits of React',
      code: `import { onMounted } from 'vue';
export function useHotkey(run: () => void) {
  onMounted(() => {
    document.addEventListener('keydown', run); // leak listener/dom-event-listener
    return () => document.removeEventListener('keydown', run);
  });
}`,
    },
    {
      name: 'a life-cycle method',
      path: 'src/clock.js',
      code: `export class Clock extends HTMLElement {
  connectedCallback() {
    const timer = setInterval(() => this.tick(), 1000); // leak listener/interval
    return () => clearInterval(timer);
  }
  tick() {}
}`,
    },
    {
      name: 'an async effect that polls',
      path: 'src/Jobs.tsx',
      code: `import { useEffect } from 'react';
export function Jobs({ load, url }) {
  useEffect(async () => {
    await load(url);
    const timer = setInterval(() => load(url), 5000); // leak listener/interval
    return () => clearInterval(timer);
  }, [url]);
  return <p />;
}`,
    },
    {
      name: 'the value of a promise that an effect only starts',
      path: 'src/Jobs.tsx',
      code: `import { useEffect } from 'react';
export function Jobs({ connect, show }) {
  useEffect(() => {
    connect().then((session) => {
      const onOnline = () => show(session);
      window.addEventListener('online', onOnline); // leak listener/dom-event-listener
      return () => window.removeEventListener('online', onOnline);
    });
  }, [connect]);
  return <p />;
}`,
    },
    {
      name: 'an async subscriber',
      code: `import { Observable } from 'rxjs';
export function ticks(load: () => Promise<number>) {
  return new Observable<number>(async (subscriber) => {
    const step = await load();
    const timer = setInterval(() => subscriber.next(step), step); // leak listener/interval
    return () => clearInterval(timer);
  });
}`,
    },
  ],
  [
    {
      name: 'an effect of React and a mount hook of Svelte',
      path: 'src/Clock.tsx',
      code: `import { useEffect } from 'react';
import { onMount } from 'svelte';
export function Clock({ tick }) {
  useEffect(() => {
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [tick]);
  onMount(() => {
    document.addEventListener('keydown', tick);
    return () => document.removeEventListener('keydown', tick);
  });
  return <p />;
}`,
    },
    {
      name: 'a promise whose value is kept',
      path: 'src/clock.js',
      code: `export class Clock {
  start(connect) {
    this.end = connect().then((session) => {
      const timer = setInterval(() => session.ping(), 1000);
      return () => clearInterval(timer);
    });
  }
  async stop() {
    (await this.end)();
  }
}`,
    },
    {
      name: 'a clean-up that the hook also keeps',
      path: 'src/clock.js',
      code: `export class Clock extends HTMLElement {
  connectedCallback() {
    const timer = setInterval(() => this.tick(), 1000);
    this.end = () => clearInterval(timer);
    return this.end;
  }
  disconnectedCallback() {
    this.end();
  }
  tick() {}
}`,
    },
    {
      name: 'a subscriber that returns it at once',
      code: `import { Observable } from 'rxjs';
export function ticks(step: number) {
  return new Observable<number>((subscriber) => {
    const timer = setInterval(() => subscriber.next(step), step);
    return () => clearInterval(timer);
  });
}`,
    },
  ],
);

samples(
  'what a server runs for each request',
  [
    {
      name: 'a middleware that a function gives',
      path: 'src/log.js',
      code: `export function accessLog(write) {
  return function log(req, res, next) {
    req.socket.on('error', (error) => write(error)); // leak listener/emitter-on-shared-connection
    next();
  };
}`,
    },
    {
      name: 'a handler given to a wrapper',
      path: 'src/log.js',
      code: `import { guarded, router } from './guarded.js';
router.page(guarded(async (req, res) => {
  process.on('message', (text) => res.write(text)); // leak listener/emitter-on
  res.flushHeaders();
}));`,
    },
    {
      name: 'a middleware of another framework',
      path: 'src/log.js',
      code: `export const tracing = (tracer) => async (ctx, next) => {
  const timer = setInterval(() => tracer.sample(ctx), 1000); // leak listener/interval
  await next();
};`,
    },
  ],
  [
    {
      name: 'a middleware that listens to its own request',
      path: 'src/log.js',
      code: `export function accessLog(write) {
  return function log(req, res, next) {
    req.on('aborted', () => write('aborted'));
    next();
  };
}`,
    },
    {
      name: 'a listener of the one who makes the middleware',
      path: 'src/log.js',
      code: `export function setup(write) {
  process.on('SIGUSR2', () => write('again'));
  return (req, res, next) => next();
}`,
    },
    {
      name: 'a timer that the middleware stops',
      path: 'src/log.js',
      code: `export const tracing = (tracer) => async (ctx, next) => {
  const timer = setInterval(() => tracer.sample(ctx), 1000);
  try {
    await next();
  } finally {
    clearInterval(timer);
  }
};`,
    },
  ],
);
