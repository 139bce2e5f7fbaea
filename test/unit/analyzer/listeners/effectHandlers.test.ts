import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'Handlers of effects that run again',
  [
    {
      name: 'an effect that runs again and removes nothing',
      path: 'src/Panel.tsx',
      code: `import { useEffect } from 'react';
import { useStore } from './store';
export function Panel() {
  const socket = useStore((state) => state.socket);
  useEffect(() => {
    if (!socket) return;
    socket.on('rows', (rows) => useStore.setState({ rows })); // leak listener/emitter-on
    socket.emit('load');
  }, [socket]);
  return <p />;
}`,
    },
    {
      name: 'an element of a ref, in each run of an effect',
      path: 'src/Scroller.tsx',
      code: `import { useEffect, useRef } from 'react';
export function Scroller({ onMove }) {
  const box = useRef(null);
  useEffect(() => {
    const element = box.current;
    const move = () => onMove(element.scrollTop);
    element.addEventListener('scroll', move); // leak listener/dom-event-listener
  }, [onMove]);
  return <p ref={box} />;
}`,
    },
    {
      name: 'a store that a hook gives, beside a clean-up that ends another thing',
      path: 'src/Rows.tsx',
      code: `import { useEffect } from 'react';
export function Rows({ source, load }) {
  useEffect(() => {
    const timer = setInterval(load, 1000);
    source.on('rows', () => load(source)); // leak listener/emitter-on
    return () => clearInterval(timer);
  }, [source, load]);
  return <p />;
}`,
    },
    {
      name: 'what the run asks for, by a key',
      path: 'src/Map.tsx',
      code: `import { useEffect } from 'react';
export function Map({ layers, url, say }) {
  useEffect(() => {
    const layer = layers.getLayer({ url });
    layer.on('failed', () => say(url)); // leak listener/emitter-on
  }, [layers, url, say]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'what the run makes of its options',
      path: 'src/Map.tsx',
      code: `import { useEffect, useRef } from 'react';
import { layers } from './layers';
export function Map({ url, say, area }) {
  const kept = useRef(null);
  useEffect(() => {
    if (url) {
      const layer = layers.tiles(url, { zoom: 3 });
      layer.on('failed', () => say(url));
      layer.addTo(area);
    }
    const options = { theme: url };
    const editor = (kept.current = layers.edit(area, options));
    editor.on('changes', () => say(area));
  }, [url, say, area]);
  return <p />;
}`,
    },
    {
      name: 'a clean-up that removes it',
      path: 'src/Panel.tsx',
      code: `import { useEffect } from 'react';
export function Panel({ socket, show }) {
  useEffect(() => {
    const rows = (value) => show(value);
    socket.on('rows', rows);
    return () => socket.off('rows', rows);
  }, [socket, show]);
  return <p />;
}`,
    },
    {
      name: 'an effect that makes the receiver, and one that runs once',
      path: 'src/Panel.tsx',
      code: `import { useEffect } from 'react';
export function Panel({ url, show, box }) {
  useEffect(() => {
    const image = new Image();
    image.addEventListener('progress', () => show(image));
    image.src = url;
  }, [url, show]);
  useEffect(() => {
    box.current.addEventListener('scroll', () => show());
  }, []);
  return <p />;
}`,
    },
    {
      name: 'a function of the module, which is added once only',
      path: 'src/Panel.tsx',
      code: `import { useEffect } from 'react';
const stop = (event) => event.preventDefault();
export function Panel({ box, active }) {
  useEffect(() => {
    box.current.addEventListener('wheel', stop);
  }, [box, active]);
  return <p />;
}`,
    },
  ],
);

it('what the run sets up anew weighs little: it may have lost the handlers of the run before', () => {
  const severity = (before: string): readonly string[] =>
    findingsOf(
      `import { useEffect, useRef } from 'react';
import * as charts from './charts';
export function Chart({ rows, say }) {
  const box = useRef(null);
  useEffect(() => {
    ${before}
    box.current.on('hover', () => say(rows));
  }, [rows, say]);
  return <p ref={box} />;
}`,
      'src/Chart.tsx',
    ).map((finding) => finding.severity);
  assert.deepEqual(severity('charts.newChart(box.current, rows);'), ['low']);
  assert.deepEqual(severity('charts.extend(box.current, rows);'), ['medium']);
  assert.deepEqual(severity('charts.newChart(say, rows);'), ['medium']);
});
