import { samples } from '../expectLeaks';

samples(
  'Names of the page that a file declares for its types',
  [
    {
      name: 'a window of any type',
      path: 'src/Fonts.tsx',
      code: `import React from 'react';
declare var window: any;
export class Fonts extends React.Component {
  componentDidMount() {
    window.addEventListener('fonts-changed', this.load); // leak listener/dom-event-listener
  }
  componentWillUnmount() {
    this.request.abort();
  }
  load = () => this.setState({});
}`,
    },
    {
      name: 'a document with something more',
      path: 'src/Keys.ts',
      code: `declare const document: Document & { readonly isEditor: boolean };
export class Keys {
  constructor(private readonly parts: Parts) {
    document.addEventListener('keydown', this.onKey); // leak listener/dom-event-listener
  }
  onKey = () => this.parts.show();
  dispose() {
    this.parts.dispose();
  }
}`,
    },
  ],
  [
    {
      name: 'a variable of its own that has the name',
      path: 'src/Fonts.tsx',
      code: `import { createFrame } from './frame';
export class Fonts {
  mount() {
    const window: any = createFrame();
    window.addEventListener('fonts-changed', this.load);
  }
  destroy() {
    this.request.abort();
  }
  load = () => this.show();
}`,
    },
    {
      name: 'removed from the declared window',
      path: 'src/Keys.ts',
      code: `declare let window: any;
export class Keys {
  constructor(private readonly parts: Parts) {
    window.addEventListener('keydown', this.onKey);
  }
  onKey = () => this.parts.show();
  dispose() {
    window.removeEventListener('keydown', this.onKey);
    this.parts.dispose();
  }
}`,
    },
  ],
);
