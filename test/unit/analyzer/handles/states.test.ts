import { samples } from '../expectLeaks';

samples(
  'resources in the state of a component',
  [
    {
      name: 'an object URL that setState keeps, with an unmount that forgets it',
      code: `
import React from 'react';
export class Avatar extends React.Component {
  state = { url: null };
  async componentDidMount() {
    const blob = await this.props.load();
    const url = URL.createObjectURL(blob); // leak handle/object-url
    this.setState({ url, loading: false });
  }
  componentWillUnmount() {
    this.gone = true;
  }
  render() {
    return <img src={this.state.url} />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'an object URL that comes through a chain of promises',
      code: `
import { Component } from 'react';
export class Clip extends Component {
  componentDidMount() {
    this.props
      .fetchClip()
      .then((blob) => URL.createObjectURL(blob)) // leak handle/object-url
      .then((address) => {
        this.setState({ address });
      })
      .catch((error) => this.setState({ error }));
  }
  addressOf() {
    return this.state.address ?? this.props.fallback;
  }
  render() {
    return <Player address={this.addressOf()} />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'the state that is computed from the one before',
      code: `
import { PureComponent } from 'react';
export class Upload extends PureComponent {
  choose = (event) => {
    const [file] = event.target.files;
    this.setState((old) => ({ ...old, preview: URL.createObjectURL(file) })); // leak handle/object-url
  };
  render() {
    const { preview } = this.state;
    return <video onChange={this.choose} poster={preview} />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a component that is an object',
      code: `
import createReactClass from 'create-react-class';
export const Sheet = createReactClass({
  componentDidMount: function () {
    this.props.sheet.blob().then((blob) => {
      this.setState({ sheetUrl: URL.createObjectURL(blob) }); // leak handle/object-url
    });
  },
  componentWillUnmount: function () {
    this.gone = true;
  },
  render: function () {
    return this.state.sheetUrl ? <a href={this.state.sheetUrl}>open</a> : null;
  },
});`,
      path: 'src/sample.tsx',
    },
    {
      name: 'an interval in the state of a class',
      code: `
import React from 'react';
export class Clock extends React.Component {
  componentDidMount() {
    const timer = setInterval(() => this.tick(), 1000); // leak listener/interval
    this.setState({ timer });
  }
  componentWillUnmount() {
    this.props.onEnd();
  }
  tick() {}
  render() {
    return <p />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a socket in the state of a function, with an effect that has no clean-up',
      code: `
import { useEffect, useState } from 'react';
export function Room({ id }) {
  const [socket, setSocket] = useState(null);
  useEffect(() => {
    const opened = new WebSocket('wss://example.org/' + id); // leak handle/websocket
    setSocket(opened);
  }, [id]);
  return <Messages socket={socket} />;
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a camera in the state of a function',
      code: `
import { useEffect, useState } from 'react';
export function Booth() {
  const [stream, setStream] = useState();
  useEffect(() => {
    navigator.mediaDevices.getUserMedia({ video: true }).then((given) => setStream(given)); // leak handle/media-stream
  }, []);
  return <Mirror stream={stream} />;
}`,
      path: 'src/sample.tsx',
    },
  ],
  [
    {
      name: 'a URL that the unmount revokes',
      code: `
import React from 'react';
export class Avatar extends React.Component {
  async componentDidMount() {
    this.setState({ url: URL.createObjectURL(await this.props.load()) });
  }
  componentWillUnmount() {
    if (this.state.url) URL.revokeObjectURL(this.state.url);
  }
  render() {
    return <img src={this.state.url} />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a URL that is revoked through a variable, or by its name in an older state',
      code: `
import React from 'react';
export class Avatar extends React.Component {
  show(blob) {
    this.setState({ url: URL.createObjectURL(blob) });
  }
  componentDidUpdate(props, before) {
    if (before.url !== this.state.url) URL.revokeObjectURL(before.url);
  }
  componentWillUnmount() {
    const { url } = this.state;
    URL.revokeObjectURL(url);
  }
  render() {
    return <img src={this.state.url} />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a socket that the clean-up closes by the state',
      code: `
import { useEffect, useState } from 'react';
export function Room({ id }) {
  const [socket, setSocket] = useState(null);
  useEffect(() => {
    setSocket(new WebSocket('wss://example.org/' + id));
  }, [id]);
  useEffect(() => () => socket?.close(), [socket]);
  return <p />;
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a socket that the clean-up closes by its variable',
      code: `
import { useEffect, useState } from 'react';
export function Room({ id }) {
  const [socket, setSocket] = useState(null);
  useEffect(() => {
    const opened = new WebSocket('wss://example.org/' + id);
    setSocket(opened);
    return () => opened.close();
  }, [id]);
  return <Messages socket={socket} />;
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a state that another hook is given, or that is returned',
      code: `
import { useEffect, useState } from 'react';
import { useClosing } from './closing';
export function useRoom(id) {
  const [socket, setSocket] = useState(null);
  const [feed, setFeed] = useState(null);
  useEffect(() => {
    setSocket(new WebSocket('wss://example.org/' + id));
    setFeed(new EventSource('/feed/' + id));
  }, [id]);
  useClosing(socket);
  return feed;
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a URL that another component is given under a name of its own',
      code: `
import React from 'react';
import { Cropper } from './cropper';
export class Avatar extends React.Component {
  show(blob) {
    this.setState({ picture: URL.createObjectURL(blob) });
  }
  render() {
    return <Cropper picture={this.state.picture} />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a whole state that somebody is given',
      code: `
import React from 'react';
import { forget } from './forget';
export class Avatar extends React.Component {
  show(blob) {
    this.setState({ url: URL.createObjectURL(blob) });
  }
  componentWillUnmount() {
    forget(this.state);
  }
  render() {
    return <img src={this.state.url} />;
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a method of this name in what is no component',
      code: `
export class Machine {
  show(blob) {
    this.setState({ url: URL.createObjectURL(blob) });
  }
}`,
      path: 'src/sample.tsx',
    },
    {
      name: 'a chain whose end somebody else is given',
      code: `
export class Store {
  load(source, done) {
    source.read().then((blob) => URL.createObjectURL(blob)).then((url) => done(url));
  }
}`,
      path: 'src/sample.tsx',
    },
  ],
);
