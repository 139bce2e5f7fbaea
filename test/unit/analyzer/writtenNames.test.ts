/** Files that are loaded by names that a function is given: those that its callers write, and no others. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

/** A class of which each instance leaves a listener on the window, and the only one that makes it. */
const panel = `export class Panel {
  constructor() {
    window.addEventListener('resize', () => this.draw());
  }
  draw() {}
}
`;
const main = "import { Panel } from './parts/panel';\nexport const only = new Panel();\n";
const loading = (loader: string): Files => ({
  'src/parts/panel.ts': panel,
  'src/parts/clock.ts': 'export const clock = 1;\n',
  'src/main.ts': main,
  'src/all.ts': loader,
});

const told = (files: Files): boolean => findingsOfFiles(files).some(({ findings }) => findings.length > 0);

const silent: Readonly<Record<string, string>> = {
  'another name is written': `const load = (name) => require(\`./parts/\${name}\`);\nexport const clock = load('clock');\n`,
  'another name is written by who passes it on': `function load(name) {\n  return () => require(\`./\${name}\`).clock;\n}\nfunction part(name) {\n  return load(\`parts/\${name}\`);\n}\nexport const clock = part('clock');\n`,
  'another name is written, and what is loaded has a name': `const load = (name) => {\n  const part = require(\`./parts/\${name}\`);\n  return part.clock;\n};\nexport const clock = load('clock');\n`,
};
const reported: Readonly<Record<string, string>> = {
  'its name is written': `const load = (name) => require(\`./parts/\${name}\`);\nexport const clock = load('clock');\nexport const other = load('panel');\n`,
  'one of the names is not': `const load = (name) => require(\`./parts/\${name}\`);\nexport const clock = load('clock');\nexport const other = load(location.hash);\n`,
  'others may give a name': `export const load = (name) => require(\`./parts/\${name}\`);\nexport const clock = load('clock');\n`,
  'the function is given away': `const load = (name) => require(\`./parts/\${name}\`);\nexport const parts = ['clock', location.hash].map(load);\nload('clock');\n`,
  'the name is changed': `const load = (name) => {\n  name = location.hash || name;\n  return require(\`./parts/\${name}\`);\n};\nexport const clock = load('clock');\n`,
  'the name is left out': `const load = (name = location.hash) => require(\`./parts/\${name}\`);\nexport const clock = load();\n`,
};

describe('modules that are loaded by a name that a function is given', () => {
  for (const [name, loader] of Object.entries(silent))
    it(`are not those of which ${name}`, () => assert.equal(told(loading(loader)), false));
  for (const [name, loader] of Object.entries(reported))
    it(`may be any where ${name}`, () => assert.equal(told(loading(loader)), true));

  /** Functions that each call the next many times; the last of them loads. */
  const chain = (length: number, last: string): string => {
    const calls = (inner: string): string => `  ${inner};\n`.repeat(120);
    const links = Array.from({ length }, (_, at) => `function f${at + 1}(name) {\n${calls(`f${at}(name)`)}}\n`);
    return `function f0(name) {\n  return require(\`./parts/\${name}\`);\n}\n${links.join('')}f${length}('clock');\nf${length}(${last});\nexport {};\n`;
  };
  it('are looked for once for each function, however often it is called', () => {
    const begun = performance.now();
    assert.equal(told(loading(chain(3, "'other'"))), false);
    assert.equal(told(loading(chain(3, 'location.hash'))), true);
    assert.equal(told(loading(chain(3, "'panel'"))), true);
    assert.equal(performance.now() - begun < 10_000, true);
  });
  it('may be any where a function calls itself', () =>
    assert.equal(
      told(
        loading(
          `function load(name) {\n  load(name);\n  return require(\`./parts/\${name}\`);\n}\nload('clock');\nexport {};\n`,
        ),
      ),
      true,
    ));
});
