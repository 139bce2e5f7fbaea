/** GPU objects: WebGL, WebGPU and three.js. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

const three = (...names: readonly string[]): readonly ApiName[] => names.map((name) => ({ module: 'three', name }));

const geometries = [
  'Box',
  'Buffer',
  'Capsule',
  'Circle',
  'Cone',
  'Cylinder',
  'Edges',
  'Extrude',
  'InstancedBuffer',
  'Lathe',
  'Plane',
  'Ring',
  'Shape',
  'Sphere',
  'Torus',
  'TorusKnot',
  'Tube',
].map((name) => `${name}Geometry`);
const materials = [
  'LineBasic',
  'LineDashed',
  'MeshBasic',
  'MeshLambert',
  'MeshNormal',
  'MeshPhong',
  'MeshPhysical',
  'MeshStandard',
  'MeshToon',
  'Points',
  'RawShader',
  'Shader',
  'Shadow',
  'Sprite',
].map((name) => `${name}Material`);
const textures = [
  'Texture',
  'CanvasTexture',
  'DataTexture',
  'VideoTexture',
  'CubeTexture',
  'WebGLRenderTarget',
  'WebGLRenderer',
];

export const graphicsTypes: readonly TypeEntry[] = [
  {
    id: 'webgl',
    names: [{ name: 'WebGLRenderingContext' }, { name: 'WebGL2RenderingContext' }],
    members: [{ of: '*', name: 'getContext', call: true }],
  },
  { id: 'webgpu.device', names: [{ name: 'GPUDevice' }], members: [{ of: '*', name: 'requestDevice', call: true }] },
];

export const graphicsKinds: readonly ResourceKind[] = [
  {
    id: 'handle/webgl-object',
    family: 'handle',
    noun: 'WebGL object',
    title: 'WebGL object is never deleted',
    participle: 'deleted',
    severity: 'medium',
    words: [
      'createTexture',
      'createBuffer',
      'createFramebuffer',
      'createRenderbuffer',
      'createVertexArray',
      'createProgram',
    ],
    acquire: [
      {
        form: 'method',
        on: ['webgl'],
        method: [
          'createTexture',
          'createBuffer',
          'createFramebuffer',
          'createRenderbuffer',
          'createVertexArray',
          'createProgram',
        ],
        untyped: true,
        maxArguments: 0,
      },
    ],
    release: [
      {
        form: 'method-argument',
        method: [
          'deleteTexture',
          'deleteBuffer',
          'deleteFramebuffer',
          'deleteRenderbuffer',
          'deleteVertexArray',
          'deleteProgram',
        ],
        argument: 0,
      },
    ],
    heldBy: 'receiver',
    mostlyShared: true,
    goesWith: ['getContext'],
    sinks: {
      methods: [
        'bindTexture',
        'bindBuffer',
        'bindFramebuffer',
        'bindRenderbuffer',
        'bindVertexArray',
        'framebufferTexture2D',
        'framebufferRenderbuffer',
        'attachShader',
        'linkProgram',
        'useProgram',
        'getProgramParameter',
        'getProgramInfoLog',
        'getUniformLocation',
        'getAttribLocation',
      ],
    },
    documentation: {
      what: 'A texture, buffer or program that is made each time a function runs, or kept in a field, and never deleted.',
      why: 'It takes memory of the graphics card, which the collector does not see.',
      leaking:
        'export function draw(gl: WebGL2RenderingContext, points: Float32Array) {\n  const buffer = gl.createBuffer();\n  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);\n  gl.bufferData(gl.ARRAY_BUFFER, points, gl.STREAM_DRAW);\n  gl.drawArrays(gl.POINTS, 0, points.length);\n}',
      safe: 'export function draw(gl: WebGL2RenderingContext, points: Float32Array) {\n  const buffer = gl.createBuffer();\n  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);\n  gl.bufferData(gl.ARRAY_BUFFER, points, gl.STREAM_DRAW);\n  gl.drawArrays(gl.POINTS, 0, points.length);\n  gl.deleteBuffer(buffer);\n}',
      releases: ['`gl.deleteTexture()`, `gl.deleteBuffer()` and so on', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/webgpu-resource',
    family: 'handle',
    noun: 'GPU resource',
    title: 'WebGPU resource is never destroyed',
    participle: 'destroyed',
    severity: 'medium',
    words: ['GPUDevice', 'requestDevice'],
    acquire: [{ form: 'method', on: ['webgpu.device'], method: ['createBuffer', 'createTexture', 'createQuerySet'] }],
    release: [{ form: 'method', method: ['destroy'] }],
    heldBy: 'receiver',
    mostlyShared: true,
    sinks: { methods: ['writeBuffer', 'writeTexture', 'setVertexBuffer', 'setIndexBuffer', 'copyBufferToBuffer'] },
    documentation: {
      what: 'A buffer or texture of a GPU device that is made each time a function runs, or kept in a field, and never destroyed.',
      why: 'Its memory stays taken until it is destroyed or, much later, collected.',
      leaking:
        'export function upload(device: GPUDevice, data: Float32Array) {\n  const buffer = device.createBuffer({ size: data.byteLength, usage: 8 });\n  device.queue.writeBuffer(buffer, 0, data);\n}',
      safe: 'export function upload(device: GPUDevice, data: Float32Array) {\n  const buffer = device.createBuffer({ size: data.byteLength, usage: 8 });\n  device.queue.writeBuffer(buffer, 0, data);\n  return buffer;\n}',
      releases: [
        '`buffer.destroy()` or `texture.destroy()`',
        'destroying the device',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/three-object',
    family: 'handle',
    noun: 'three.js object',
    title: 'three.js object is never disposed',
    participle: 'disposed',
    severity: 'medium',
    words: ["'three'", '"three"'],
    acquire: [{ form: 'new', callee: three(...geometries, ...materials, ...textures) }],
    release: [{ form: 'method', method: ['dispose'] }],
    heldBy: 'receiver',
    mostlyShared: true,
    idleUntilGiven: true,
    documentation: {
      what: 'A geometry, material, texture or render target that a component or class makes and its teardown does not dispose.',
      why: 'three.js keeps its buffers on the graphics card until `dispose()` is called; removing the mesh frees nothing.',
      leaking:
        "import { BoxGeometry, MeshBasicMaterial } from 'three';\nexport class Cube {\n  geometry = new BoxGeometry();\n  material = new MeshBasicMaterial();\n  dispose() {\n    this.geometry.dispose();\n  }\n}",
      safe: "import { BoxGeometry, MeshBasicMaterial } from 'three';\nexport class Cube {\n  geometry = new BoxGeometry();\n  material = new MeshBasicMaterial();\n  dispose() {\n    this.geometry.dispose();\n    this.material.dispose();\n  }\n}",
      releases: ['`dispose()` in the teardown', 'handed to another owner'],
    },
  },
];
