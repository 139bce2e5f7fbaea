/** What a fix writes, to the letter: where the release goes, and how the file is written. */
import assert from 'node:assert/strict';
import { applyEdits } from '../../../../src/analyzer/fixes/edits';
import { findingsOf } from '../expectLeaks';

/** The text after the only fix of the only finding that has one; undefined when there is none. */
function fixed(code: string, path = 'src/sample.ts'): string | undefined {
  const fixes = findingsOf(code, path).flatMap((finding) => finding.fixes);
  const [fix] = fixes;
  return fix && fixes.length === 1 ? applyEdits(code, fix.edits) : undefined;
}

const expectFix = (before: string, after: string, path?: string): void => assert.equal(fixed(before, path), after);
const expectNone = (code: string, path?: string): void => {
  assert.ok(findingsOf(code, path).length > 0, 'no finding');
  assert.equal(fixed(code, path), undefined);
};

describe('a fix in an effect', () => {
  const effect = (body: string): string =>
    `import { useEffect } from 'react';\nexport function View({ run }: { run: () => void }) {\n  const tick = () => run();\n  useEffect(${body}, []);\n  return null;\n}\n`;
  it('adds the clean-up', () =>
    expectFix(
      effect('() => {\n    setInterval(tick, 10);\n  }'),
      effect('() => {\n    const interval = setInterval(tick, 10);\n    return () => clearInterval(interval);\n  }'),
    ));
  it('extends a clean-up that is an expression', () =>
    expectFix(
      effect(
        "() => {\n    const id = setInterval(tick, 10);\n    window.addEventListener('blur', tick);\n    return () => window.removeEventListener('blur', tick);\n  }",
      ),
      effect(
        "() => {\n    const id = setInterval(tick, 10);\n    window.addEventListener('blur', tick);\n    return () => {\n      window.removeEventListener('blur', tick);\n      clearInterval(id);\n    };\n  }",
      ),
    ));
  it('gives an effect without braces a body', () =>
    expectFix(
      effect("() => window.addEventListener('blur', tick)"),
      effect(
        "() => {\n    window.addEventListener('blur', tick);\n    return () => window.removeEventListener('blur', tick);\n  }",
      ),
    ));
  it('passes the signal of a controller that the clean-up aborts', () =>
    expectFix(
      effect(
        "() => {\n    const controller = new AbortController();\n    void fetch('/x', { signal: controller.signal });\n    window.addEventListener('keydown', (event) => event.preventDefault());\n    return () => controller.abort();\n  }",
      ),
      effect(
        "() => {\n    const controller = new AbortController();\n    void fetch('/x', { signal: controller.signal });\n    window.addEventListener('keydown', (event) => event.preventDefault(), { signal: controller.signal });\n    return () => controller.abort();\n  }",
      ),
    ));
  it('makes a controller where a handler cannot be named without its type', () =>
    expectFix(
      effect("() => {\n    window.addEventListener('keydown', (event) => event.preventDefault(), true);\n  }"),
      effect(
        "() => {\n    const controller = new AbortController();\n    window.addEventListener('keydown', (event) => event.preventDefault(), { capture: true, signal: controller.signal });\n    return () => controller.abort();\n  }",
      ),
    ));
  it('repeats the capture flag', () =>
    expectFix(
      effect("() => {\n    window.addEventListener('blur', tick, true);\n  }"),
      effect(
        "() => {\n    window.addEventListener('blur', tick, true);\n    return () => window.removeEventListener('blur', tick, true);\n  }",
      ),
    ));
  it('is not offered where a way out lies between, or the effect is asynchronous', () => {
    expectNone(effect('() => {\n    const id = setInterval(tick, 10);\n    if (id) return;\n    tick();\n  }'));
    expectNone(effect('async () => {\n    await null;\n    setInterval(tick, 10);\n  }'));
  });
});

describe('a fix is written as the catalogue says', () => {
  const owner = (made: string, release: string): string =>
    `export class Owner {\n  private readonly one = ${made};\n  dispose() {\n    console.log('gone');${release}\n  }\n}\n`;
  it('for what is made in another way', () => {
    expectFix(owner("new Worker('/w.js')", ''), owner("new Worker('/w.js')", '\n    this.one.terminate();'));
    expectFix(
      owner("new SharedWorker('/w.js')", ''),
      owner("new SharedWorker('/w.js')", '\n    this.one.port.close();'),
    );
  });
});

