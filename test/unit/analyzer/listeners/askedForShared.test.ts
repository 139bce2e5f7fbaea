import { samples } from '../expectLeaks';

samples(
  'Handlers on what an imported function gives to everybody',
  [
    {
      name: 'an effect that leaves its handler on the client',
      path: 'src/Devices.jsx',
      code: `import { useEffect, useState } from 'react';
import { getClient } from './clients';
export function Devices() {
  const [devices, setDevices] = useState([]);
  useEffect(() => {
    const client = getClient();
    client.on('devices', (found) => setDevices(found)); // leak listener/emitter-on
    client.scan();
  }, []);
  return <List of={devices} />;
}`,
    },
    {
      name: 'a view that ends its other things',
      path: 'src/Inbox.js',
      code: `import View from './View';
import { getSocket } from './socket';
export class Inbox extends View {
  constructor(options) {
    super(options);
    getSocket().on('message', (text) => this.show(text)); // leak listener/emitter-on
  }
  show() {}
  destroy() {
    this.request.abort();
    super.destroy();
  }
}`,
    },
  ],
  [
    {
      name: 'removed by the clean-up',
      path: 'src/Devices.jsx',
      code: `import { useEffect, useState } from 'react';
import { getClient } from './clients';
export function Devices() {
  const [devices, setDevices] = useState([]);
  useEffect(() => {
    const client = getClient();
    const show = (found) => setDevices(found);
    client.on('devices', show);
    return () => client.off('devices', show);
  }, []);
  return <List of={devices} />;
}`,
    },
    {
      name: 'what is made, told which one, or of this file',
      path: 'src/Inbox.js',
      code: `import View from './View';
import { createSocket, getSocket } from './sockets';
const getOwn = () => createSocket();
export class Inbox extends View {
  constructor(options) {
    super(options);
    createSocket().on('message', (text) => this.show(text));
    getSocket(options.name).on('message', (text) => this.show(text));
    getOwn().on('message', (text) => this.show(text));
  }
  show() {}
  destroy() {
    this.request.abort();
    super.destroy();
  }
}`,
    },
    {
      name: 'an end in the clean-up',
      path: 'src/Devices.jsx',
      code: `import { useEffect, useState } from 'react';
import { getClient } from './clients';
export function Devices() {
  const [devices, setDevices] = useState([]);
  useEffect(() => {
    const client = getClient();
    client.on('devices', (found) => setDevices(found));
    return () => client.close();
  }, []);
  return <List of={devices} />;
}`,
    },
  ],
);
