/** What a teardown seems to leave: a base, a pipe, an event or a helper ends it, or it goes with its owner all the same. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles } from './expectLeaks';

const field = 'handle/field-without-teardown';

/** Line, kind and severity of what is shown of a file. */
function told(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  const found = findingsOfFiles(files).find((one) => one.path === path)?.findings ?? [];
  return found
    .filter(({ confidence }) => confidence !== 'low')
    .map(({ range, kind, severity }) => `${range.startLine + 1} ${kind} ${severity}`);
}

const inOne = (code: string, path = 'src/one.ts'): readonly string[] =>
  findingsOf(code, path).map(({ range, kind, severity }) => `${range.startLine + 1} ${kind} ${severity}`);

describe('a field that the teardown of a base is about', () => {
  const knob = `export class Knob {
  private line = openLine();
  turn(by: number) {
    this.line.send(by);
  }
  dispose() {
    this.line.close();
  }
}
`;
  const base = (ends: string): string => `export abstract class Device {
  abstract input: Knob;
  private title = 'device';
  dispose() {
    ${ends}
    this.title = '';
  }
}
`;
  const between = `import { Device } from './device';
export abstract class Loud extends Device {
  private level = openMeter();
  dispose() {
    super.dispose();
    this.level.close();
  }
}
`;
  const heir = (name: string, module: string): string => `import { ${name} } from './${module}';
import { Knob } from './knob';
export class Echo extends ${name} {
  readonly input: Knob = new Knob();
  private title = 'echo';
  set(by: number) {
    this.input.turn(by);
  }
  dispose() {
    super.dispose();
    this.title = '';
  }
}
`;
  const of = (ends: string, code: string): readonly string[] =>
    told(
      { 'src/knob.ts': knob, 'src/device.ts': base(ends), 'src/loud.ts': between, 'src/echo.ts': code },
      'src/echo.ts',
    );

  it('is ended there', () => assert.deepEqual(of('this.input.dispose();', heir('Device', 'device')), []));
  it('is ended by the base of the base, too', () =>
    assert.deepEqual(of('this.input.dispose();', heir('Loud', 'loud')), []));
  it('is left where the bases end other things', () => {
    assert.deepEqual(of('close(this.title);', heir('Device', 'device')), [`4 ${field} medium`]);
    assert.deepEqual(of('close(this.title);', heir('Loud', 'loud')), [`4 ${field} medium`]);
  });
});

describe('a part whose end does little', () => {
  const page = `import { Part } from './part';
export class Page {
  private part = new Part();
  private title = '';
  show(title: string) {
    this.title = title;
    this.part.move(title);
  }
  dispose() {
    this.title = '';
  }
}
`;
  const part = (fields: string, end: string): string => `export class Part extends Events {
  ${fields}
  move(title: string) {
    this.title = title;
  }
  destroy() {
    ${end}
  }
}
`;
  const of = (fields: string, end: string): readonly string[] =>
    told({ 'src/part.ts': part(fields, end), 'src/page.ts': page }, 'src/page.ts');
  const children =
    'while (this.children.length) {\n      const one = this.children.pop();\n      one.destroy();\n    }';

  it('is nothing where it only lets go who listens to it, or what is below it in a tree', () => {
    assert.deepEqual(of('', 'this.off();'), []);
    assert.deepEqual(of('parent = null;\n  children = [];', `${children}\n    this.off();`), []);
  });
  it('weighs little where it ends what it was given later, or tells its base', () => {
    assert.deepEqual(of('children = [];', children), [`3 ${field} low`]);
    assert.deepEqual(of('', 'this.stopListening();'), [`3 ${field} low`]);
  });
  it('weighs more where it ends what it has opened', () => {
    assert.deepEqual(of('picture = load();', 'this.off();\n    this.picture.close();'), [`3 ${field} medium`]);
    assert.deepEqual(of('parent = null;\n  picture = load();', 'this.picture.close();'), [`3 ${field} medium`]);
  });
});

describe('a list that is emptied when the work is over', () => {
  const baker = (each: string): string => `import { Target } from './target';
export class Baker {
  private readonly targets = new Map<number, Target>();
  private title = '';
  bake(size: number) {
    this.targets.set(size, new Target());
    this.finish();
  }
  finish() {
    this.targets.forEach((target) => {
      ${each}
    });
    this.targets.clear();
  }
  destroy() {
    this.title = '';
  }
}
`;
  const target = `export class Target {
  private picture = load();
  destroy() {
    this.picture.close();
  }
}
`;
  const of = (each: string): readonly string[] =>
    told({ 'src/target.ts': target, 'src/baker.ts': baker(each) }, 'src/baker.ts');
  it('is ended by who is given each of it for that', () => assert.deepEqual(of('destroyTarget(target);'), []));
  it('is left by who only looks at each', () => assert.deepEqual(of('note(target);'), [`6 ${field} medium`]));
});

