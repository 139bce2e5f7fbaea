import { samples } from '../expectLeaks';

samples(
  'object URLs that only a view is given',
  [
    {
      name: 'a getter that makes one at each read',
      code: `export class Attachment {
  constructor(private readonly blob: Blob) {}
  get url() {
    return URL.createObjectURL(this.blob); // leak handle/object-url
  }
}`,
    },
    {
      name: 'a getter defined on a prototype',
      path: 'src/sample.js',
      code: `function Attachment(blob) { this.blob = blob; }
Object.defineProperty(Attachment.prototype, 'url', {
  get: function () {
    const url = window.URL.createObjectURL(this.blob); // leak handle/object-url
    return url;
  },
});
module.exports = Attachment;`,
    },
    {
      name: 'an attribute of markup',
      path: 'src/sample.tsx',
      code: `export function Preview({ file }) {
  return <img src={file ? URL.createObjectURL(file) : '/none.png'} />; // leak handle/object-url
}`,
    },
    {
      name: 'a variable that markup shows twice',
      path: 'src/sample.tsx',
      code: `export function Preview({ file }) {
  const url = URL.createObjectURL(file); // leak handle/object-url
  return <a href={url}><img src={url} /></a>;
}`,
    },
    {
      name: 'the state of a component',
      path: 'src/sample.tsx',
      code: `import { useState } from 'react';
export function Avatar() {
  const [picture, setPicture] = useState(null);
  const pick = (event) => setPicture(URL.createObjectURL(event.target.files[0])); // leak handle/object-url
  return <label><input type="file" onChange={pick} />{picture && <img src={picture} />}</label>;
}`,
    },
    {
      name: 'a value kept for the render',
      path: 'src/sample.tsx',
      code: `import { useMemo } from 'react';
export function Preview({ file }) {
  const url = useMemo(() => URL.createObjectURL(file), [file]); // leak handle/object-url
  return <video src={url} />;
}`,
    },
    {
      name: 'an initial state',
      path: 'src/sample.tsx',
      code: `import { useState } from 'react';
export function Preview({ file }) {
  const [url] = useState(() => URL.createObjectURL(file)); // leak handle/object-url
  return <video src={url} />;
}`,
    },
    {
      name: 'a longer text',
      code: `export function tint(element: HTMLElement, file: File) {
  element.style.backgroundImage = \`url(\${URL.createObjectURL(file)})\`; // leak handle/object-url
}`,
    },
    {
      name: 'the interface under either of its names',
      path: 'src/sample.js',
      code: `const urls = window.URL || window.webkitURL;
export function show(image, file) {
  image.src = urls.createObjectURL(file); // leak handle/object-url
}`,
    },
  ],
  [
    {
      name: 'a getter that keeps the first one',
      code: `export class Attachment {
  constructor(private readonly blob: Blob) {}
  get url() {
    this.known ??= URL.createObjectURL(this.blob);
    return this.known;
  }
  dispose() { URL.revokeObjectURL(this.known); }
}`,
    },
    {
      name: 'markup whose load revokes it',
      path: 'src/sample.tsx',
      code: `export function Preview({ file }) {
  return <img src={URL.createObjectURL(file)} onLoad={(event) => URL.revokeObjectURL(event.currentTarget.src)} />;
}`,
    },
    {
      name: 'a state that an effect revokes',
      path: 'src/sample.tsx',
      code: `import { useEffect, useState } from 'react';
export function Avatar() {
  const [picture, setPicture] = useState(null);
  useEffect(() => () => URL.revokeObjectURL(picture), [picture]);
  const pick = (event) => setPicture(URL.createObjectURL(event.target.files[0]));
  return <label><input type="file" onChange={pick} /><img src={picture} /></label>;
}`,
    },
    {
      name: 'a state that another component is given under a name of its own',
      path: 'src/sample.tsx',
      code: `import { useState } from 'react';
export function Avatar() {
  const [picture, setPicture] = useState(null);
  const pick = (event) => setPicture(URL.createObjectURL(event.target.files[0]));
  return <Cropper picture={picture} onPick={pick} />;
}`,
    },
    {
      name: 'a method that gives it to its caller',
      code: `export class Attachment {
  constructor(private readonly blob: Blob) {}
  toUrl() { return URL.createObjectURL(this.blob); }
}`,
    },
    {
      name: 'a module constant',
      path: 'src/sample.tsx',
      code: `const logo = URL.createObjectURL(new Blob(['<svg/>']));
export function Logo() { return <img src={logo} />; }`,
    },
  ],
);