describe('a fix in a class', () => {
  it('hands a disposable to the register that the class uses', () =>
    expectFix(
      "import { workspace } from 'vscode';\nimport { Base } from './base';\nexport class View extends Base {\n  constructor() {\n    super();\n    this._register(workspace.onDidOpenTextDocument(() => this.draw()));\n    workspace.onDidCloseTextDocument(() => this.draw());\n  }\n  draw() {}\n  dispose() {\n    this.draw();\n  }\n}\n",
      "import { workspace } from 'vscode';\nimport { Base } from './base';\nexport class View extends Base {\n  constructor() {\n    super();\n    this._register(workspace.onDidOpenTextDocument(() => this.draw()));\n    this._register(workspace.onDidCloseTextDocument(() => this.draw()));\n  }\n  draw() {}\n  dispose() {\n    this.draw();\n  }\n}\n",
    ));
  it('hands it to the list that the teardown disposes', () =>
    expectFix(
      "import { workspace, type Disposable } from 'vscode';\nexport class View {\n  private readonly disposables: Disposable[] = [];\n  constructor() {\n    this.disposables.push(workspace.onDidOpenTextDocument(() => this.draw()));\n    workspace.onDidCloseTextDocument(() => this.draw());\n  }\n  draw() {}\n  dispose() {\n    this.disposables.forEach((one) => one.dispose());\n  }\n}\n",
      "import { workspace, type Disposable } from 'vscode';\nexport class View {\n  private readonly disposables: Disposable[] = [];\n  constructor() {\n    this.disposables.push(workspace.onDidOpenTextDocument(() => this.draw()));\n    this.disposables.push(workspace.onDidCloseTextDocument(() => this.draw()));\n  }\n  draw() {}\n  dispose() {\n    this.disposables.forEach((one) => one.dispose());\n  }\n}\n",
    ));
  it('adds a subscription to the one that the teardown ends', () =>
    expectFix(
      "import { Component } from '@angular/core';\nimport { interval, Subscription } from 'rxjs';\n@Component({ template: '' })\nexport class View {\n  private readonly all = new Subscription();\n  ngOnInit() {\n    this.all.add(interval(10).subscribe(() => this.draw()));\n    interval(20).subscribe(() => this.draw());\n  }\n  draw() {}\n  ngOnDestroy() {\n    this.all.unsubscribe();\n  }\n}\n",
      "import { Component } from '@angular/core';\nimport { interval, Subscription } from 'rxjs';\n@Component({ template: '' })\nexport class View {\n  private readonly all = new Subscription();\n  ngOnInit() {\n    this.all.add(interval(10).subscribe(() => this.draw()));\n    this.all.add(interval(20).subscribe(() => this.draw()));\n  }\n  draw() {}\n  ngOnDestroy() {\n    this.all.unsubscribe();\n  }\n}\n",
    ));
  it('ends a stream with the notifier of the others', () =>
    expectFix(
      "import { Component } from '@angular/core';\nimport { interval, map, Subject, takeUntil } from 'rxjs';\n@Component({ template: '' })\nexport class View {\n  private readonly gone = new Subject<void>();\n  ngOnInit() {\n    interval(10).pipe(takeUntil(this.gone)).subscribe();\n    interval(20).pipe(map((n) => n + 1)).subscribe();\n  }\n  ngOnDestroy() {\n    this.gone.next();\n  }\n}\n",
      "import { Component } from '@angular/core';\nimport { interval, map, Subject, takeUntil } from 'rxjs';\n@Component({ template: '' })\nexport class View {\n  private readonly gone = new Subject<void>();\n  ngOnInit() {\n    interval(10).pipe(takeUntil(this.gone)).subscribe();\n    interval(20).pipe(map((n) => n + 1), takeUntil(this.gone)).subscribe();\n  }\n  ngOnDestroy() {\n    this.gone.next();\n  }\n}\n",
    ));
  it('makes the teardown that the framework names', () => {
    expectFix(
      "class Clock extends HTMLElement {\n  connectedCallback() {\n    this.timer = setInterval(() => this.draw(), 10);\n  }\n  draw() {}\n}\ncustomElements.define('x-clock', Clock);\n",
      "class Clock extends HTMLElement {\n  connectedCallback() {\n    this.timer = setInterval(() => this.draw(), 10);\n  }\n\n  disconnectedCallback() {\n    clearInterval(this.timer);\n  }\n  draw() {}\n}\ncustomElements.define('x-clock', Clock);\n",
      'src/clock.js',
    );
    expectFix(
      "import React from 'react';\nexport class Clock extends React.Component {\n  componentDidMount() {\n    window.addEventListener('resize', this.draw);\n  }\n  draw = () => {};\n  render() {\n    return null;\n  }\n}\n",
      "import React from 'react';\nexport class Clock extends React.Component {\n  componentDidMount() {\n    window.addEventListener('resize', this.draw);\n  }\n\n  componentWillUnmount() {\n    window.removeEventListener('resize', this.draw);\n  }\n  draw = () => {};\n  render() {\n    return null;\n  }\n}\n",
      'src/clock.jsx',
    );
    expectFix(
      "import { LitElement } from 'lit';\nexport class Clock extends LitElement {\n  connectedCallback() {\n    super.connectedCallback();\n    window.addEventListener('resize', this.draw);\n  }\n  draw = () => {};\n}\n",
      "import { LitElement } from 'lit';\nexport class Clock extends LitElement {\n  connectedCallback() {\n    super.connectedCallback();\n    window.addEventListener('resize', this.draw);\n  }\n\n  disconnectedCallback(): void {\n    super.disconnectedCallback();\n    window.removeEventListener('resize', this.draw);\n  }\n  draw = () => {};\n}\n",
    );
  });
  it('makes none where nothing names it', () =>
    expectNone(
      'export class Clock {\n  constructor() {\n    setInterval(() => this.draw(), 10);\n  }\n  draw() {}\n}\nexport const clocks = [1, 2].map(() => new Clock());\n',
    ));
  it('keeps one of each call nowhere', () =>
    expectNone(
      "export class Panel {\n  open(url: string) {\n    setInterval(() => fetch(url), 10);\n  }\n  dispose() {\n    console.log('gone');\n  }\n}\n",
    ));
  it('goes before what returns early, behind a test of the disposed flag', () =>
    expectFix(
      'export class Clock {\n  private disposed = false;\n  private timer = setInterval(() => this.draw(), 10);\n  draw() {}\n  dispose() {\n    if (this.disposed) return;\n    this.disposed = true;\n    if (!this.timer) return;\n    this.draw();\n  }\n}\n',
      'export class Clock {\n  private disposed = false;\n  private timer = setInterval(() => this.draw(), 10);\n  draw() {}\n  dispose() {\n    if (this.disposed) return;\n    this.disposed = true;\n    clearInterval(this.timer);\n    if (!this.timer) return;\n    this.draw();\n  }\n}\n',
    ));
});

