import { samples } from '../expectLeaks';

const pane = (show: string, end: string, more = ''): string => `import { chart, Ruler } from './lib';
export class Pane {
  constructor(store, root) {
    this.store = store;
    this.root = root;
    this.ruler = new Ruler(root);
  }
  show(name) {
    ${show}
  }
  ${more}
  destroy() {
    this.ruler.destroy();
    ${end}
  }
}
export const panes = (stores, root) => stores.map((store) => new Pane(store, root));
`;
const marked = (line: string): string => `${line} // leak handle/field-without-teardown`;

samples(
  'Parts that are ended before they are renewed, and the last one never',
  [
    {
      name: 'a thing of an unknown library',
      code: pane(
        `this.chart?.destroy();
    ${marked('this.chart = chart(this.root, name);')}`,
        '',
      ),
    },
    {
      name: 'in a condition, and forgotten afterwards',
      code: pane(
        `if (this.view) {
      this.view.dispose();
      this.view = undefined;
    }
    ${marked('this.view = this.store.viewOf(name);')}`,
        'this.root.remove();',
      ),
    },
    {
      name: 'a function that ends what was begun',
      code: pane(
        `if (this.stop) this.stop();
    ${marked('this.stop = this.store.follow(name, () => this.root.draw());')}`,
        '',
      ),
    },
    {
      name: 'after a wait',
      code: pane(
        'return this.load(name);',
        '',
        `async load(name) {
    await this.link?.close();
    ${marked('this.link = await this.store.connect(name);')}
  }`,
      ),
    },
  ],
  [
    {
      name: 'ended by the teardown too',
      code: pane(
        `this.chart?.destroy();
    this.chart = chart(this.root, name);`,
        'this.chart?.destroy();',
      ),
    },
    {
      name: 'ended on an occasion of its own, which may come first',
      code: pane(
        `this.chart?.destroy();
    this.chart = chart(this.root, name);`,
        '',
        `hide() {
    this.chart?.destroy();
    this.chart = undefined;
  }`,
      ),
    },
    {
      name: 'aborted before the next, which ends by itself',
      code: pane(
        `this.wait?.abort();
    this.wait = new AbortController();
    this.store.load(name, this.wait.signal);`,
        '',
      ),
    },
    {
      name: 'told of the end in another way',
      code: pane(
        `this.chart?.destroy();
    this.chart = chart(this.root, name);`,
        'this.chart.fadeOut();',
      ),
    },
    {
      name: 'given to others',
      code: pane(
        `this.chart?.destroy();
    this.chart = chart(this.root, name);
    this.root.own(this.chart);`,
        '',
      ),
    },
    {
      name: 'one frame, one request and a part of a container, which end by themselves',
      code: pane(
        `if (this.frame) this.frame();
    this.frame = this.store.nextFrame(() => this.root.draw(name));
    this.request?.unsubscribe();
    this.request = this.store.load(name).subscribe((text) => this.root.draw(text));
    this.card?.destroy();
    this.card = this.root.createComponent(name);`,
        '',
      ),
    },
    {
      name: 'a teardown that ends nothing else',
      code: `import { chart } from './lib';
export class Pane {
  show(name) {
    this.chart?.destroy();
    this.chart = chart(this.root, name);
  }
  destroy() {
    this.root = undefined;
  }
}`,
    },
  ],
);
