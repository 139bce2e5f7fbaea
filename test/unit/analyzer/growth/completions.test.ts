import { samples } from '../expectLeaks';

samples(
  'entries that the handler of the end passes over',
  [
    {
      name: 'only some operations take it out',
      code: `const tokens = {};
class Plugin extends Base {
  constructor() {
    super();
    this.listen('response:headers', ({ headers }) => {
      const requestId = headers['x-request-id'];
      tokens[requestId] = { input: headers['x-input'] }; // leak cache/entry-left-after-completion
    });
    this.listen('request:complete', (context) => {
      if (!supported.has(context.operation)) return;
      this.tag(context);
    });
  }
  tag({ requestId, span }) {
    const { input } = tokens[requestId] || {};
    delete tokens[requestId];
    span.setTag('input', input);
  }
}
module.exports = Plugin;`,
      path: 'src/sample.js',
    },
    {
      name: 'in the handler itself',
      code: `import { bus } from './bus';
const started = new Map<string, number>();
bus.on('start', (request) => {
  started.set(request.requestId, Date.now()); // leak cache/entry-left-after-completion
});
bus.on('end', (request) => {
  if (request.method === 'HEAD') { return; }
  report(Date.now() - (started.get(request.requestId) ?? 0));
  started.delete(request.requestId);
});`,
    },
    {
      name: 'through a function',
      code: `import { channel } from './channel';
const spans = new Map<string, object>();
channel.subscribe('begin', ({ traceId }) => {
  spans.set(traceId, { at: Date.now() }); // leak cache/entry-left-after-completion
});
channel.subscribe('finish', (message) => {
  if (!message.sampled) return;
  finish(message.traceId);
});
function finish(traceId: string) {
  send(spans.get(traceId));
  spans.delete(traceId);
}`,
    },
  ],
  [
    {
      name: 'taken out first',
      code: `import { bus } from './bus';
const started = new Map<string, number>();
bus.on('start', (request) => { started.set(request.requestId, Date.now()); });
bus.on('end', (request) => {
  const at = started.get(request.requestId);
  started.delete(request.requestId);
  if (request.method === 'HEAD') return;
  report(Date.now() - (at ?? 0));
});`,
    },
    {
      name: 'put in on the same condition',
      code: `import { bus } from './bus';
const started = new Map<string, number>();
bus.on('start', (request) => {
  if (request.method === 'HEAD') return;
  started.set(request.requestId, Date.now());
});
bus.on('end', (request) => {
  if (request.method === 'HEAD') return;
  started.delete(request.requestId);
});`,
    },
    {
      name: 'leaves when there is no entry',
      code: `import { bus } from './bus';
const started = new Map<string, number>();
bus.on('start', (request) => { started.set(request.requestId, Date.now()); });
bus.on('end', (request) => {
  if (!started.has(request.requestId)) return;
  started.delete(request.requestId);
});`,
    },
    {
      name: 'a third event takes it out, whatever happened',
      code: `import { bus } from './bus';
const started = new Map<string, number>();
bus.on('start', (request) => { started.set(request.requestId, Date.now()); });
bus.on('end', (request) => {
  if (request.method === 'HEAD') return;
  started.delete(request.requestId);
});
bus.on('close', (request) => { started.delete(request.requestId); });`,
    },
  ],
);

samples(
  'records on objects of others, filled per instance',
  [
    {
      name: 'by the uid of an application',
      code: `export function normalize(component: Component, app: App) {
  const appId = app ? app._uid : -1;
  const cache = component.__cache || (component.__cache = {});
  const known = cache[appId];
  if (known) return known;
  return (cache[appId] = { props: component.props }); // leak cache/record-only-grows
}`,
    },
    {
      name: 'by a number that a factory raises',
      code: `const hashes = new WeakMap<object, Record<string, string>>();
let next = 0;
export function createLink(digest: (query: object) => string) {
  const own = 'link' + next++;
  return (query: object) => {
    let record = hashes.get(query)!;
    if (!record) hashes.set(query, (record = {}));
    if (own in record && record[own]) return record[own];
    record[own] = digest(query); // leak cache/record-only-grows
    return record[own];
  };
}`,
    },
    {
      name: 'by a uid, with ??=',
      code: `export function stylesOf(sheet: Sheet, view: View) {
  const id = view.__uid;
  const styles = sheet.byView ?? (sheet.byView = {});
  if (styles[id]) return styles[id];
  styles[id] = compute(sheet); // leak cache/record-only-grows
  return styles[id];
}`,
    },
  ],
  [
    {
      name: 'one value per component',
      code: `export function normalize(component: Component) {
  if (component.__cache) return component.__cache;
  return (component.__cache = { props: component.props });
}`,
    },
    {
      name: 'deleted when the instance ends',
      code: `export function normalize(component: Component, app: App) {
  const appId = app._uid;
  const cache = component.__cache || (component.__cache = {});
  if (cache[appId]) return cache[appId];
  app.onUnmount(() => { delete cache[appId]; });
  return (cache[appId] = { props: component.props });
}`,
    },
    {
      name: 'a record of its own, and the name of a field',
      code: `export class Views {
  stylesOf(view: View) {
    const id = view._uid;
    const styles = this.styles || (this.styles = {});
    if (styles[id]) return styles[id];
    return (styles[id] = {});
  }
}
export function fieldOf(table: Table, field: Field) {
  const name = field.name;
  const fields = table.fields || (table.fields = {});
  if (fields[name]) return fields[name];
  return (fields[name] = {});
}`,
    },
  ],
);

samples(
  'cache/pending-requests',
  [
    {
      name: 'one for each request, whose number is asked for before',
      code: `const waiting = new Map<string, (value: unknown) => void>();\nexport function ask(requestId: string, send: (id: string) => void) {\n  if (waiting.has(requestId)) throw new Error(requestId);\n  return new Promise((resolve) => {\n    waiting.set(requestId, resolve); // leak cache/pending-requests\n    send(requestId);\n  });\n}\nexport function answer(requestId: string, value: unknown) {\n  waiting.get(requestId)?.(value);\n}`,
    },
  ],
  [
    {
      name: 'one for each state, made where none was found',
      code: `import { Deferred } from './promises';\nexport class States {\n  private readonly reached: Record<string, Deferred<void>> = {};\n  enter(state: string) {\n    if (this.reached[state] === undefined) this.reached[state] = new Deferred();\n    this.reached[state].resolve();\n  }\n  until(state: string) {\n    return this.reached[state]?.promise;\n  }\n}`,
    },
    {
      name: 'one for each scheme, whoever asks',
      code: `import { Deferred } from './promises';\nexport class Providers {\n  private readonly activations = new Map<string, Deferred<object>>();\n  activate(scheme: string, start: (scheme: string) => Promise<object>) {\n    let activation = this.activations.get(scheme);\n    if (!activation) {\n      activation = new Deferred<object>();\n      this.activations.set(scheme, activation);\n      start(scheme).then((provider) => this.activations.get(scheme)?.resolve(provider));\n    }\n    return activation.promise;\n  }\n}`,
    },
  ],
);
