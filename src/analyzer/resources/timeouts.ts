/** Timeouts, frame and idle callbacks: they end by themselves, unless they arm themselves again. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { KindDocumentation, OneShot, ResourceKind } from './model';

export const timeoutTypes: readonly TypeEntry[] = [];

const timerCall = (name: string): readonly ApiName[] => [{ name }, { module: 'timers', name }];

/** A kind that another kind's acquisitions are reported as, by where they stand. */
const aspect = (
  id: string,
  noun: string,
  title: string,
  severity: ResourceKind['severity'],
  words: readonly string[],
  documentation: KindDocumentation,
): ResourceKind => ({
  id,
  family: 'listener',
  noun,
  title,
  participle: 'cleared',
  severity,
  words,
  acquire: [],
  release: [],
  heldBy: 'runtime',
  documentation,
});

const oneShot = (
  base: Omit<ResourceKind, 'family' | 'heldBy' | 'acquire' | 'release' | 'words' | 'oneShot'>,
  acquire: string,
  release: readonly string[],
  aspects: OneShot,
): ResourceKind => ({
  ...base,
  family: 'listener',
  words: [acquire],
  acquire: [{ form: 'call', callee: timerCall(acquire) }],
  release: [
    {
      form: 'call',
      callee: release.flatMap(timerCall),
      argument: 0,
      ignoresMissing: acquire === 'setTimeout',
    },
    { form: 'method', method: ['close', '[Symbol.dispose]', 'refresh'] },
  ],
  heldBy: 'runtime',
  fluent: ['unref', 'ref'],
  oneShot: aspects,
});

