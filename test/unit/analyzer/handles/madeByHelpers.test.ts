/** Objects that a function of another file makes around a resource, and whose other ends leave it open. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

const mixer = (stop = 'for (const one of playing) one.stop();'): string => `export function createMixer() {
  const context = new AudioContext();
  const playing = new Set();
  const stop = () => {
    ${stop}
    playing.clear();
  };
  return {
    click(at) {
      const one = context.createOscillator();
      one.connect(context.destination);
      playing.add(one);
      one.start(at);
    },
    stop,
    close() {
      stop();
      return context.close();
    },
  };
}
`;
const found = (files: Readonly<Record<string, string>>): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );
const verdict = (path: string, code: string, made = mixer()): readonly string[] =>
  found({ 'src/mixer.js': made, [path]: code });
const view = (end: string): string => `import { createMixer } from './mixer';
export class Metronome {
  constructor(host) {
    this.host = host;
    this.mixer = createMixer();
  }
  beat() {
    this.mixer.click(0);
  }
  dispose() {
    ${end}
  }
}
`;
const effect = (end: string): string => `import { useEffect, useRef } from 'react';
import { createMixer } from './mixer';
export function Metronome() {
  const mixer = useRef(null);
  useEffect(() => {
    mixer.current = createMixer();
    return () => {
      ${end}
    };
  }, []);
  return <button onClick={() => mixer.current.click(0)} />;
}
`;

describe('objects around a resource that a function makes', () => {
  it('reports a field whose teardown calls an end that leaves the resource open', () => {
    assert.deepEqual(verdict('src/view.js', view('this.mixer.stop();')), [
      'src/view.js:5 handle/field-without-teardown',
    ]);
  });
  it('reports a ref of an effect, and a variable of a component', () => {
    assert.deepEqual(verdict('src/View.jsx', effect('mixer.current.stop();')), [
      'src/View.jsx:6 handle/disposable-not-disposed',
    ]);
    const component =
      "<script setup>\nimport { onBeforeUnmount } from 'vue';\nimport { createMixer } from './mixer';\nconst mixer = createMixer();\nonBeforeUnmount(() => mixer.stop());\ndefineExpose({ beat: () => mixer.click(0) });\n</script>\n<template><p /></template>\n";
    assert.deepEqual(verdict('src/View.vue', component), ['src/View.vue:4 handle/disposable-not-disposed']);
  });
  it('is silent where the end closes it, always or on one condition', () => {
    assert.deepEqual(verdict('src/view.js', view('this.mixer.close();')), []);
    assert.deepEqual(verdict('src/view.js', view('if (this.host) this.mixer.close();')), []);
    assert.deepEqual(verdict('src/View.jsx', effect('mixer.current.close();')), []);
    assert.deepEqual(verdict('src/View.jsx', effect('if (mixer.current) mixer.current.close();')), []);
  });
  it('is silent where the other end closes it, too, or may', () => {
    const closing = mixer('context.close();');
    assert.deepEqual(verdict('src/view.js', view('this.mixer.stop();'), closing), []);
    assert.deepEqual(verdict('src/View.jsx', effect('mixer.current.stop();'), closing), []);
    assert.deepEqual(verdict('src/view.js', view('this.mixer.release();')), []);
    assert.deepEqual(verdict('src/view.js', view('this.host.take(this.mixer);')), []);
  });
});

describe('ends of a class that leave what it holds', () => {
  const link = (pause: string): string => `import net from 'node:net';
export class Link {
  constructor(port) {
    this.socket = net.connect(port);
  }
  pause() {
    ${pause}
  }
  close() {
    this.socket.destroy();
  }
}
`;
  const user =
    "import { Link } from './link';\nexport class Panel {\n  constructor(port) {\n    this.link = new Link(port);\n  }\n  dispose() {\n    this.link.pause();\n  }\n}\n";
  it('reports a part that is only paused', () => {
    assert.deepEqual(found({ 'src/link.js': link('this.isPaused = true;'), 'src/panel.js': user }), [
      'src/panel.js:4 handle/field-without-teardown',
    ]);
  });
  it('is silent where that ends something', () => {
    assert.deepEqual(found({ 'src/link.js': link('this.socket.end();'), 'src/panel.js': user }), []);
    assert.deepEqual(found({ 'src/link.js': link('this.close();'), 'src/panel.js': user }), []);
  });
});

describe('objects around a resource that a script makes', () => {
  const watch = `import chokidar from 'chokidar';
export function follow(globs, tell) {
  const watcher = chokidar.watch(globs);
  watcher.on('all', tell);
  return { close: () => watcher.close() };
}
`;
  const script = (begin: string, again: string): string => `#!/usr/bin/env node
import { watchFile } from 'node:fs';
import { follow } from './follow.mjs';
let followed;
function run() {
  ${begin}
}
${again}
run();
`;
  const often = "watchFile('config.json', () => run());";
  const verdictOf = (code: string): readonly string[] => found({ 'src/follow.mjs': watch, 'src/cli.mjs': code });
  it('reports one that each change of a file begins', () => {
    assert.deepEqual(verdictOf(script("follow(['a'], console.log);", often)), [
      'src/cli.mjs:6 handle/disposable-not-disposed',
    ]);
  });
  it('is silent on one of the whole script, and where the one before is closed', () => {
    assert.deepEqual(verdictOf(script("follow(['a'], console.log);", '')), []);
    assert.deepEqual(verdictOf(script("followed?.close();\n  followed = follow(['a'], console.log);", often)), []);
  });
});
