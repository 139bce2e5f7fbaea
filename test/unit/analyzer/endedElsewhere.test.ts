/** Parts that their owner ends on another occasion, and that its teardown does not come to. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

const found = (text: string): readonly string[] =>
  findingsOfFiles({ 'src/part.ts': text }).flatMap(({ findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${range.startLine + 1} ${kind}`),
  );

/** A component of Angular with a viewer that is closed when another document is chosen. */
const component = (destroy: string, more = ''): string => `import { Component } from '@angular/core';
import { Viewer } from '@acme/viewer';
@Component({ selector: 'app-sheet', template: '' })
export class SheetComponent {
  private viewer: Viewer | null = null;
  private title = '';
  choose(name: string) {
    if (this.title && this.viewer) this.reset();
    this.viewer = new Viewer(name);
    this.viewer.draw();
    this.title = name;
  }
  reset() {
    this.viewer?.destroy();
    this.viewer = null;
  }
  ${more}
  ngOnDestroy() {
    ${destroy}
    this.title = '';
  }
}
`;

/** A client whose socket is closed when nothing has come for long. */
const client = (close: string, watch = 'setInterval(() => this.socket?.close(), 1000)', more = ''): string => `
export class Feed {
  private socket: WebSocket | null = null;
  private watch: ReturnType<typeof setInterval> | undefined;
  open(url: string) {
    this.socket = new WebSocket(url);
    this.socket.onmessage = (event) => console.log(event.data);
    this.watch = ${watch};
  }
  ${more}
  destroy() {
    clearInterval(this.watch);
    ${close}
  }
}
`;

/** A panel that gives back the address of the last picture before it shows the next. */
const panel = (dispose: string, show = 'if (this.address) URL.revokeObjectURL(this.address);'): string => `
export class Panel {
  private address = '';
  private readonly sizes = new ResizeObserver(() => this.fit());
  constructor(private readonly image: HTMLImageElement) {
    this.sizes.observe(document.body);
  }
  fit() {
    this.image.width = window.innerWidth;
  }
  show(data: Blob, isShown: boolean) {
    if (!isShown) {
      ${show}
      this.address = URL.createObjectURL(data);
      this.image.src = this.address;
    }
  }
  dispose() {
    this.sizes.disconnect();
    ${dispose}
  }
}
`;

describe('parts that only another occasion ends', () => {
  it('tells of a component whose hook leaves what another method ends', () => {
    assert.deepEqual(found(component('console.log(1);')), ['9 handle/field-without-teardown']);
    // A method that a button calls is no end of the component.
    assert.deepEqual(found(component('console.log(1);', 'close() { this.viewer?.destroy(); }')), [
      '9 handle/field-without-teardown',
    ]);
  });

  it('tells of a class whose teardown leaves what a timer or a failure ends', () => {
    assert.deepEqual(found(client('')), ['6 handle/websocket']);
    assert.deepEqual(
      found(
        client(
          '',
          'setInterval(() => this.ping(), 1000)',
          `private ping() {
    try {
      this.socket?.send('');
    } catch {
      this.socket?.close();
    }
  }`,
        ),
      ),
      ['6 handle/websocket'],
    );
  });

  it('tells of the last one of those that are each ended before the next', () => {
    assert.deepEqual(found(panel('')), ['14 handle/object-url']);
  });

  it('is silent where the end comes to it, or may', () => {
    // Directly, by the method, on a condition that asks for it, or by who is given it.
    for (const end of [
      'this.viewer?.destroy();',
      'this.reset();',
      'if (this.viewer) { this.viewer.destroy(); }',
      'release(this.viewer);',
      'this.viewer?.detachAll();',
    ])
      assert.deepEqual(found(component(end)), []);
    // Another end of the component, which its framework does not call.
    assert.deepEqual(found(component('', 'destroy() { this.viewer?.destroy(); }')), []);
    assert.deepEqual(found(client('this.socket?.close();')), []);
    assert.deepEqual(found(panel('URL.revokeObjectURL(this.address);')), []);
  });

  it('is silent where its user may have ended it before', () => {
    assert.deepEqual(found(client('', 'undefined', 'hangUp() { this.socket?.close(); }')), []);
    assert.deepEqual(
      found(client('', 'undefined', 'stop() { this.leave(); }\n  private leave() { this.socket?.close(); }')),
      [],
    );
    // What tells of the end comes with the end.
    assert.deepEqual(found(client('', 'undefined', 'private onDisconnected() { this.socket?.close(); }')), []);
  });

  it('is silent where the teardown is told by the part, or begins it again', () => {
    assert.deepEqual(
      found(
        client(
          '',
          "setInterval(() => this.socket?.close(), 1000);\n    this.socket.addEventListener('close', () => this.destroy())",
        ),
      ),
      [],
    );
    assert.deepEqual(found(client("this.open('/again');")), []);
  });

  it('is silent where others have it', () => {
    assert.deepEqual(found(component('', 'give() { return this.viewer; }')), []);
    assert.deepEqual(found(component('', 'place(list: Viewer[]) { list.push(this.viewer); }')), []);
  });

  it('is silent of what an injector gives', () => {
    const dialog = (given: string): string => `import { Component, inject } from '@angular/core';
import { DialogRef } from '@acme/dialogs';
@Component({ selector: 'app-log', template: '' })
export class LogComponent {
  private dialog = ${given};
  private title = '';
  close(): void {
    this.dialog.close();
  }
  submit() {
    this.close();
  }
  ngOnDestroy() {
    this.title = '';
  }
}
`;
    assert.deepEqual(found(dialog('inject<DialogRef>(DialogRef)')), []);
    assert.deepEqual(found(dialog('new DialogRef()')), ['5 handle/field-without-teardown']);
  });

  it('is silent of what goes with its giver', () => {
    const app = (end: string): string => `
import { Keys } from '@acme/keys';
export class App extends HTMLElement {
  private readonly keys = new Keys();
  private overlay: Overlay | undefined;
  onZoom(isZoomed: boolean) {
    if (isZoomed) this.overlay ??= this.keys.pushOverlay({ id: 'zoom' });
    else this.reset();
  }
  private reset() {
    this.overlay?.dispose();
    this.overlay = undefined;
  }
  disconnectedCallback() {
    this.title = '';
    ${end}
  }
}
customElements.define('acme-app', App);
`;
    assert.deepEqual(found(app('this.keys.dispose();')), []);
    assert.deepEqual(found(app('this.keys.forget();')), ['7 handle/field-without-teardown']);
  });
});
