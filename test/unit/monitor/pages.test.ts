/** Pages and templates in a scan: read, remembered and looked at again like scripts, though nothing is found in them. */
import assert from 'node:assert/strict';
import { noModules } from '../../../src/analyzer/facts/modules';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const options = { severityOverrides: {} };
const clock = `@customElement('app-clock')
export class Clock extends LitElement {
  firstUpdated() {
    window.addEventListener('focus', () => this.requestUpdate());
  }
}
`;
const page = (body: string): string => `<!doctype html><html><body>${body}</body></html>\n`;
const poll = `export function poll(show) {
  document.addEventListener('click', () => {
    setInterval(() => show(Date.now()), 1000);
  });
}
export const pace = 1000;
`;
const takesPace = "import { pace } from './poll';\nconsole.log(pace);\n";

class World {
  readonly fs = new MemoryFileSystem();
  readonly clock = new FakeClock(1_000_000);
  readonly paths = new Set<string>();
  scan = new CodeScan(this.fs, this.clock, options);

  write(path: string, text: string): void {
    this.clock.advance(60_000);
    this.paths.add(path);
    this.fs.write(`/w/${path}`, text, this.clock.time);
    this.clock.advance(60_000);
  }

  async run(): Promise<readonly string[]> {
    this.scan.setModules(noModules);
    const walked = [...this.paths].sort().map((path) => ({ path, absolute: `/w/${path}` }));
    const result = await this.scan.scan(walked, { isCancelled: () => false }, () => undefined);
    this.analysed = result.analysed;
    return result.files.flatMap(({ path, findings }) => findings.map(({ severity }) => `${path} ${severity}`));
  }

  analysed = 0;
}

