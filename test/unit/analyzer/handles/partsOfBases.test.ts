import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

const base = `import { Component } from 'react';
export abstract class Panel extends Component {
  work: any = null;
  componentWillUnmount() {
    this.work && typeof this.work.destroy === 'function' && this.work.destroy();
  }
}`;
const sockets = `export class Feed {
  private socket = new WebSocket('wss://feed');
  destroy() { this.socket.close(); }
}`;
const plain = `export class Sums {
  private sum = 0;
  add(one: number) { this.sum += one; }
  destroy() {}
}`;
const heir = (made: string, more = '') => `import { Panel } from './panel';
import { Feed } from './feed';
import { Sums } from './sums';
export class View extends Panel {
  constructor(props: object) {
    super(props);
    this.work = new ${made}();
  }
  ${more}
  render() { return null; }
}`;
const kinds = (view: string, panel = base) =>
  findingsOfFiles({ 'src/panel.ts': panel, 'src/feed.ts': sockets, 'src/sums.ts': plain, 'src/view.ts': view }).flatMap(
    ({ findings }) => findings.map(({ kind }) => kind),
  );

describe('parts that a base in another file ends', () => {
  it('are ended by the inherited end', () => {
    assert.deepEqual(kinds(heir('Feed')), []);
  });

  it('are ended by an own end that goes on to that of the base', () => {
    assert.deepEqual(kinds(heir('Feed', 'componentWillUnmount() { super.componentWillUnmount(); }')), []);
  });

  it('are left where the base ends another part', () => {
    const other = base.replaceAll('this.work', 'this.other').replace('work: any', 'other: any; work: any');
    assert.deepEqual(kinds(heir('Feed', 'componentWillUnmount() { super.componentWillUnmount(); }'), other), [
      'handle/field-without-teardown',
    ]);
  });

  it('are left by an override that does not go on to the base', () => {
    assert.deepEqual(kinds(heir('Feed', 'componentWillUnmount() { this.setState({}); }')), [
      'listener/missing-super-dispose',
    ]);
  });

  it('need no call of the base where what the heir puts there has nothing to end', () => {
    assert.deepEqual(kinds(heir('Sums', 'componentWillUnmount() { this.setState({}); }')), []);
  });
});