export const timeoutKinds: readonly ResourceKind[] = [
  oneShot(
    {
      id: 'listener/timeout-in-class',
      noun: 'timeout',
      title: 'Timeout is still armed when its owner is torn down',
      participle: 'cleared',
      severity: 'high',
      documentation: {
        what: 'A timeout kept in a field (a debounce, a heartbeat, a retry) that the teardown of its class does not clear.',
        why: 'It keeps the instance until it fires, and then runs on an object that is gone.',
        leaking:
          'export class Editor {\n  onChange() {\n    clearTimeout(this.saving);\n    this.saving = setTimeout(() => this.save(), 2000);\n  }\n  save() {\n    this.store.write(this.text);\n  }\n  dispose() {\n    this.store.close();\n  }\n}',
        safe: 'export class Editor {\n  onChange() {\n    clearTimeout(this.saving);\n    this.saving = setTimeout(() => this.save(), 2000);\n  }\n  save() {\n    this.store.write(this.text);\n  }\n  dispose() {\n    clearTimeout(this.saving);\n    this.store.close();\n  }\n}',
        releases: [
          '`clearTimeout` in the teardown or a method that it calls',
          'a callback that first tests whether its owner is gone',
          'a callback that tears the owner down itself',
          'a delay below a tenth of a second',
        ],
      },
    },
    'setTimeout',
    ['clearTimeout', 'clearInterval'],
    {
      callback: 0,
      delay: 1,
      briefBelow: { field: 100, mount: 500, race: 1000, dropped: 1000 },
      longFrom: 10_000,
      field: 'listener/timeout-in-class',
      mount: 'listener/timeout-in-effect',
      rearm: 'listener/timeout-rearm-loop',
      race: 'listener/timeout-race',
    },
  ),
  aspect('listener/timeout-in-effect', 'timeout', 'Timeout of an effect is never cleared', 'medium', ['setTimeout'], {
    what: 'A timeout that an effect or mount hook arms and whose handle it drops.',
    why: 'It fires even when the component is gone, and keeps its state until then; each run of the effect arms another.',
    leaking:
      "import { useEffect } from 'react';\nexport function Toast({ close, wait }) {\n  useEffect(() => {\n    setTimeout(close, 5000);\n    setTimeout(() => close('late'), wait);\n  }, [close, wait]);\n  return <p />;\n}",
    safe: "import { useEffect } from 'react';\nexport function Toast({ close, wait }) {\n  useEffect(() => {\n    const timer = setTimeout(() => close('late'), wait);\n    return () => clearTimeout(timer);\n  }, [close, wait]);\n  return <p />;\n}",
    releases: [
      'a returned clean-up that clears it',
      'a callback that holds nothing of the component',
      'a delay below half a second',
    ],
  }),
  aspect('listener/timeout-rearm-loop', 'timeout', 'Timeout arms itself again for ever', 'high', ['setTimeout'], {
    what: 'A function that arms a timeout for itself each time it runs, without a handle to clear or a flag to stop it.',
    why: 'Each start adds a loop that runs until the process ends.',
    leaking:
      'export function watch(check) {\n  const tick = () => {\n    check();\n    setTimeout(tick, 1000);\n  };\n  tick();\n}',
    safe: 'export function watch(check) {\n  let timer;\n  const tick = () => {\n    check();\n    timer = setTimeout(tick, 1000);\n  };\n  tick();\n  return () => clearTimeout(timer);\n}',
    releases: [
      '`clearTimeout` of the latest handle',
      'a stop flag that is tested before arming again',
      'a number of attempts that ends',
    ],
  }),
  aspect('listener/timeout-race', 'timeout', 'Timeout of a race is never cleared', 'medium', ['setTimeout'], {
    what: 'A promise that rejects after a time, raced against the work, whose timer stays armed when the work wins.',
    why: 'Each call leaves a timer that holds what it captures, and the process, until it fires.',
    leaking:
      "export function within(work, ms) {\n  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms));\n  return Promise.race([work, late]);\n}",
    safe: "export function within(work, ms) {\n  let timer;\n  const late = new Promise((_, reject) => {\n    timer = setTimeout(() => reject(new Error('late')), ms);\n  });\n  return Promise.race([work, late]).finally(() => clearTimeout(timer));\n}",
    releases: ['`clearTimeout` in `finally`', '`AbortSignal.timeout()`', 'a delay below a second'],
  }),
  oneShot(
    {
      id: 'listener/animation-frame-loop',
      noun: 'animation frame',
      title: 'Animation loop cannot be stopped',
      participle: 'cancelled',
      severity: 'high',
      documentation: {
        what: 'A function that requests an animation frame for itself each time it runs, without a handle to cancel or a flag to stop it.',
        why: 'It runs on each frame for as long as the page lives, once more for each start.',
        leaking:
          'export class Chart {\n  connectedCallback() {\n    const draw = () => {\n      this.paint();\n      requestAnimationFrame(draw);\n    };\n    draw();\n  }\n}',
        safe: 'export class Chart {\n  connectedCallback() {\n    const draw = () => {\n      this.paint();\n      this.frame = requestAnimationFrame(draw);\n    };\n    draw();\n  }\n  disconnectedCallback() {\n    cancelAnimationFrame(this.frame);\n  }\n}',
        releases: ['`cancelAnimationFrame` of the latest handle', 'a stop flag that is tested before the next request'],
      },
    },
    'requestAnimationFrame',
    ['cancelAnimationFrame'],
    { callback: 0, rearm: 'listener/animation-frame-loop' },
  ),
  oneShot(
    {
      id: 'listener/idle-callback-loop',
      noun: 'idle callback',
      title: 'Idle loop cannot be stopped',
      participle: 'cancelled',
      severity: 'high',
      documentation: {
        what: 'A function that requests an idle callback for itself each time it runs, without a handle to cancel or a flag to stop it.',
        why: 'It runs for as long as the page lives, once more for each start.',
        leaking:
          'export function index(next) {\n  const step = () => {\n    next();\n    requestIdleCallback(step);\n  };\n  step();\n}',
        safe: 'export function index(next) {\n  let handle;\n  const step = () => {\n    next();\n    handle = requestIdleCallback(step);\n  };\n  step();\n  return () => cancelIdleCallback(handle);\n}',
        releases: ['`cancelIdleCallback` of the latest handle', 'a stop flag that is tested before the next request'],
      },
    },
    'requestIdleCallback',
    ['cancelIdleCallback'],
    { callback: 0, rearm: 'listener/idle-callback-loop' },
  ),
];
