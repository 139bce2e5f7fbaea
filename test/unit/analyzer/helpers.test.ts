/** Functions that add or remove a handler for their caller: the call is the registration, or the removal. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

const found = (files: Files): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const util = `export function on(target: EventTarget, name: string, run: () => void) {
  target.addEventListener(name, run);
}
export function off(target: EventTarget, name: string, run: () => void) {
  target.removeEventListener(name, run);
}
export const onAbort = (run: () => void, by: AbortSignal) => {
  by.addEventListener('abort', run);
};
export const offAbort = (run: () => void, by: AbortSignal) => {
  by.removeEventListener('abort', run);
};
export function listen(target: EventTarget, name: string, run: () => void) {
  target.addEventListener(name, run);
  return () => target.removeEventListener(name, run);
}
`;
const view = (add: string, end: string): string => `import { listen, off, on } from './util';
export class View {
  private stop?: () => void;
  constructor(private readonly element: HTMLElement) {
    ${add}
  }
  draw = () => {};
  destroy() {
    this.element.remove();
    ${end}
  }
}
`;
const load = (rest: string): string => `import { offAbort, onAbort } from './util';
export async function load(url: string, signal: AbortSignal) {
  const stop = () => console.log('stopped');
  onAbort(stop, signal);
${rest}
}
`;
const body = '  const response = await fetch(url);\n  return await response.text();';

describe('helpers that register', () => {
  const leaks = (name: string, files: Files, expected: readonly string[]): void => {
    it(`reports ${name}`, () => assert.deepEqual(found({ 'src/util.ts': util, ...files }), expected));
  };
  const silent = (name: string, files: Files): void => {
    it(`is silent on ${name}`, () => assert.deepEqual(found({ 'src/util.ts': util, ...files }), []));
  };
  leaks(
    'a listener added by a helper and left by the teardown',
    { 'src/view.ts': view("on(window, 'resize', this.draw);", '') },
    ['src/view.ts:5 listener/dom-event-listener'],
  );
  leaks('a helper whose remover is dropped', { 'src/view.ts': view("listen(window, 'resize', this.draw);", '') }, [
    'src/view.ts:5 listener/dom-event-listener',
  ]);
  leaks(
    'a removal by a helper of another handler',
    {
      'src/view.ts': view("on(window, 'resize', this.draw);", "off(window, 'resize', () => this.draw());"),
    },
    ['src/view.ts:5 listener/dom-event-listener'],
  );
  leaks(
    "a listener on the caller's signal, of a fixed event and with the receiver last",
    {
      'src/load.ts': `${load(body)}export async function loadAll(urls: string[], signal: AbortSignal) {
  for (const url of urls) await load(url, signal);
}
`,
    },
    ['src/load.ts:4 listener/abort-on-caller-signal'],
  );
  leaks(
    'a helper of the same file',
    {
      'src/view.ts': `${view("add(document, 'keydown', this.draw);", '')}function add(target: EventTarget, name: string, run: () => void) {\n  target.addEventListener(name, run);\n}\n`,
    },
    ['src/view.ts:5 listener/dom-event-listener'],
  );
  silent('a removal by the helper beside it', {
    'src/view.ts': view("on(window, 'resize', this.draw);", "off(window, 'resize', this.draw);"),
  });
  silent('a removal written out', {
    'src/view.ts': view("on(window, 'resize', this.draw);", "window.removeEventListener('resize', this.draw);"),
  });
  silent('a removal by a helper of what was added without one', {
    'src/view.ts': view("window.addEventListener('resize', this.draw);", "off(window, 'resize', this.draw);"),
  });
  silent('a remover that is kept', {
    'src/view.ts': view("this.stop = listen(window, 'resize', this.draw);", 'this.stop?.();'),
  });
  silent("a listener that goes with the instance's own element", {
    'src/view.ts': view(
      "const own = document.createElement('div');\n    on(own, 'click', this.draw);\n    this.element.append(own);",
      '',
    ),
  });
  silent('a signal that is let go on every way', {
    'src/load.ts': load(
      '  try {\n    const response = await fetch(url);\n    return await response.text();\n  } finally {\n    offAbort(stop, signal);\n  }',
    ),
  });
  for (const [name, keeps] of [
    ['keeps the removal', 'undo.push(() => target.removeEventListener(name, run))'],
    ['notes what it added', 'added.push({ target, name, run })'],
  ] as const)
    silent(`a helper that ${name}`, {
      'src/util.ts': util.replace(
        'target.addEventListener(name, run);',
        `target.addEventListener(name, run);\n  ${keeps};`,
      ),
      'src/view.ts': view("on(window, 'resize', this.draw);", ''),
    });
  silent('a method that keeps the removal for the teardown', {
    'src/view.ts': view("this.listen(window, 'resize', this.draw);", 'for (const end of this.ends) end();').replace(
      '  draw = ',
      '  private readonly ends: (() => void)[] = [];\n  private listen(target: EventTarget, name: string, run: () => void) {\n    target.addEventListener(name, run);\n    this.ends.push(() => target.removeEventListener(name, run));\n  }\n  draw = ',
    ),
  });
  silent('a helper whose options are not seen', {
    'src/util.ts': util.replace(
      'target.addEventListener(name, run);',
      'target.addEventListener(name, run, { ...defaults });',
    ),
    'src/view.ts': view("on(window, 'resize', this.draw);", ''),
  });
  silent('a helper that is not known', {
    'src/util.ts': 'export {};\n',
    'src/view.ts': view("on(window, 'resize', this.draw);", ''),
  });
});
