import { samples } from '../expectLeaks';

samples(
  'a part of an entry that leaves its table',
  [
    {
      name: 'a scope for each tab',
      code: `import { effectScope } from 'vue';
import { model } from './model';
const tabs = new Map<string, { scope: unknown; state: unknown }>();
export function open(id: string) {
  const known = tabs.get(id);
  if (known) return known.state;
  const scope = effectScope(true); // leak listener/effect-scope
  const state = scope.run(() => model(id));
  tabs.set(id, { scope, state });
  return state;
}
export function close(id: string) {
  tabs.delete(id);
}`,
    },
    {
      name: 'an interval of each session',
      code: `interface Session { beat: unknown; user: string }
export class Sessions {
  private readonly open = new Map<string, Session>();
  constructor(private readonly ping: (id: string) => void) {}
  login(id: string, user: string) {
    const beat = setInterval(() => this.ping(id), 1000); // leak listener/interval
    this.open.set(id, { beat, user });
  }
  userOf(id: string) {
    return this.open.get(id)?.user;
  }
  logout(id: string) {
    if (!this.open.has(id)) return;
    this.open.delete(id);
  }
}`,
    },
    {
      name: 'an observer beside what it observes for',
      path: 'src/charts.js',
      code: `const charts = new Map();
export function draw(el, make) {
  const chart = make(el);
  const observer = new ResizeObserver(() => chart.resize()); // leak listener/resize-observer
  observer.observe(document.body);
  charts.set(el, { chart, observer });
}
export function drop(el) {
  const entry = charts.get(el);
  if (!entry) return;
  entry.chart.destroy();
  charts.delete(el);
}`,
    },
  ],
  [
    {
      name: 'a part that is ended with its entry',
      code: `import { effectScope } from 'vue';
import { model } from './model';
const tabs = new Map<string, { scope: { stop(): void }; state: unknown }>();
export function open(id: string) {
  const scope = effectScope(true);
  const state = scope.run(() => model(id));
  tabs.set(id, { scope, state });
  return state;
}
export function close(id: string) {
  tabs.get(id)?.scope.stop();
  tabs.delete(id);
}`,
    },
    {
      name: 'an entry that is handed on when it is taken out',
      code: `interface Session { beat: unknown; user: string }
export class Sessions {
  private readonly open = new Map<string, Session>();
  constructor(private readonly ping: (id: string) => void, private readonly over: (session: Session) => void) {}
  login(id: string, user: string) {
    const beat = setInterval(() => this.ping(id), 1000);
    this.open.set(id, { beat, user });
  }
  logout(id: string) {
    const session = this.open.get(id);
    if (!session) return;
    this.open.delete(id);
    this.over(session);
  }
}`,
    },
    {
      name: 'all entries are gone through',
      code: `interface Session { beat: unknown; user: string }
export class Sessions {
  private readonly open = new Map<string, Session>();
  constructor(private readonly ping: (id: string) => void, private readonly end: (session: Session) => void) {}
  login(id: string, user: string) {
    const beat = setInterval(() => this.ping(id), 1000);
    this.open.set(id, { beat, user });
  }
  logout() {
    this.open.forEach((session) => this.end(session));
    this.open.clear();
  }
}`,
    },
  ],
);
