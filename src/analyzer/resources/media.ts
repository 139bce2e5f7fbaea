/** Object URLs, media streams, audio, images and video frames. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

const inReact = (...names: readonly string[]): readonly ApiName[] =>
  ['react', 'preact/hooks', 'preact/compat'].flatMap((module) => names.map((name) => ({ module, name })));

export const mediaTypes: readonly TypeEntry[] = [];

const drawing = [
  'drawImage',
  'texImage2D',
  'texSubImage2D',
  'encode',
  'copyTo',
  'createPattern',
  'write',
  'getImageData',
];

export const mediaKinds: readonly ResourceKind[] = [
  {
    id: 'handle/object-url',
    family: 'handle',
    noun: 'object URL',
    title: 'Object URL is never revoked',
    participle: 'revoked',
    severity: 'medium',
    words: ['createObjectURL'],
    acquire: [{ form: 'call', callee: [{ name: 'URL.createObjectURL' }, { name: 'webkitURL.createObjectURL' }] }],
    release: [
      { form: 'call', callee: [{ name: 'URL.revokeObjectURL' }, { name: 'webkitURL.revokeObjectURL' }], argument: 0 },
    ],
    endingOptions: ['oneTimeOnly'],
    heldBy: 'runtime',
    exits: 'likely',
    sinks: {
      properties: ['href', 'src', 'srcset', 'poster', 'data', 'backgroundImage'],
      methods: ['setAttribute', 'attr', 'prop', 'open', 'addModule', 'loadURL', 'replace', 'assign'],
      calls: [{ name: 'open' }, { name: 'fetch' }, { name: 'importScripts' }],
      elsewhere: ['open'],
      taken: { by: ['click'], ms: 1000 },
      view: { states: inReact('useState'), memos: inReact('useMemo') },
    },
    documentation: {
      what: 'A URL for a blob that is made each time a function runs and never revoked.',
      why: 'The page keeps the blob, often a whole file or image, until the URL is revoked or the page goes.',
      leaking:
        "export function download(blob, name) {\n  const link = document.createElement('a');\n  link.href = URL.createObjectURL(blob);\n  link.download = name;\n  link.click();\n}",
      safe: "export function download(blob, name) {\n  const link = document.createElement('a');\n  const url = URL.createObjectURL(blob);\n  link.href = url;\n  link.download = name;\n  link.click();\n  setTimeout(() => URL.revokeObjectURL(url), 1000);\n}",
      releases: [
        '`URL.revokeObjectURL` of the stored value, when the image has loaded, after the click, or in the clean-up',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/media-stream',
    family: 'handle',
    noun: 'media stream',
    title: 'Camera, microphone or screen is never stopped',
    participle: 'stopped',
    severity: 'high',
    words: ['getUserMedia', 'getDisplayMedia'],
    acquire: [
      {
        form: 'call',
        callee: [{ name: 'navigator.mediaDevices.getUserMedia' }, { name: 'navigator.mediaDevices.getDisplayMedia' }],
        promise: true,
      },
    ],
    release: [
      {
        form: 'method',
        method: ['getTracks', 'getVideoTracks', 'getAudioTracks', 'stop'],
        written: 'getTracks().forEach((track) => track.stop())',
      },
    ],
    heldBy: 'runtime',
    sinks: {
      properties: ['srcObject'],
      methods: ['createMediaStreamSource', 'setMediaStream'],
      calls: [{ name: 'MediaRecorder' }, { name: 'MediaStreamAudioSourceNode' }],
    },
    documentation: {
      what: 'A stream of a camera, microphone or screen whose tracks nobody stops.',
      why: 'The device stays on, with its light, until each track is stopped.',
      leaking:
        "import { useEffect } from 'react';\nexport function Mirror({ video }) {\n  useEffect(() => {\n    const start = async () => {\n      const stream = await navigator.mediaDevices.getUserMedia({ video: true });\n      video.current.srcObject = stream;\n    };\n    start();\n  }, [video]);\n  return <video />;\n}",
      safe: "import { useEffect } from 'react';\nexport function Mirror({ video }) {\n  useEffect(() => {\n    let stream;\n    const start = async () => {\n      stream = await navigator.mediaDevices.getUserMedia({ video: true });\n      video.current.srcObject = stream;\n    };\n    start();\n    return () => stream?.getTracks().forEach((track) => track.stop());\n  }, [video]);\n  return <video />;\n}",
      releases: ['`track.stop()` of each of `getTracks()`', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/audio-context',
    family: 'handle',
    noun: 'audio context',
    title: 'AudioContext is never closed',
    participle: 'closed',
    severity: 'high',
    words: ['AudioContext'],
    acquire: [{ form: 'new', callee: [{ name: 'AudioContext' }, { name: 'webkitAudioContext' }] }],
    release: [{ form: 'method', method: ['close'] }],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'likely',
    mayLast: true,
    mostlyShared: true,
    documentation: {
      what: 'An `AudioContext` that is made each time a component or function runs and never closed.',
      why: 'Each one has a thread and buffers of its own; browsers admit only a few.',
      leaking:
        'export function beep() {\n  const audio = new AudioContext();\n  const tone = audio.createOscillator();\n  tone.start();\n}',
      safe: 'export function beep() {\n  const audio = new AudioContext();\n  const tone = audio.createOscillator();\n  tone.onended = () => audio.close();\n  tone.start();\n}',
      releases: ['`audio.close()`', 'one context for the whole page'],
    },
  },
  {
    id: 'handle/image-bitmap',
    family: 'handle',
    noun: 'image bitmap',
    title: 'ImageBitmap is never closed',
    participle: 'closed',
    severity: 'low',
    words: ['createImageBitmap'],
    acquire: [{ form: 'call', callee: [{ name: 'createImageBitmap' }], promise: true }],
    release: [
      { form: 'method', method: ['close'] },
      { form: 'transfer-method', method: ['transferFromImageBitmap', 'postMessage'] },
    ],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'likely',
    mayLast: true,
    sinks: { methods: drawing },
    documentation: {
      what: 'A bitmap that is made for a drawing each time a function runs and never closed.',
      why: 'Its pixels lie outside the heap that the collector watches, so they pile up long before it runs.',
      leaking:
        'export async function paint(context, blob) {\n  const bitmap = await createImageBitmap(blob);\n  context.drawImage(bitmap, 0, 0);\n}',
      safe: 'export async function paint(context, blob) {\n  const bitmap = await createImageBitmap(blob);\n  context.drawImage(bitmap, 0, 0);\n  bitmap.close();\n}',
      releases: ['`bitmap.close()`', 'transferred or returned'],
    },
  },
  {
    id: 'handle/video-frame',
    family: 'handle',
    noun: 'video frame',
    title: 'VideoFrame or AudioData is never closed',
    participle: 'closed',
    severity: 'high',
    words: ['VideoFrame', 'AudioData'],
    acquire: [{ form: 'new', callee: [{ name: 'VideoFrame' }, { name: 'AudioData' }] }],
    release: [{ form: 'method', method: ['close'] }],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'likely',
    mayLast: true,
    sinks: { methods: drawing },
    documentation: {
      what: 'A frame that is made, drawn or encoded each time a function runs and never closed. Encoding does not close it.',
      why: 'Frames hold memory of the graphics card, of which there is little; the encoder stalls when it is used up.',
      leaking:
        'export function encode(encoder, canvas, timestamp) {\n  const frame = new VideoFrame(canvas, { timestamp });\n  encoder.encode(frame);\n}',
      safe: 'export function encode(encoder, canvas, timestamp) {\n  const frame = new VideoFrame(canvas, { timestamp });\n  encoder.encode(frame);\n  frame.close();\n}',
      releases: ['`frame.close()`', 'returned or handed to another owner'],
    },
  },
];
