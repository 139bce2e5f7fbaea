import { samples } from '../expectLeaks';

samples(
  'Methods that wait for one event when their owner ends',
  [
    {
      name: 'on a part of what the teardown lets go of',
      path: 'src/Panel.jsx',
      code: `import { Component } from 'react';
export class Panel extends Component {
  componentDidMount() {
    const { call } = this.props;
    call.on('change', this.onChange);
    call.peer.once('ringing', this.onRinging); // leak listener/emitter-once-never-fires
  }
  onChange = () => this.forceUpdate();
  onRinging = () => this.setState({ rings: true });
  componentWillUnmount() {
    this.props.call.off('change', this.onChange);
  }
}`,
    },
    {
      name: 'of a shared emitter, in a class of its own kind',
      code: `import { bus } from './bus';
export class Toast {
  constructor(element) {
    this.element = element;
    bus.on('theme', this.onTheme);
    bus.once('idle', this.onIdle); // leak listener/emitter-once-never-fires
  }
  onTheme = (theme) => this.element.setAttribute('theme', theme);
  onIdle = () => this.element.remove();
  destroy() {
    bus.off('theme', this.onTheme);
  }
}
export const show = (element) => new Toast(element);`,
    },
  ],
  [
    {
      name: 'taken off as well',
      path: 'src/Panel.jsx',
      code: `import { Component } from 'react';
export class Panel extends Component {
  componentDidMount() {
    const { call } = this.props;
    call.on('change', this.onChange);
    call.peer.once('ringing', this.onRinging);
  }
  onChange = () => this.forceUpdate();
  onRinging = () => this.setState({ rings: true });
  componentWillUnmount() {
    this.props.call.off('change', this.onChange);
    if (this.props.call.peer) this.props.call.peer.off('ringing', this.onRinging);
  }
}`,
    },
    {
      name: 'on what the owner makes itself, and where nothing else is taken off',
      code: `import { EventEmitter } from 'node:events';
import { bus } from './bus';
export class Player {
  queue = new EventEmitter();
  constructor() {
    bus.on('theme', this.onTheme);
    this.queue.once('drain', this.onDrain);
  }
  onTheme = () => this.queue.emit('draw');
  onDrain = () => this.queue.emit('idle');
  destroy() {
    bus.off('theme', this.onTheme);
  }
}
export class Splash {
  constructor(element) {
    this.element = element;
    bus.once('ready', this.onReady);
  }
  onReady = () => this.element.remove();
  draw() {
    this.element.show();
  }
}`,
    },
  ],
);