describe('an occasion that the teardown brings about', () => {
  const tab = (event: string): string => `import { Scope } from 'some-lib';
import { Events } from './events';
export class Tab extends Events.Emitter {
  private scope = new Scope();
  private title = '';
  constructor() {
    super();
    this.once(Events.Over, () => this.scope.dispose());
  }
  rename(title: string) {
    this.title = this.scope.name(title);
  }
  destroy() {
    this.title = '';
    this.emit(Events.${event});
  }
}
`;
  it('ends the part', () => assert.deepEqual(inOne(tab('Over')), []));
  it('does not where it tells something else', () => assert.deepEqual(inOne(tab('Renamed')), [`4 ${field} medium`]));
});

describe('an observer that the teardown does not name', () => {
  const box = (body: string, end: string): string => `import { Component } from 'react';
export class Box extends Component {
  private box: HTMLElement | null = null;
  private title = '';
  private readonly sizes = new ResizeObserver(() => this.fit());
  ${body}
  componentWillUnmount() {
    this.title = '';
    ${end}
  }
  private fit() {}
}
`;
  const change = (last: string): string => `private readonly onBox = (box: HTMLElement | null) => {
    if (this.box) this.sizes.unobserve(this.box);
    this.box = box;
    ${last}
  };
  render() {
    return <p ref={this.onBox} />;
  }`;
  const helper = `private readonly onTop = watchTop(
    () => this.begin(),
    () => this.pause(),
  );
  private begin() {
    if (this.box) this.sizes.observe(this.box);
  }
  private pause() {
    this.sizes.disconnect();
  }`;
  const of = (body: string, end = ''): readonly string[] => inOne(box(body, end), 'src/Box.tsx');

  it('is ended by the ref that is told of no element', () =>
    assert.deepEqual(of(change('if (box) this.sizes.observe(box);')), []));
  it('goes on where what exchanges its target always has a next one', () =>
    assert.deepEqual(of(change('this.sizes.observe(box ?? document.body);')), ['5 listener/resize-observer low']));
  it('goes on where something else is watched besides', () =>
    assert.deepEqual(
      of(
        `${change('if (box) this.sizes.observe(box);')}\n  componentDidMount() {\n    this.sizes.observe(document.body);\n  }`,
      ),
      ['5 listener/resize-observer low'],
    ));
  it('weighs little where it may have been ended before', () =>
    assert.deepEqual(of(helper, 'this.onTop(false);'), ['5 listener/resize-observer low']));
});

describe('a write stream in a field', () => {
  const archive = (open: string): string => `import * as fs from 'fs';
import * as zlib from 'zlib';
export class Archive {
  private file: fs.WriteStream | undefined;
  private packed = zlib.createGzip();
  constructor(private path: string) {}
  open() {
    if (this.file) return;
    this.file = fs.createWriteStream(this.path);
    ${open}
  }
  write(text: string) {
    this.open();
    this.packed.write(text);
  }
  end() {
    this.packed.end();
  }
}
`;
  const kinds = (open: string): readonly string[] => findingsOf(archive(open)).map(({ kind }) => kind);
  it('ends with what is piped into it', () =>
    assert.deepEqual(kinds('this.packed.pipe(this.file, { end: true });'), []));
  it('is left where nothing is', () =>
    assert.deepEqual(kinds("this.packed.on('data', (part) => this.file?.write(part));"), ['handle/write-stream']));
});

describe('a listener on what a class shows', () => {
  const store = `import { EventEmitter } from 'node:events';
export class Sizes extends EventEmitter {
  private static one: Sizes | null = null;
  static get instance(): Sizes {
    Sizes.one ??= new Sizes();
    return Sizes.one;
  }
  static destroy(): void {
    Sizes.one?.removeAllListeners();
    Sizes.one = null;
  }
}
`;
  const view = (end: string): string => `import { Component } from 'react';
import { Sizes } from './sizes';
export class View extends Component {
  componentDidMount() {
    Sizes.instance.on('resize', this.fit);
  }
  componentWillUnmount() {
    ${end}
  }
  fit = () => this.setState({});
  render() {
    return <p />;
  }
}
`;
  const of = (end: string): readonly string[] =>
    told({ 'src/sizes.ts': store, 'src/View.tsx': view(end) }, 'src/View.tsx');
  it('goes with the class that is ended', () => assert.deepEqual(of('Sizes.destroy();'), []));
  it('stays where something else is', () => assert.deepEqual(of('Other.destroy();'), ['5 listener/emitter-on high']));
});

