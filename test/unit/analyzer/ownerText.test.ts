/** Owners without a name, as messages tell of them. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

const messages = (path: string, text: string): readonly string[] =>
  findingsOfFiles({ [path]: text }).flatMap(({ findings }) => findings.map(({ message }) => message));

const view = (head: string): string => `${head} {
  start() {
    window.addEventListener('resize', this.fit);
  }
  fit = () => undefined;
  destroy() {
    this.root.remove();
  }
}`;

describe('owners in messages', () => {
  it('are quoted by their names', () => {
    assert.match(messages('src/view.js', view('export default class View')).join(), /tears `View` down without it/);
  });
  it('are called what they are where they have none', () => {
    assert.match(messages('src/view.js', view('export default class')).join(), /tears its class down without it/);
  });
});

describe('functions without a name in messages', () => {
  it('are what runs there', () => {
    const held = `class Keyboard {
  constructor(root) {
    root.childNodes.forEach(key => {
      key.onmousedown = () => {
        key.waits = setTimeout(() => {
          key.repeats = setInterval(() => this.press(key), 70);
        }, 400);
      };
      key.onmouseup = () => {
        clearTimeout(key.waits);
        clearInterval(key.repeats);
      };
    });
  }
}
module.exports = { Keyboard };`;
    assert.match(messages('src/keys.js', held).join(), /: what runs here gives it a new one each time/);
  });
  it('are the loop that goes on', () => {
    const drawn = `import { Component } from 'react';
export class Camera extends Component {
  componentDidMount() {
    const begin = () => {
      const draw = () => {
        this.paint();
        requestAnimationFrame(draw);
      };
      draw();
    };
    openCamera(begin);
  }
  componentWillUnmount() {
    this.video.pause();
  }
}`;
    assert.match(messages('src/camera.jsx', drawn).join(), /cannot stop it: it goes on when `Camera` is torn down/);
  });
});
