import { samples } from '../expectLeaks';

samples(
  'Handlers that only the next one, or a counterpart, takes off',
  [
    {
      name: 'of one source after the other',
      code: `export class Meter {
  private timer = 0;
  private source?: MediaStream;
  follow(next: MediaStream) {
    this.source?.removeEventListener('addtrack', this.onTrack);
    next.addEventListener('addtrack', this.onTrack); // leak listener/dom-event-listener
    this.source = next;
  }
  private onTrack = () => this.draw();
  private draw() {
    this.timer = window.setTimeout(() => this.draw(), 100);
  }
  dispose() {
    clearTimeout(this.timer);
  }
}`,
    },
    {
      name: 'by a helper that only the change calls',
      code: `export class Model {
  constructor(part) {
    this.part = part;
  }
  setAsset(asset) {
    if (this.asset) this._unbind(this.asset);
    asset.on('load', this.onLoad); // leak listener/emitter-on
    this.asset = asset;
  }
  _unbind(asset) {
    asset.off('load', this.onLoad);
  }
  onLoad = () => this.part.draw();
  destroy() {
    this.part.destroy();
  }
}`,
    },
    {
      name: 'of the page, from focus to blur',
      path: 'src/Composer.jsx',
      code: `import { Component } from 'react';
export class Composer extends Component {
  componentDidMount() {
    window.addEventListener('resize', this.onResize);
  }
  onFocus = () => {
    document.addEventListener('selectionchange', this.onSelection); // leak listener/dom-event-listener
  };
  onBlur = () => {
    document.removeEventListener('selectionchange', this.onSelection);
  };
  onSelection = () => this.forceUpdate();
  onResize = () => this.forceUpdate();
  componentWillUnmount() {
    window.removeEventListener('resize', this.onResize);
  }
  render() {
    return <div onFocus={this.onFocus} onBlur={this.onBlur} />;
  }
}`,
    },
  ],
  [
    {
      name: 'taken off by the end, on a condition, by a setter or by the counterpart',
      code: `export class Meter {
  private timer = 0;
  private source?: MediaStream;
  follow(next: MediaStream) {
    this.source?.removeEventListener('addtrack', this.onTrack);
    next.addEventListener('addtrack', this.onTrack);
    this.source = next;
  }
  private onTrack = () => (this.timer = 1);
  dispose() {
    clearTimeout(this.timer);
    if (this.source) this.source.removeEventListener('addtrack', this.onTrack);
  }
}
export class Slot {
  #stream?: MediaStream;
  #timer = 0;
  set stream(next: MediaStream | undefined) {
    this.#stream?.removeEventListener('addtrack', this.onTrack);
    next?.addEventListener('addtrack', this.onTrack);
    this.#stream = next;
  }
  private onTrack = () => (this.#timer = 1);
  dispose() {
    clearTimeout(this.#timer);
    this.stream = undefined;
  }
}`,
    },
    {
      name: 'by a public method that others may call, and of what the instance makes',
      code: `export class Meter {
  private timer = 0;
  private source?: MediaStream;
  follow(next: MediaStream) {
    next.addEventListener('addtrack', this.onTrack);
    this.source = next;
  }
  leave() {
    this.source?.removeEventListener('addtrack', this.onTrack);
  }
  private onTrack = () => (this.timer = 1);
  dispose() {
    clearTimeout(this.timer);
  }
}
export class Own {
  private timer = 0;
  private stream = new MediaStream();
  renew() {
    this.stream.removeEventListener('addtrack', this.onTrack);
    this.stream = new MediaStream();
    this.stream.addEventListener('addtrack', this.onTrack);
  }
  private onTrack = () => (this.timer = 1);
  dispose() {
    clearTimeout(this.timer);
  }
}`,
    },
    {
      name: 'a handler that is called like an end',
      code: `export class Tool {
  constructor(viewer) {
    this.parts = viewer.parts;
    this.onAdd = (event) => this.parts.add(event.item);
    this.onRemove = (event) => this.parts.remove(event.item);
    viewer.addEventListener('changed', this.onChange.bind(this));
  }
  onChange(event) {
    if (event.before) event.before.removeEventListener('removed', this.onRemove);
    event.now.addEventListener('removed', this.onRemove);
  }
}`,
    },
    {
      name: 'where the end blurs, or ends nothing',
      path: 'src/Composer.jsx',
      code: `import { Component } from 'react';
export class Composer extends Component {
  componentDidMount() {
    window.addEventListener('resize', this.onResize);
  }
  onFocus = () => {
    document.addEventListener('selectionchange', this.onSelection);
  };
  onBlur = () => {
    document.removeEventListener('selectionchange', this.onSelection);
  };
  onSelection = () => this.forceUpdate();
  onResize = () => this.forceUpdate();
  componentWillUnmount() {
    window.removeEventListener('resize', this.onResize);
    if (this.focused) this.onBlur();
  }
  render() {
    return <div onFocus={this.onFocus} onBlur={this.onBlur} />;
  }
}`,
    },
  ],
);
