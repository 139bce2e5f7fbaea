/** Listeners on the one object that a function gives to all who ask: it lives on when who has asked ends. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

const found = (files: Readonly<Record<string, string>>): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const lazy = `import { EventEmitter } from 'node:events';
let bus: EventEmitter | undefined;
export function getBus() {
  if (!bus) {
    bus = new EventEmitter();
  }
  return bus;
}
`;
const badge = (body: string): string => `import { useEffect } from 'react';
import { getBus } from './bus';
export function Badge({ name }: { name: string }) {
  useEffect(() => {
${body}
  }, [name]);
  return <b>{name}</b>;
}
`;
const inBadge = (body: string, bus = lazy): readonly string[] =>
  found({ 'src/bus.ts': bus, 'src/badge.tsx': badge(body) });
const view = (field: string, end: string): string => `import { Bus } from './bus';
export class View {
  private readonly bus = ${field};
  private readonly timer = setInterval(this.draw, 1000);
  constructor() {
    this.bus.on('change', this.draw);
  }
  draw = () => console.log(this);
  dispose() {
    clearInterval(this.timer);${end}
  }
}
`;
const asked = `import { EventEmitter } from 'node:events';
export class Bus {
  private static only?: EventEmitter;
  static get() {
    return (Bus.only ??= new EventEmitter());
  }
}
`;

describe('objects that a function gives to all who ask', () => {
  it('reports a listener of an effect, with and without a variable', () => {
    assert.deepEqual(inBadge("    const bus = getBus();\n    bus.on('change', () => console.log(name));"), [
      'src/badge.tsx:6 listener/emitter-on',
    ]);
    assert.deepEqual(inBadge("    getBus().on('change', () => console.log(name));"), [
      'src/badge.tsx:5 listener/emitter-on',
    ]);
  });
  it('reports one on a part of such an object, in another framework', () => {
    const files = {
      'src/provider.js':
        "import { Provider } from 'sync-library';\nconst provider = new Provider('wss://example.org');\nexport const useProvider = () => provider;\n",
      'src/useCursors.js':
        "import { onMounted, onUnmounted } from 'vue';\nimport { useProvider } from './provider';\nexport function useCursors(draw) {\n  const { cursors } = useProvider();\n  const refresh = () => draw(cursors.all());\n  onMounted(() => {\n    cursors.on('change', refresh);\n  });\n  onUnmounted(() => {\n    cursors.leave();\n  });\n}\n",
    };
    assert.deepEqual(found(files), ['src/useCursors.js:7 listener/emitter-on']);
  });
  it('reports one on what a static method gives, kept in a field', () => {
    assert.deepEqual(found({ 'src/bus.ts': asked, 'src/view.ts': view('Bus.get()', '') }), [
      'src/view.ts:6 listener/emitter-on',
    ]);
  });
  it('is silent where the handler is taken off what is asked for again', () => {
    const handler = '    const tell = () => console.log(name);\n';
    assert.deepEqual(
      inBadge(
        `${handler}    getBus().on('change', tell);\n    return () => {\n      getBus().off('change', tell);\n    };`,
      ),
      [],
    );
    assert.deepEqual(
      inBadge(
        `${handler}    const bus = getBus();\n    bus.on('change', tell);\n    return () => {\n      const again = getBus();\n      again.off('change', tell);\n    };`,
      ),
      [],
    );
    assert.deepEqual(
      found({
        'src/bus.ts': asked,
        'src/view.ts': view('Bus.get()', "\n    this.bus.off('change', this.draw);"),
      }),
      [],
    );
  });
  it('reports one that is taken off on one way only', () => {
    assert.deepEqual(
      inBadge(
        "    const bus = getBus();\n    const tell = () => console.log(name);\n    bus.on('change', tell);\n    if (!name) return;\n    return () => {\n      bus.off('change', tell);\n    };",
      ),
      ['src/badge.tsx:7 listener/emitter-on'],
    );
  });
  it('is silent where each call makes one of its own', () => {
    const fresh =
      "import { EventEmitter } from 'node:events';\nlet last: EventEmitter;\nexport function getBus() {\n  last = new EventEmitter();\n  return last;\n}\n";
    assert.deepEqual(
      found({
        'src/bus.ts': fresh,
        'src/view.ts': view('getBus()', '').replace('{ Bus }', '{ getBus }'),
      }),
      [],
    );
    const made =
      "import { EventEmitter } from 'node:events';\nexport function getBus() {\n  const bus = new EventEmitter();\n  return bus;\n}\n";
    assert.deepEqual(
      found({ 'src/bus.ts': made, 'src/view.ts': view('getBus()', '').replace('{ Bus }', '{ getBus }') }),
      [],
    );
  });
});
