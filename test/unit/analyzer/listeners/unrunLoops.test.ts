import { samples } from '../expectLeaks';

samples(
  'callbacks given to what takes none',
  [
    {
      name: 'keys of a table that is emptied',
      path: 'src/paper.js',
      code: `export const paper = {
  layers: {},
  removeLayers() {
    const { layers } = this;
    Object.keys(layers, (name) => { // leak handle/release-unreachable
      layers[name].remove();
      delete layers[name];
    });
  },
};
export const timer = setTimeout(() => paper.removeLayers(), 100);`,
    },
    {
      name: 'values that are closed',
      code: `export class Pool {
  private readonly sockets: Record<string, { close(): void }> = {};
  private readonly seen = new Map();
  destroy() {
    Object.values(this.sockets, function (socket) { socket.close(); }); // leak handle/release-unreachable
  }
}`,
    },
  ],
  [
    {
      name: 'a loop over the keys',
      path: 'src/paper.js',
      code: `export const paper = { layers: {}, removeLayers() { Object.keys(this.layers).forEach((name) => { this.layers[name].remove(); delete this.layers[name]; }); } };
export const timer = setTimeout(() => paper.removeLayers(), 100);`,
    },
    {
      name: 'an Object of its own',
      path: 'src/paper.js',
      code: `import { Object } from './collections';
export const paper = { layers: {}, removeLayers() { Object.keys(this.layers, (name) => { delete this.layers[name]; }); } };
export const timer = setTimeout(() => paper.removeLayers(), 100);`,
    },
    {
      name: 'a function that releases nothing',
      path: 'src/paper.js',
      code: `export const paper = { layers: {}, names() { return Object.keys(this.layers, (name) => name.trim()); } };
export const timer = setTimeout(() => paper.removeLayers(), 100);`,
    },
    {
      name: 'a function that takes a callback',
      path: 'src/paper.js',
      code: `export const paper = { layers: {}, removeLayers() { Object.each(this.layers, (name) => { delete this.layers[name]; }); } };
export const timer = setTimeout(() => paper.removeLayers(), 100);`,
    },
  ],
);
