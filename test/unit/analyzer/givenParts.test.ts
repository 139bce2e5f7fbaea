/** Parts that are given to their owner where they are made, and makers that are given a class. */
import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from './expectLeaks';

const leak = 'handle/field-without-teardown';

const page = (fields: string, end: string, imports = ''): string => `${imports}export class Page extends Base {
${fields}
  constructor(private readonly factory: Factory) {
    super();
  }
  draw(): void {
    this.first.show(this.second.title);
  }
  dispose(): void {
    ${end}
  }
}`;

samples(
  'parts that are given to their owner where they are made',
  [
    {
      name: 'made alike, and not given',
      code: page(
        `  private readonly first = createChart();\n  private readonly second = createChart(); // leak ${leak}`,
        'this.first.dispose();',
      ),
    },
    {
      name: 'registered with another, which may end it or not',
      code: page(
        `  private readonly first = registry.registerChart(3);\n  private readonly second = registry.registerChart(4); // leak ${leak}`,
        'this.first.dispose();',
      ),
    },
    {
      name: 'of the same class by the same factory',
      code: page(
        `  private readonly first = this.factory.createInstance(Chart, 1);\n  private readonly second = this.factory.createInstance(Chart, 2); // leak ${leak}`,
        'this.first.dispose();',
      ),
    },
  ],
  [
    {
      name: 'registered, and one of them ended early',
      code: page(
        '  private readonly first = this._register(new Emitter());\n  private readonly second = this._register(new Emitter());',
        'this.first.dispose();\n    super.dispose();',
      ),
    },
    {
      name: 'what a call makes is registered',
      code: page(
        '  private readonly first = this._register(this.factory.make(1));\n  private readonly second = this._register(this.factory.make(2));',
        'this.first.dispose();\n    super.dispose();',
      ),
    },
    {
      name: 'of another class by the same factory',
      code: page(
        '  private readonly first = this.factory.createInstance(Chart);\n  private readonly second = this.factory.createInstance(Queries);',
        'this.first.dispose();',
      ),
    },
    {
      name: 'a maker that is given the store',
      code: `export class Files {
  private readonly disposables = new Store();
  private watcher?: Watcher;
  restart(): void {
    this.watcher = this.createWatcher(this.disposables);
    this.watcher.setVerbose(true);
  }
  dispose(): void {
    this.disposables.dispose();
  }
}`,
    },
  ],
);

const inFiles = (files: Readonly<Record<string, string>>): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

describe('makers that are given a class', () => {
  const host = (given: string): string => `import { Web } from './web';
export class Host {
  private readonly webServer = this.factory.createInstance(${given});
  constructor(private readonly factory: Factory) {}
  handle(): void {
    this.webServer.handle();
  }
  dispose(): void {
    this.log.write('gone');
  }
}
`;

  it('go by its end', () => {
    const web =
      'export class Web {\n  private readonly socket = open();\n  handle() {}\n  dispose() {\n    this.socket.close();\n  }\n}\n';
    assert.deepEqual(inFiles({ 'src/web.ts': web, 'src/host.ts': host('Web') }), [`src/host.ts:3 ${leak}`]);
  });

  it('go by it where the class has none', () => {
    const web = 'export class Web {\n  handle() {}\n}\n';
    assert.deepEqual(inFiles({ 'src/web.ts': web, 'src/host.ts': host('Web') }), []);
  });

  it('are no look-ups', () => {
    const web =
      'export class Web {\n  private readonly socket = open();\n  handle() {}\n  dispose() {\n    this.socket.close();\n  }\n}\n';
    assert.deepEqual(
      inFiles({
        'src/web.ts': web,
        'src/host.ts': host('Web').replace('createInstance', 'get').replaceAll('webServer', 'web'),
      }),
      [],
    );
  });

  it('say nothing of a class that is not known', () => {
    assert.deepEqual(inFiles({ 'src/host.ts': host('Web').replace("'./web'", "'web'") }), []);
  });
});

describe('locals that are made alike', () => {
  const user = (how: string): string => `import { Watch } from './watch';
export class Work {
  one(): number {
    const watch = ${how};
    this.run();
    watch.stop();
    return watch.elapsed();
  }
  two(): void {
    const watch = ${how};
    this.run();
    console.log(watch.elapsed());
  }
  run(): void {}
}
`;
  const watch = (end: string): string =>
    `import { openClock } from 'clocks';
export class Watch {
  static create(): Watch {
    return new Watch();
  }
  private readonly clock = openClock();
  private at = Date.now();
  elapsed(): number {
    return Date.now() - this.at;
  }
  stop(): void {
    ${end}
  }
}
`;

  it('are told where their class ends something', () => {
    assert.deepEqual(inFiles({ 'src/watch.ts': watch('this.clock.close();'), 'src/work.ts': user('Watch.create()') }), [
      'src/work.ts:10 handle/disposable-not-disposed',
    ]);
  });

  it('are not told where a stop only takes the time', () => {
    const files = { 'src/watch.ts': watch('this.at = 0;') };
    assert.deepEqual(inFiles({ ...files, 'src/work.ts': user('Watch.create()') }), []);
    assert.deepEqual(inFiles({ ...files, 'src/work.ts': user('new Watch()') }), []);
  });
});