describe('a method that registers what it is given for the end', () => {
  const client = (end: string): string => `export class Client {
  private socket: WebSocket;
  constructor(address: string) {
    this.socket = new WebSocket(address);
  }
  ${end}
}
`;
  const said = (end: string): boolean => findingsOf(client(end)).some(({ message }) => /tears/.test(message));
  it('is no teardown', () => {
    assert.equal(said('onClose(fn: () => void) {\n    this.socket.onclose = fn;\n  }'), false);
    assert.equal(said("onClose(fn: () => void) {\n    this.socket.addEventListener('close', fn);\n  }"), false);
  });
  it('is one where it only calls it', () =>
    assert.equal(said('onClose(done: () => void) {\n    this.title = "";\n    done();\n  }'), true));
});

describe('what goes with its owner', () => {
  it('weighs little where buffers are made with their context, and more where one context gets more of them', () => {
    const meters = (make: string): readonly string[] =>
      findingsOf(`export class Meters {
  private gl: WebGLRenderingContext | null = null;
  show(canvas: HTMLCanvasElement) {
    this.gl = canvas.getContext('webgl');
    ${make}
  }
  fill() {
    const square = this.gl.createBuffer();
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, square);
  }
  destroy() {
    this.gl = null;
  }
}
`).map(({ kind, severity }) => `${kind} ${severity}`);
    assert.deepEqual(meters('this.fill();'), ['handle/webgl-object low']);
    assert.deepEqual(meters(''), ['handle/webgl-object medium']);
  });

  it('weighs little where an element that a method is given keeps the handler, and more on a window', () => {
    const ripple = (target: string): string | undefined =>
      findingsOf(`export class Ripple {
  bind(${target}) {
    ${target.split(':')[0]}.addEventListener('mousedown', this.press.bind(this));
  }
  unbind(${target}) {
    ${target.split(':')[0]}.removeEventListener('mousedown', this.press.bind(this));
  }
  press() {}
}
`)[0]?.severity;
    assert.equal(ripple('el: HTMLElement'), 'low');
    assert.equal(ripple('win: Window'), 'medium');
  });
});

describe('removals and releases that say nothing', () => {
  it('a member of an emitter may hand on to it what it is given', () => {
    const page = (receiver: string): readonly string[] =>
      findingsOf(`class Mission {
  constructor() {
    this.onStatus = () => this.draw();
    ${receiver}.on('status', this.onStatus);
  }
  draw() {}
  leave() {
    window.cockpit.off('status', this.onStatus);
  }
}
new Mission();
`).map(({ kind }) => kind);
    assert.deepEqual(page('window.cockpit.replaying'), []);
    assert.deepEqual(page('window.deck'), ['listener/emitter-on']);
  });

  it('a method that a constructor binds for nothing is no release', () => {
    const part = (place: string): readonly string[] =>
      findingsOf(`export class Part extends Base {
  ${place} {
    this.stopWork.bind(this);
  }
  stopWork() {}
}
`).map(({ kind }) => kind);
    assert.deepEqual(part('constructor()'), []);
    assert.deepEqual(part('leave()'), ['handle/release-unreachable']);
  });

  it('the end of a platform class runs what it was made with', () => {
    const state = (module: string): readonly string[] =>
      findingsOf(`import { Disposable } from '${module}';
export class State extends Disposable {
  constructor(source: Source) {
    super(() => this.clear());
    this.toDispose = [source.onDidChange(() => this.clear())];
  }
  clear() {}
  dispose() {
    this.toDispose.forEach((one) => one.dispose());
  }
}
`).map(({ kind, severity }) => `${kind} ${severity}`);
    assert.deepEqual(state('vscode'), []);
    assert.deepEqual(state('@theia/core'), ['listener/missing-super-dispose low']);
  });

  it('a part of the view ends with it, whatever a notifier does', () => {
    const list = (source: string): readonly string[] =>
      findingsOf(`import { Component, ContentChildren, QueryList } from '@angular/core';
import { Subject } from 'rxjs';
import { takeUntil } from 'rxjs/operators';
import { rows } from './rows';
@Component({ selector: 'app-list', template: '' })
export class List {
  private readonly over = new Subject<void>();
  @ContentChildren(Row) items: QueryList<Row>;
  ngAfterViewInit() {
    ${source}.changes.pipe(takeUntil(this.over)).subscribe(() => this.draw());
  }
  ngOnDestroy() {
    this.title = '';
  }
  private draw() {}
}
`).map(({ severity }) => severity);
    assert.deepEqual(list('this.items'), ['low']);
    assert.deepEqual(list('rows'), ['medium']);
  });
});
