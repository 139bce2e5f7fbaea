import assert from 'node:assert/strict';
import { findingsOf, samples } from './expectLeaks';

const application = (shared: string, base = '') => `import { Component } from './component';
class Workbench ${base} {
  ${shared}
  constructor() {
    window.addEventListener('error', (event) => this.tell(event));
    document.addEventListener('drop', (event) => this.take(event));
  }
  render() {
    document.body.append(this.view());
  }
}
export const workbench = Workbench.open();
`;

samples(
  'classes of which there is one, though they draw',
  [],
  [
    {
      name: 'an instance that the class itself keeps',
      code: application(`private static instance: Workbench | null = null;
  static open() {
    if (!Workbench.instance) Workbench.instance = new Workbench();
    return Workbench.instance;
  }`),
    },
  ],
);

describe('classes that draw', () => {
  const severities = (code: string) => findingsOf(code).map(({ severity }) => severity);
  const many = 'static open() { return new Workbench(); }';

  it('may be the component of the page where a framework makes them', () => {
    assert.deepEqual(severities(application(many, 'extends Component')), ['low', 'low']);
  });

  it('are not known to be many where they have no base', () => {
    assert.ok(severities(application(many)).every((severity) => severity !== 'high'));
  });
});

it('classes that draw on what they are given are no components, whatever they extend', () => {
  const tool = (given: string): readonly string[] =>
    findingsOf(`import { Tool } from './tool';
export class Pen extends Tool {
  constructor() {
    super();
    document.addEventListener('mousemove', (event) => this.move(event));
  }
  render(${given}) {
    return this.points;
  }
}`).map(({ message }) => message);
  const isOfMany = (told: readonly string[]): boolean => told.some((message) => message.includes('many'));
  assert.ok(!isOfMany(tool('context, layer')));
  assert.ok(isOfMany(tool('')));
  assert.ok(isOfMany(tool('{ color }')));
  assert.ok(isOfMany(tool('props')));
});

describe('a loop that an instance begins and nothing stops', () => {
  const looped = (arm: string, end = '', by = ''): readonly string[] =>
    findingsOf(`${by}class Clock {
  constructor(show) {
    this.show = show;
    this.tick();
  }
  tick() {
    this.show(Date.now());
    ${arm}
  }
  ${end}
}`).map(({ severity }) => severity);
  const timed = 'setTimeout(() => this.tick(), 1000);';
  it('weighs little where it is timed, as there may be one', () => assert.deepEqual(looped(timed), ['low']));
  it('weighs more where other files may make any number', () =>
    assert.deepEqual(looped(timed, '', 'export '), ['medium']));
  it('weighs as ever where it draws', () =>
    assert.deepEqual(looped('requestAnimationFrame(() => this.tick());'), ['high']));
  it('weighs as ever where the instance has an end', () =>
    assert.notDeepEqual(looped(timed, 'destroy() {\n    this.show = undefined;\n  }'), ['low']));
});

samples(
  'components with static members of common names',
  [
    {
      name: 'a component with a static `get`',
      path: 'src/Clock.tsx',
      code: `import React from 'react';
export class Clock extends React.Component {
  static get(key) { return key; }
  static instance = null;
  componentDidMount() {
    setInterval(() => this.forceUpdate(), 1000); // leak listener/interval
  }
  render() { return null; }
}`,
    },
  ],
  [],
);
