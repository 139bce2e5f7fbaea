import { samples } from '../expectLeaks';

const editor = (mark: string, end: string): string => `class Panel {
  constructor() {
    this.timer = setInterval(() => this.draw(), 1000);
  }
  draw() {}
  destroy() {
    clearInterval(this.timer);
  }
}
export class Editor {
  get view() {
    if (!this.panel) {
      this.panel = new Panel();${mark}
    }
    return this.panel;
  }
  destroy() {
    ${end}
  }
}
export const open = () => new Editor();`;

samples(
  'what a getter makes and gives',
  [
    { name: 'is left', code: editor(' // leak listener/disposable-not-registered', 'this.rows = [];') },
    { name: 'is looked at', code: editor(' // leak listener/disposable-not-registered', 'log(this.other);') },
  ],
  [
    { name: 'is ended', code: editor('', 'this.view.destroy();') },
    { name: 'is ended if it is there', code: editor('', 'this.view?.destroy();') },
  ],
);