describe('a fix around a local handle', () => {
  it('waits for what is returned before it closes', () =>
    expectFix(
      "import { MongoClient } from 'mongodb';\nexport async function users(url: string) {\n  const client = await MongoClient.connect(url);\n  return client.db('x').collection('users').find().toArray();\n}\n",
      "import { MongoClient } from 'mongodb';\nexport async function users(url: string) {\n  const client = await MongoClient.connect(url);\n  try {\n    return await client.db('x').collection('users').find().toArray();\n  } finally {\n    await client.close();\n  }\n}\n",
    ));
  it('gives a try its finally, and takes the releases of both ways out', () =>
    expectFix(
      "import { open } from 'node:fs/promises';\nexport async function head(path: string, empty: boolean) {\n  const file = await open(path);\n  try {\n    if (empty) return null;\n    const text = await file.readFile('utf8');\n    await file.close();\n    return text;\n  } catch (error) {\n    await file.close();\n    throw error;\n  }\n}\n",
      "import { open } from 'node:fs/promises';\nexport async function head(path: string, empty: boolean) {\n  const file = await open(path);\n  try {\n    if (empty) return null;\n    const text = await file.readFile('utf8');\n    return text;\n  } finally {\n    await file.close();\n  }\n}\n",
    ));
  it('leaves the lines of a template as they are', () =>
    expectFix(
      "import fs from 'node:fs';\nexport function write(path: string, name: string) {\n  const fd = fs.openSync(path, 'w');\n  fs.writeSync(\n    fd,\n    `Dear\n${name}\n`,\n  );\n  fs.closeSync(fd);\n}\n",
      "import fs from 'node:fs';\nexport function write(path: string, name: string) {\n  const fd = fs.openSync(path, 'w');\n  try {\n    fs.writeSync(\n      fd,\n      `Dear\n${name}\n`,\n    );\n  } finally {\n    fs.closeSync(fd);\n  }\n}\n",
    ));
  it('leaves a blank line before it', () =>
    expectFix(
      "import fs from 'node:fs';\nexport function touch(path: string) {\n  const fd = fs.openSync(path, 'w');\n\n  fs.writeSync(fd, 'x');\n  fs.closeSync(fd);\n}\n",
      "import fs from 'node:fs';\nexport function touch(path: string) {\n  const fd = fs.openSync(path, 'w');\n\n  try {\n    fs.writeSync(fd, 'x');\n  } finally {\n    fs.closeSync(fd);\n  }\n}\n",
    ));
  it('is not offered for what goes on behind the function, or a transaction', () => {
    expectNone(
      "import fs from 'node:fs';\nexport function onChange(path: string, f: () => void) {\n  const watcher = fs.watch(path);\n  watcher.on('change', f);\n}\n",
    );
    expectNone(
      "import { Sequelize } from 'sequelize';\nconst db = new Sequelize('sqlite::memory:');\nexport async function move(a: { save(o: object): Promise<void> }) {\n  const t = await db.transaction();\n  await a.save({ transaction: t });\n  await t.commit();\n}\n",
    );
  });
});

