import { samples } from '../expectLeaks';

samples(
  'Clean-ups that remove some handlers and leave one',
  [
    {
      name: 'one of two handlers on what the parent gives a component',
      path: 'src/Row.jsx',
      code: `import { Component } from 'react';
import { TrackEvent } from './events';
export class Row extends Component {
  componentDidMount() {
    this.props.track.on(TrackEvent.Muted, this.onMuted);
    this.props.track.on(TrackEvent.Renamed, this.onRenamed); // leak listener/emitter-on
  }
  componentWillUnmount() {
    this.props.track.off(TrackEvent.Muted, this.onMuted);
  }
  onMuted = () => this.forceUpdate();
  onRenamed = () => this.forceUpdate();
}`,
    },
    {
      name: 'a shared store that the teardown forgets beside another one',
      path: 'src/Badge.jsx',
      code: `import { Component } from 'react';
import { UPDATED } from './names';
import { counts } from './counts';
import { session } from './session';
export class Badge extends Component {
  componentDidMount() {
    counts.instance.on(UPDATED, this.onCount);
    session.instance.on(UPDATED, this.onSession); // leak listener/emitter-on
  }
  componentWillUnmount() {
    counts.instance.off(UPDATED, this.onCount);
  }
  onCount = () => this.forceUpdate();
  onSession = () => this.forceUpdate();
}`,
    },
    {
      name: 'an object that a shared one is asked for',
      path: 'src/Timeline.jsx',
      code: `import { Component } from 'react';
import { Peg } from './peg';
import { Events } from './events';
export class Timeline extends Component {
  componentDidMount() {
    const client = Peg.get();
    client.on(Events.Line, this.onLine);
    client.on(Events.Reset, this.onReset); // leak listener/emitter-on
    client.on(Events.Redaction, this.onRedaction);
    client.on(Events.Receipt, this.onReceipt);
  }
  componentWillUnmount() {
    const client = Peg.get();
    client.off(Events.Line, this.onLine);
    client.off(Events.Redaction, this.onRedaction);
    client.off(Events.Receipt, this.onReceipt);
  }
  onLine = () => this.forceUpdate();
  onReset = () => this.forceUpdate();
  onRedaction = () => this.forceUpdate();
  onReceipt = () => this.forceUpdate();
}`,
    },
    {
      name: 'an effect whose clean-up removes one of two from what it is given',
      path: 'src/usePoll.js',
      code: `import { useEffect, useState } from 'react';
export function usePoll(poll) {
  const [votes, setVotes] = useState(0);
  useEffect(() => {
    const onVote = () => setVotes((n) => n + 1);
    const onReset = () => setVotes(0);
    poll.on('vote', onVote);
    poll.on('reset', onReset); // leak listener/emitter-on
    return () => {
      poll.off('vote', onVote);
    };
  }, [poll]);
  return votes;
}`,
    },
    {
      name: 'a teardown that removes one of two from a field that others gave it',
      code: `export class Pool {
  attach(server) {
    this.server = server;
    this.server.on('connection', this.onConnection);
    this.server.on('listening', this.onListening); // leak listener/emitter-on
  }
  destroy() {
    this.server.removeListener('connection', this.onConnection);
    this.server = null;
  }
  onConnection = () => this.count();
  onListening = () => this.announce();
  count() {}
  announce() {}
}`,
    },
    {
      name: 'a wait whose clean-up leaves one of its three handlers',
      code: `export class Runner {
  run(text) {
    return new Promise((resolve, reject) => {
      const worker = this.worker;
      const cleanUp = () => {
        worker.removeListener('message', onMessage);
        worker.removeListener('failure', onFailure);
      };
      const onMessage = (answer) => {
        cleanUp();
        resolve(answer);
      };
      const onFailure = (error) => {
        cleanUp();
        reject(error);
      };
      const onProgress = (part) => this.show(part);
      worker.on('message', onMessage);
      worker.on('failure', onFailure);
      worker.on('progress', onProgress); // leak listener/emitter-on
      worker.send(text);
    });
  }
  show() {}
}`,
    },
    {
      name: 'one of three temporary handlers that a function adds to what it is given',
      code: `export function copy(source, target, done) {
  function onData(chunk) {
    target.push(chunk);
  }
  function onPause() {
    target.flush();
  }
  function onStall() {
    target.flush();
  }
  function cleanup() {
    source.off('data', onData);
    source.off('pause', onPause);
    done();
  }
  source.on('data', onData);
  source.on('pause', onPause);
  source.on('stall', onStall); // leak listener/emitter-on
  target.once('full', cleanup);
}`,
    },
    {
      name: 'an event of the instance itself that a wait leaves',
      code: `import { EventEmitter } from 'node:events';
export class Room extends EventEmitter {
  waitForPeer(id) {
    return new Promise((resolve, reject) => {
      const removeAll = () => {
        this.off('joined', onJoined);
        this.off('refused', onRefused);
      };
      const onJoined = () => {
        removeAll();
        resolve(id);
      };
      const onRefused = () => {
        removeAll();
        reject(new Error(id));
      };
      const onMoved = () => this.ask(id);
      this.on('joined', onJoined);
      this.on('refused', onRefused);
      this.on('moved', onMoved); // hint listener/emitter-on
    });
  }
  ask() {}
}`,
    },
    {
      name: 'a handler on the page though another one is removed by the name of its event',
      path: 'src/Status.jsx',
      code: `import { Component } from 'react';
import { EVENT } from './constants';
export class Status extends Component {
  componentDidMount() {
    window.addEventListener('online', this.onOnline); // leak listener/dom-event-listener
    window.addEventListener(EVENT.MOVE, this.onMove);
  }
  componentWillUnmount() {
    window.removeEventListener(EVENT.MOVE, this.onMove);
    window.removeEventListener(EVENT.KEY, this.onKey);
  }
  onOnline = () => this.setState({ on: true });
  onMove = () => this.setState({ moved: true });
  onKey = throttle(() => this.setState({ key: true }));
}`,
    },
  ],
  [
    {
      name: 'several events in one text',
      code: `export function install(kit) {
  kit.special.hold = {
    setup() {
      const el = kit(this);
      if (kit.touches) {
        el.on('touchstart', (e) => kit.begin(this, e));
        el.on('touchend touchmove', () => kit.end(this));
      } else el.on('menu', (e) => kit.open(this, e));
    },
    teardown() {
      const el = kit(this);
      if (kit.touches) el.off('touchstart touchend touchmove');
      else el.off('menu');
    },
  };
}`,
    },
    {
      name: 'the one instance of a class, which stays',
      code: `import { bus } from './bus';
class Desk {
  constructor(pages) {
    this.pages = pages;
    bus.on('resize', (size) => this.pages.resize(size));
  }
  detach() {
    this.pages.detach();
  }
}
export default new Desk(makePages());`,
    },
    {
      name: 'a handler that is looked up again in a table',
      code: `export class Relay {
  constructor(source, sink) {
    this.source = source;
    this.sink = sink;
    this.relays = new Map();
  }
  relay(name, ...words) {
    const handler = makeRelay(this.sink, words);
    this.source.addListener(name, handler);
    this.relays.set(name, handler);
  }
  stop(...names) {
    names.forEach((name) => {
      const known = this.relays.get(name);
      if (known) this.source.removeListener(name, known);
    });
  }
}`,
    },
    {
      name: 'the same handler taken from the object by another name',
      path: 'src/Timeline.jsx',
      code: `import { Component } from 'react';
import { Peg } from './peg';
import { Events } from './events';
export class Timeline extends Component {
  componentDidMount() {
    const peer = Peg.safeGet();
    peer.on(Events.Line, this.onLine);
    this.props.track.on(Events.Muted, this.onMuted);
  }
  componentWillUnmount() {
    const client = Peg.get();
    if (client) client.off(Events.Line, this.onLine);
    this.props.track.off(Events.Muted, this.onMuted);
  }
  onLine = () => this.forceUpdate();
  onMuted = () => this.forceUpdate();
}`,
    },
    {
      name: 'an object that the instance makes itself',
      path: 'src/Player.jsx',
      code: `import { Component } from 'react';
import { Track } from './track';
export class Player extends Component {
  track = new Track();
  componentDidMount() {
    this.track.on('muted', this.onMuted);
    this.track.on('renamed', this.onRenamed);
  }
  componentWillUnmount() {
    this.track.off('muted', this.onMuted);
  }
  onMuted = () => this.forceUpdate();
  onRenamed = () => this.forceUpdate();
}`,
    },
    {
      name: 'a handler that stays by intent beside temporary ones',
      code: `export class Link {
  open(socket, done) {
    const cleanUp = () => {
      socket.removeListener('opened', onOpened);
      socket.removeListener('refused', onRefused);
    };
    const onOpened = () => {
      cleanUp();
      done();
    };
    const onRefused = (error) => {
      cleanUp();
      done(error);
    };
    socket.on('opened', onOpened);
    socket.on('refused', onRefused);
    socket.on('data', this.onData);
    socket.on('ping', () => this.pong());
  }
  onData = () => this.pong();
  pong() {}
}`,
    },
    {
      name: 'handlers on a request, and on what the work makes',
      code: `import { makeChannel } from './channel';
export function take(req, done) {
  const channel = makeChannel();
  const cleanUp = () => {
    req.removeListener('data', onData);
    req.removeListener('pause', onPause);
    channel.removeListener('data', onData);
    channel.removeListener('pause', onPause);
  };
  const onData = (chunk) => done(chunk);
  const onPause = () => cleanUp();
  const onStall = () => cleanUp();
  req.on('data', onData);
  req.on('pause', onPause);
  req.on('stall', onStall);
  channel.on('data', onData);
  channel.on('pause', onPause);
  channel.on('stall', onStall);
}`,
    },
    {
      name: 'a temporary handler that ends with a stream that the clean-up destroys',
      code: `export function copy(source, target, done) {
  const onData = (chunk) => target.push(chunk);
  const onPause = () => target.flush();
  const onStall = () => cleanup();
  const cleanup = () => {
    source.off('data', onData);
    source.off('pause', onPause);
    source.destroy();
    done();
  };
  source.on('data', onData);
  source.on('pause', onPause);
  source.on('stall', onStall);
}`,
    },
    {
      name: 'an object that a module makes for it',
      path: 'src/Stream.jsx',
      code: `import { Component } from 'react';
import packets from './packets';
export class Stream extends Component {
  componentDidMount() {
    const parser = packets.parser(this.props.options);
    parser.on('packet', (packet) => this.take(packet));
    this.props.track.on('muted', this.onMuted);
  }
  componentWillUnmount() {
    this.props.track.off('muted', this.onMuted);
  }
  take() {}
  onMuted = () => this.forceUpdate();
}`,
    },
    {
      name: 'an object that the clean-up closes',
      path: 'src/useFeed.js',
      code: `import { useEffect } from 'react';
export function useFeed(feed, show) {
  useEffect(() => {
    const onItem = (item) => show(item);
    feed.on('item', onItem);
    feed.on('reset', () => show(undefined));
    return () => {
      feed.off('item', onItem);
      feed.close();
    };
  }, [feed, show]);
}`,
    },
    {
      name: 'what comes with the end of the object, and what does nothing',
      code: `export class Pool {
  attach(server) {
    this.server = server;
    this.server.on('connection', this.onConnection);
    this.server.on('close', this.onClose);
    this.server.on('error', () => {});
  }
  destroy() {
    this.server.removeListener('connection', this.onConnection);
    this.server = null;
  }
  onConnection = () => this.count();
  onClose = () => this.count();
  count() {}
}`,
    },
    {
      name: 'a registration that gives its own end',
      path: 'src/Row.jsx',
      code: `import { Component } from 'react';
export class Row extends Component {
  componentDidMount() {
    this.props.track.on('muted', this.onMuted);
    this.stop = this.props.track.on('renamed', this.onRenamed);
  }
  componentWillUnmount() {
    this.props.track.off('muted', this.onMuted);
    this.stop();
  }
  onMuted = () => this.forceUpdate();
  onRenamed = () => this.forceUpdate();
}`,
    },
    {
      name: 'handlers that a list removes',
      path: 'src/Row.jsx',
      code: `import { Component } from 'react';
export class Row extends Component {
  componentDidMount() {
    this.props.track.on('muted', this.onMuted);
    this.props.track.on('renamed', this.onRenamed);
  }
  componentWillUnmount() {
    for (const [event, handler] of this.handlers()) this.props.track.off(event, handler);
  }
  handlers() {
    return [['muted', this.onMuted], ['renamed', this.onRenamed]];
  }
  onMuted = () => this.forceUpdate();
  onRenamed = () => this.forceUpdate();
}`,
    },
    {
      name: 'a handler on the page that is removed under its second name',
      path: 'src/Status.jsx',
      code: `import { Component } from 'react';
import { EVENT } from './constants';
export class Status extends Component {
  componentDidMount() {
    this.handler = this.onOnline;
    window.addEventListener('online', this.onOnline);
  }
  componentWillUnmount() {
    window.removeEventListener(EVENT.ONLINE, this.handler);
  }
  onOnline = () => this.setState({ on: true });
}`,
    },
  ],
);

const board = (made: string): string => `import { createEditor } from 'some-editor';
export class Board {
  componentDidMount() {
    ${made}
    editor.on('change', this.onChange);
    editor.on('scroll', this.onScroll);
  }
  onChange = () => {};
  onScroll = () => {};
  componentWillUnmount() {
    this.editor.off('change', this.onChange);
  }
}`;

samples(
  'a clean-up that removes one handler of what its owner has made',
  [],
  [
    {
      name: 'and leaves another one, which goes with it',
      code: board('const editor = (this.editor = createEditor(this.node));'),
    },
  ],
);
