import { samples } from '../expectLeaks';

const pass = (
  resize: string,
  allocate = 'const texture = gl.createTexture();\n    const buffer = gl.createFramebuffer();\n    return { buffer, texture };',
) => `export class Pass {
  private target: { buffer: WebGLFramebuffer; texture: WebGLTexture } | null = null;
  private readonly shared: WebGLTexture;
  constructor(private readonly gl: WebGL2RenderingContext) {
    this.shared = gl.createTexture();
  }
  resize(width: number) {
    ${resize}
  }
  private allocate(width: number) {
    const { gl } = this;
    ${allocate}
  }
  dispose() {
    if (this.target) {
      this.gl.deleteFramebuffer(this.target.buffer);
      this.gl.deleteTexture(this.target.texture);
    }
    this.gl.deleteTexture(this.shared);
  }
}
export const pass = (gl: WebGL2RenderingContext) => new Pass(gl);`;

const line = (again: string) => `export class Line {
  private socket: WebSocket | undefined;
  private pinger: Worker | undefined;
  ${again}
  stop() {
    this.socket?.close();
    this.pinger?.terminate();
  }
}
export const line = () => new Line();`;

samples(
  'what is made anew beside something that is ended',
  [
    {
      name: 'one of two parts of an object',
      code: pass(
        'if (this.target) this.gl.deleteFramebuffer(this.target.buffer);\n    this.target = this.allocate(width); // leak handle/handle-overwritten',
      ),
    },
    {
      name: 'one of two fields',
      code: line(
        "call(url: string) {\n    this.socket?.close();\n    this.socket = new WebSocket(url);\n    this.pinger = new Worker('ping.js'); // leak handle/web-worker\n  }",
      ),
    },
  ],
  [
    {
      name: 'both parts ended',
      code: pass(
        'if (this.target) {\n      this.gl.deleteFramebuffer(this.target.buffer);\n      this.gl.deleteTexture(this.target.texture);\n    }\n    this.target = this.allocate(width);',
      ),
    },
    {
      name: 'a part that stays the same',
      code: pass(
        'if (this.target) this.gl.deleteFramebuffer(this.target.buffer);\n    this.target = this.allocate(width);',
        'const buffer = gl.createFramebuffer();\n    return { buffer, texture: this.shared };',
      ),
    },
    {
      name: 'both fields ended',
      code: line(
        "call(url: string) {\n    this.socket?.close();\n    this.pinger?.terminate();\n    this.socket = new WebSocket(url);\n    this.pinger = new Worker('ping.js');\n  }",
      ),
    },
    {
      name: 'a field that is only filled where it is empty',
      code: line(
        "call(url: string) {\n    this.socket?.close();\n    this.socket = new WebSocket(url);\n    if (!this.pinger) this.pinger = new Worker('ping.js');\n  }",
      ),
    },
    {
      name: 'who ends all before',
      code: line(
        "call(url: string) {\n    this.stop();\n    this.socket?.close();\n    this.socket = new WebSocket(url);\n    this.pinger = new Worker('ping.js');\n  }",
      ),
    },
    {
      name: 'an end on a way out only',
      code: line(
        "call(url: string) {\n    if (!url) {\n      this.socket?.close();\n      return;\n    }\n    this.socket ??= new WebSocket(url);\n    this.pinger ??= new Worker('ping.js');\n  }",
      ),
    },
    {
      name: 'a method of the base class, which may end it',
      code: line(
        "call(url: string) {\n    this.quiet();\n    this.socket?.close();\n    this.socket = new WebSocket(url);\n    this.pinger = new Worker('ping.js');\n  }",
      )
        .replace('export class Line', "import { Base } from './base';\nexport class Line extends Base")
        .replace('  private pinger: Worker | undefined;\n', ''),
    },
  ],
);
