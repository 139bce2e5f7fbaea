import { samples } from '../expectLeaks';

const editor = (end: string): string => `import { Server } from 'node:http';
export class Editor {
  constructor(port: number) {
    this.server = new Server();
    this.server.listen(port);
  }
  get view() {
    return this.server;
  }
  destroy() {
    ${end}
  }
}
export const open = (port: number) => new Editor(port);`;

samples(
  'what a getter gives',
  [
    {
      name: 'is left',
      code: editor('this.rows = [];').replace('new Server();', 'new Server(); // leak handle/field-without-teardown'),
    },
  ],
  [{ name: 'is ended', code: editor('this.view.close();') }],
);
