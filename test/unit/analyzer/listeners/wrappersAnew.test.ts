import { samples } from '../expectLeaks';

samples(
  'removals of what a wrapper makes anew',
  [
    {
      name: 'by a wrapper of this file, and by one that is known by its name',
      path: 'src/grid.js',
      code: `import { debounce } from 'lodash';
const guarded = (fn) => (event) => fn(event);
export class Grid {
  open() {
    window.addEventListener('keydown', guarded(this.key)); // leak listener/dom-event-listener
    window.addEventListener('resize', debounce(this.layout, 100)); // leak listener/dom-event-listener
  }
  close() {
    window.removeEventListener('keydown', guarded(this.key));
    window.removeEventListener('resize', debounce(this.layout, 100));
  }
  key = () => this.draw();
  layout = () => this.draw();
  draw() {}
}`,
    },
    {
      name: 'the one that was added is kept, and not removed',
      path: 'src/grid.js',
      code: `import { debounce } from 'lodash';
export class Grid {
  onResize = debounce(this.layout, 100);
  open() {
    window.addEventListener('resize', this.onResize); // leak listener/dom-event-listener
  }
  close() {
    window.removeEventListener('resize', debounce(this.layout, 100));
  }
  layout() {}
}`,
    },
  ],
  [
    {
      name: 'one and the same is added and removed',
      path: 'src/grid.js',
      code: `import { debounce } from 'lodash';
export class Grid {
  onResize = debounce(this.layout, 100);
  open() {
    window.addEventListener('resize', this.onResize);
  }
  close() {
    window.removeEventListener('resize', this.onResize);
  }
  layout() {}
}`,
    },
    {
      name: 'the wrapper gives the same again',
      path: 'src/grid.js',
      code: `const made = new WeakMap();
function guarded(fn) {
  let known = made.get(fn);
  if (!known) {
    known = (event) => fn(event);
    made.set(fn, known);
  }
  return known;
}
export class Grid {
  open() {
    window.addEventListener('keydown', guarded(this.key));
  }
  close() {
    window.removeEventListener('keydown', guarded(this.key));
  }
  key = () => this.draw();
  draw() {}
}`,
    },
    {
      name: 'under a condition that gives the function itself, or what is not seen',
      path: 'src/grid.js',
      code: `import { guarded } from './guarded';
export class Grid {
  open() {
    window.addEventListener('keydown', guarded(this.key));
  }
  close() {
    window.removeEventListener('keydown', guarded(this.key));
  }
  key = () => this.draw();
  draw() {}
}`,
    },
  ],
);