describe('pages in a scan', () => {
  it('say how often an element is there, after each edit', async () => {
    const world = new World();
    world.write('src/clock.ts', clock);
    world.write('src/index.html', page('<app-clock></app-clock>'));
    assert.deepEqual(await world.run(), []);
    assert.equal(world.analysed, 1, 'a page is no analysed file');
    world.write('src/index.html', page('<app-clock></app-clock><app-clock></app-clock>'));
    assert.deepEqual(await world.run(), ['src/clock.ts low']);
    world.write('src/index.html', page('<app-clock></app-clock>'));
    assert.deepEqual(await world.run(), []);
    world.paths.delete('src/index.html');
    assert.deepEqual(await world.run(), ['src/clock.ts low']);
  });

  it('are not read where they document or test, and say nothing then', async () => {
    const world = new World();
    world.write('src/clock.ts', clock);
    world.write('src/index.html', page('<app-clock></app-clock>'));
    for (const folder of ['docs', 'examples', 'test'])
      world.write(`${folder}/index.html`, page('<app-clock></app-clock><app-clock></app-clock>'));
    assert.deepEqual(await world.run(), []);
    assert.ok(!world.fs.reads.some((path) => /\/(?:docs|examples|test)\//.test(path)));
  });

  it('are not read where there are too many, which may place anything', async () => {
    const world = new World();
    world.write('src/clock.ts', clock);
    world.write('src/index.html', page('<app-clock></app-clock>'));
    for (let index = 0; index < 1000; index++) world.write(`site/${String(index)}.html`, page('<p>one of many</p>'));
    assert.deepEqual(await world.run(), ['src/clock.ts low']);
    assert.ok(!world.fs.reads.some((path) => path.endsWith('.html')));
    for (let index = 0; index < 10; index++) world.paths.delete(`site/${String(index)}.html`);
    assert.deepEqual(await world.run(), []);
  });

  it('are remembered', async () => {
    const world = new World();
    world.write('src/clock.ts', clock);
    world.write('src/index.html', page('<app-clock></app-clock>'));
    await world.run();
    const saved = await world.scan.save();
    world.scan = new CodeScan(world.fs, world.clock, options);
    await world.scan.load(saved);
    world.fs.reads.length = 0;
    assert.deepEqual(await world.run(), []);
    assert.deepEqual(world.fs.reads, []);
    world.write('src/other.html', page(''));
    assert.deepEqual(await world.run(), [], 'of the other pages too');
    world.write('src/index.html', page(''));
    assert.deepEqual(await world.run(), ['src/clock.ts low']);
  });

  it('may place anything where they are too large or cannot be read', async () => {
    const world = new World();
    world.write('src/clock.ts', clock);
    world.write('src/index.html', page('<app-clock></app-clock>'));
    assert.deepEqual(await world.run(), []);
    world.write('src/list.html', page('x'.repeat(5_000_000)));
    assert.deepEqual(await world.run(), ['src/clock.ts low']);
    world.write('src/list.html', page('<p>x</p>'));
    assert.deepEqual(await world.run(), []);
    world.fs.faults.set('/w/src/list.html', 'EACCES');
    world.write('src/list.html', page('<p>y</p>'));
    assert.deepEqual(await world.run(), ['src/clock.ts low']);
    world.fs.faults.clear();
    assert.deepEqual(await world.run(), []);
  });

  for (const [name, path, text] of [
    [
      'a script in a page',
      'index.html',
      page('<script type="module">import { poll } from \'./poll\'; poll(show);</script>'),
    ],
    [
      'a page of another format',
      'index.astro',
      "---\nimport { poll } from './poll';\npoll(console.log);\n---\n<p>x</p>\n",
    ],
    [
      'a page of another format with ends of lines of two characters',
      'index.astro',
      "---\r\nimport { poll } from './poll';\r\npoll(console.log);\r\n---\r\n<p>x</p>\r\n",
    ],
    [
      'a page of another format with blanks after its fences',
      'index.astro',
      "\n--- \t\nimport { poll } from './poll';\npoll(console.log);\n --- \n<p>x</p>\n",
    ],
    [
      'a script in a page by another name of its language',
      'index.html',
      page("<script data-type=\"x\" type='text/ecmascript'>import { poll } from './poll'; poll(show);</script>"),
    ],
  ] as const)
    it(`use what they import: ${name}`, async () => {
      const world = new World();
      world.write('poll.ts', poll);
      world.write('main.ts', takesPace);
      const isMore = (told: readonly string[]): boolean => told.some((one) => !one.endsWith(' low'));
      assert.equal(isMore(await world.run()), false, 'nothing calls it');
      world.write(path, text);
      assert.equal(isMore(await world.run()), true);
    });

  describe('beside files that have no word that matters', () => {
    const ticking = `import { Component } from '@angular/core';
@Component({ selector: 'app-clock', template: '<time></time>' })
export class ClockComponent {
  ngOnInit() {
    setInterval(() => console.log('tick'), 1000);
  }
}
`;
    const framed = (name: string): string =>
      `import { Component } from '@angular/core';\n@Component({ selector: 'app-${name}', templateUrl: './frame.component.html' })\nexport class ${name}Component {}\n`;
    /** A word that has a file parsed. */
    const word = 'setTimeout(() => {}, 1);\n';
    for (const [name, after] of [
      ['as they are', ''],
      ['with such a word', word],
    ] as const) {
      it(`know the file of a template: ${name}`, async () => {
        const world = new World();
        world.write('src/clock.component.ts', ticking);
        world.write('src/frame.component.ts', framed('frame') + after);
        world.write('src/frame.component.html', '<app-clock></app-clock>');
        world.write('src/index.html', page('<app-frame></app-frame>'));
        assert.deepEqual(await world.run(), []);
        world.write('src/row.component.ts', framed('row') + after);
        world.write(
          'src/list.component.ts',
          "@Component({ selector: 'app-list', template: '@for (r of rows; track r) { <app-row/> }' })\nexport class ListComponent {}\n",
        );
        assert.equal((await world.run()).length, 1);
      });
      for (const [kind, any, none] of [
        [
          'a name that is told',
          'export const make = (name) => document.createElement(name);\n',
          "export const make = () => document.createElement('p');\n",
        ],
        [
          'a part of a name',
          `export const make = (kind) => \`<app-\${kind}>\`;\n`,
          `export const make = (kind) => \`<app-row>\${kind}\`;\n`,
        ],
      ] as const)
        it(`know ${kind}: ${name}`, async () => {
          const world = new World();
          world.write('src/clock.ts', clock);
          world.write('src/index.html', page('<app-clock></app-clock>'));
          world.write('src/more.ts', none + after);
          assert.deepEqual(await world.run(), []);
          world.write('src/more.ts', any + after);
          assert.deepEqual(await world.run(), ['src/clock.ts low']);
        });
    }
  });
});
