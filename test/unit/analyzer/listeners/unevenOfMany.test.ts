import { samples } from '../expectLeaks';

samples(
  'Handlers that a clean-up leaves on a receiver of which it takes others off',
  [
    {
      name: 'one of two on the element that a control is given',
      path: 'src/Orbit.js',
      code: `export class Orbit {
  constructor(view) {
    this.element = view.domElement;
    this.onDown = this.down.bind(this);
    this.onWheel = this.wheel.bind(this);
    this.element.addEventListener('pointerdown', this.onDown);
    this.element.addEventListener('wheel', this.onWheel); // leak listener/dom-event-listener
  }
  down() {}
  wheel() {}
  dispose() {
    this.element.removeEventListener('pointerdown', this.onDown);
  }
}`,
    },
    {
      name: 'one of two on the document, by a function of the work',
      path: 'src/pointer.js',
      code: `const initPointer = (config) => {
  const dot = document.createElement('div');
  const onEnter = () => dot.classList.add('in');
  const onLeave = () => dot.classList.remove('in');
  document.addEventListener('mouseenter', onEnter);
  document.addEventListener('mouseleave', onLeave); // leak listener/dom-event-listener
  const dispose = () => {
    dot.remove();
    document.removeEventListener('mouseenter', onEnter);
  };
  return { dot, dispose, config };
};
export const Pointer = { init: (config) => initPointer(config) };`,
    },
  ],
  [
    {
      name: 'both are taken off',
      path: 'src/Orbit.js',
      code: `export class Orbit {
  constructor(view) {
    this.element = view.domElement;
    this.onDown = this.down.bind(this);
    this.onWheel = this.wheel.bind(this);
    this.element.addEventListener('pointerdown', this.onDown);
    this.element.addEventListener('wheel', this.onWheel);
  }
  down() {}
  wheel() {}
  dispose() {
    this.element.removeEventListener('pointerdown', this.onDown);
    if (this.element) this.element.removeEventListener('wheel', this.onWheel);
  }
}`,
    },
    {
      name: 'another receiver than the one of which the teardown takes one off',
      path: 'src/Drop.js',
      code: `export class Drop {
  constructor(bus, tree) {
    this.bus = bus;
    this.tree = tree;
    this.onDrop = this.drop.bind(this);
    this.onEnter = this.enter.bind(this);
    this.bus.on('dropped', this.onDrop);
    this.tree.element.addEventListener('dragenter', this.onEnter);
  }
  drop() {}
  enter() {}
  dispose() {
    this.bus.off('dropped', this.onDrop);
  }
}`,
    },
  ],
);