describe('a fix of a cache', () => {
  const cache = (value: string): string =>
    `const known = new Map<string, unknown>();\nexport function load(url: string) {\n  if (known.has(url)) return known.get(url);\n  const made = ${value};\n  known.set(url, made);\n  return made;\n}\n`;
  it('bounds what can be made again', () =>
    expectFix(
      cache('url.length'),
      cache('url.length').replace(
        'made);\n',
        'made);\n  if (known.size > 1000) {\n    const oldest = known.keys().next();\n    if (!oldest.done) known.delete(oldest.value);\n  }\n',
      ),
    ));
  it('is not offered where what is looked up is a state of its own', () =>
    expectNone(
      "const cache = new Map<string, string[]>();\nexport function decorate(url: string, editor: { set(ids: string[]): string[] }) {\n  const old = (cache.get(url) ?? []).concat('x');\n  cache.set(url, editor.set(old));\n}\n",
    ));
  it('is not offered for objects with a state', () => expectNone(cache('new Session(url)')));
});

describe('a fix is written as the file is', () => {
  const source = (newline: string, unit: string, semicolon: string): string =>
    [
      'export class Clock {',
      `${unit}constructor(emitter) {`,
      `${unit}${unit}this.timer = setInterval(() => this.draw(), 10)${semicolon}`,
      `${unit}}`,
      `${unit}draw() {}`,
      `${unit}destroy() {`,
      `${unit}${unit}this.draw()${semicolon} // last`,
      `${unit}}`,
      '}',
      '',
    ].join(newline);
  for (const [name, newline, unit, semicolon] of [
    ['two blanks and semicolons', '\n', '  ', ';'],
    ['tabs', '\n', '\t', ';'],
    ['four blanks without semicolons', '\n', '    ', ''],
    ['line ends of Windows', '\r\n', '  ', ';'],
  ] as const)
    it(`with ${name}`, () => {
      const before = source(newline, unit, semicolon);
      const line = `this.draw()${semicolon} // last`;
      expectFix(
        before,
        before.replace(line, `${line}${newline}${unit}${unit}clearInterval(this.timer)${semicolon}`),
        'src/clock.js',
      );
    });
});
