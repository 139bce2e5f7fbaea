import { samples } from '../expectLeaks';

samples(
  'Handlers on a page that a library wraps',
  [
    {
      name: 'a view that leaves its handler on the document when it goes',
      path: 'src/Menu.js',
      code: `import $ from 'jquery';
import View from './View';
export class Menu extends View {
  constructor(options) {
    super(options);
    this.onOutside = this.hide.bind(this);
    $(document).on('click', this.onOutside); // leak listener/emitter-on
  }
  hide() {
    this.$el.removeClass('open');
  }
  remove() {
    clearTimeout(this.opening);
    super.remove();
  }
}`,
    },
    {
      name: 'behind a place of the class that is emptied again',
      path: 'src/Sheet.js',
      code: `import $ from 'jquery';
import View from './View';
export default class Sheet extends View {
  constructor(options) {
    super(options);
    if (!Sheet.current) {
      $(document).on('keyup', () => this.hide()); // leak listener/emitter-on
      Sheet.current = this;
    }
  }
  hide() {}
  remove() {
    Sheet.current = undefined;
    super.remove();
  }
}`,
    },
    {
      name: 'a handler of each window that is opened',
      path: 'src/dialog.js',
      code: `const $page = $(window);
export function openDialog($body) {
  $page.on('resize', () => $body.css('max-height', window.innerHeight)); // leak listener/emitter-on
  return $body;
}`,
    },
    {
      name: 'a removal that names another group of events',
      path: 'src/Ruler.js',
      code: `import $ from 'jquery';
export class Ruler {
  constructor(root) {
    this.root = root;
    $(window).on('resize.ruler', () => this.draw()); // leak listener/emitter-on
  }
  draw() {}
  destroy() {
    this.root.remove();
    $(window).off('.grid');
  }
}`,
    },
  ],
  [
    {
      name: 'taken off by the name of its group',
      path: 'src/Ruler.js',
      code: `import $ from 'jquery';
export class Ruler {
  constructor(root) {
    this.root = root;
    $(window).on('resize.ruler', () => this.draw());
    $(document).on('keyup.ruler', () => this.draw());
  }
  draw() {}
  destroy() {
    this.root.remove();
    $(window).off('.ruler');
    $(document).off('keyup');
  }
}`,
    },
    {
      name: 'on an element, on what a call of another library gives, and once for the page',
      path: 'src/panel.js',
      code: `import $ from 'jquery';
import { around } from './around';
export class Panel {
  constructor(root) {
    this.root = $(root);
    this.root.on('click', () => this.draw());
    around(document).on('click', '.panel', () => this.draw());
  }
  draw() {}
  destroy() {
    this.root.remove();
  }
}
$(() => {
  $(document).on('click', () => Panel.closeAll());
});`,
    },
    {
      name: 'behind a flag of the class, for all of its instances',
      path: 'src/Modal.js',
      code: `import $ from 'jquery';
import View from './View';
export default class Modal extends View {
  constructor(options) {
    super(options);
    if (!Modal.isListening) {
      $(document).on('keyup', Modal.onKey);
      Modal.isListening = true;
    }
  }
  remove() {
    clearTimeout(this.opening);
    super.remove();
  }
}`,
    },
  ],
);
