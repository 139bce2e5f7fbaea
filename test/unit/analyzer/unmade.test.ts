/** What a class does that no file of the program makes weighs little. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

const ticker = `export class Ticker {
  start() {
    document.addEventListener('click', () => {
      setInterval(() => this.draw(), 1000);
    });
  }
}
`;
const main = "import { begin } from './begin';\nbegin();\n";

/** Severities of the intervals. */
function severities(files: Readonly<Record<string, string>>): readonly string[] {
  return findingsOfFiles({
    'begin.ts': 'export function begin() {\n  document.title = location.href;\n}\n',
    ...files,
  }).flatMap(({ findings }) =>
    findings.filter(({ kind }) => kind.endsWith('interval')).map(({ severity }) => severity),
  );
}

describe('classes that nobody makes', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, boolean][] = [
    ['no import of it', { 'ticker.ts': ticker, 'main.ts': main }, true],
    [
      'an import of something else of its file',
      {
        'ticker.ts': `${ticker}export const pace = 1000;\n`,
        'main.ts': "import { begin } from './begin';\nimport { pace } from './ticker';\nbegin(pace);\n",
      },
      true,
    ],
    [
      'made by a handler',
      {
        'ticker.ts': ticker,
        'main.ts': "import { Ticker } from './ticker';\nwindow.onfocus = () => new Ticker().start();\n",
      },
      false,
    ],
    [
      'made on a condition',
      {
        'ticker.ts': ticker,
        'main.ts':
          "import { Ticker } from './ticker';\nexport const open = (on) => { if (on) new Ticker().start(); };\n",
      },
      false,
    ],
    [
      'asked for what it does itself, without an instance',
      {
        'ticker.ts': ticker.replace('start()', 'static start()').replace('this.draw()', 'draw()'),
        'main.ts':
          "import { Ticker } from './ticker';\nimport { begin } from './begin';\nbegin();\nwindow.onfocus = () => Ticker.start();\n",
      },
      false,
    ],
    [
      'extended',
      {
        'ticker.ts': ticker,
        'main.ts': "import { Ticker } from './ticker';\nexport class Clock extends Ticker {}\n",
      },
      false,
    ],
    ['a program whose beginning is not seen', { 'ticker.ts': ticker, 'main.ts': "console.log('main');\n" }, false],
    ['given away in its file', { 'ticker.ts': `${ticker}registry.add(Ticker);\n`, 'main.ts': main }, false],
    ['an heir', { 'ticker.ts': ticker.replace('Ticker {', 'Ticker extends Widget {'), 'main.ts': main }, false],
    ['decorated', { 'ticker.ts': ticker.replace('export', '@register()\nexport'), 'main.ts': main }, false],
    [
      'loaded with all others',
      {
        'ticker.ts': ticker,
        'main.ts':
          "import { begin } from './begin';\nbegin();\nconst all = import.meta.glob('./*.ts', { eager: true });\nconsole.log(all);\n",
      },
      false,
    ],
  ];
  for (const [name, files, isLow] of cases)
    it(`${isLow ? 'are LOW' : 'are not meant'}: ${name}`, () => {
      const found = severities(files);
      assert.ok(found.length > 0);
      assert.equal(
        found.every((severity) => severity === 'low'),
        isLow,
      );
    });
});
