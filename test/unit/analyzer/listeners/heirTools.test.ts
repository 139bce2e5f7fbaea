import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

const base = `import React from 'react';
export abstract class TimedComponent extends React.PureComponent {
  private timeouts: number[] = [];
  public setTimeout(callback: () => void, ms: number) {
    const id = window.setTimeout(callback, ms);
    this.timeouts.push(id);
    return () => window.clearTimeout(id);
  }
  public componentWillUnmount() {
    for (const id of this.timeouts) window.clearTimeout(id);
    this.timeouts = [];
  }
}
`;
const heir = (use: string, mark = '') => `class Drag extends TimedComponent {
  componentWillUnmount() {${mark}
    this.props.onEnd();
  }
  ${use}
  render() { return null; }
}`;
const mark = ' // leak listener/missing-super-dispose';
const begun = base.replace(
  'public componentWillUnmount',
  'componentDidMount() { this.setTimeout(() => this.forceUpdate(), 900); }\n  public componentWillUnmount',
);

samples(
  'ends of a base class for what its heirs begin',
  [
    {
      name: 'an heir that begins something',
      code: base + heir('show() { this.setTimeout(() => this.forceUpdate(), 100); }', mark),
    },
    {
      name: 'an heir for which others begin something',
      code: `${base}${heir('', mark)}
export function shake(drag: Drag) {
  drag.setTimeout(() => drag.forceUpdate(), 100);
}`,
    },
    {
      name: 'a class in between that begins something',
      code: `${base}class Pulse extends TimedComponent {
  pulse() { this.setTimeout(() => this.forceUpdate(), 100); }
}
${heir('', mark).replace('TimedComponent', 'Pulse')}`,
    },
    { name: 'a base that begins something itself', code: begun + heir('', mark) },
  ],
  [
    { name: 'an heir that begins nothing', code: base + heir('') },
    { name: 'an heir that ends what it begins', code: base + heir('show() { this.props.show(); }') },
  ],
);

describe('ends of a base class in another file', () => {
  const kinds = (code: string) =>
    findingsOfFiles({
      'src/timed.ts': base,
      'src/drag.ts': `import { TimedComponent } from './timed';\nexport ${code}`,
    })
      .flatMap(({ findings }) => findings)
      .map(({ kind }) => kind);

  it('are asked of an heir that begins something', () => {
    assert.deepEqual(kinds(heir('show() { this.setTimeout(() => this.forceUpdate(), 100); }')), [
      'listener/missing-super-dispose',
    ]);
  });

  it('are not asked of one that begins nothing', () => {
    assert.deepEqual(kinds(heir('')), []);
  });
});

/** A base that hands itself to a store of the module, and takes itself back. */
const asker = (more = ''): string => `import React from 'react';
import { watch, unsubscribe, place } from './rows';
export abstract class Asking extends React.Component {
  rows(path: string) { return this.rowsOf(path).list; }
  rowsOf(path: string) { return watch(this, path); }
  componentWillUnmount() {
    unsubscribe(this);
  }
  render() {
    unsubscribe(this);
    return this.draw();
  }
  draw() { return null; }
  ${more}
}
`;
const asking = (use: string, leak = ''): string => heir(use, leak).replace('TimedComponent', 'Asking');

samples(
  'ends of a base class that takes itself back from where only its heirs have it go',
  [
    { name: 'an heir that has it go', code: asker() + asking("show() { return this.rows('a'); }", mark) },
    {
      name: 'a base that goes there when it is made',
      code: asker('constructor(props) { super(props); place(this); }') + asking('', mark),
    },
    {
      name: 'a base that goes there when it is shown',
      code: asker("componentDidMount() { this.rows('a'); }") + asking('', mark),
    },
    {
      name: 'a class in between that has it go',
      code: `${asker()}class Table extends Asking {
  draw() { return this.rows('a'); }
}
${asking('', mark).replace('Asking', 'Table')}`,
    },
  ],
  [{ name: 'an heir that does not', code: asker() + asking('show() { this.props.show(); }') }],
);
