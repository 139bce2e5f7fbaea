/** Watches that the page keeps: positions, performance entries. */

import type { TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

export const observerTypes: readonly TypeEntry[] = [];

export const observerKinds: readonly ResourceKind[] = [
  {
    id: 'listener/geolocation-watch',
    family: 'listener',
    noun: 'position watch',
    title: 'Watch of the position is never cleared',
    participle: 'cleared',
    severity: 'high',
    words: ['watchPosition'],
    acquire: [{ form: 'call', callee: [{ name: 'navigator.geolocation.watchPosition' }] }],
    release: [{ form: 'call', callee: [{ name: 'navigator.geolocation.clearWatch' }], argument: 0 }],
    heldBy: 'runtime',
    documentation: {
      what: 'A watch of the position that starts each time its component, instance or function runs and is never cleared.',
      why: 'The device keeps locating, and the page keeps the callback and all that it captures.',
      leaking:
        "import { useEffect } from 'react';\nexport function Map({ move }) {\n  useEffect(() => {\n    navigator.geolocation.watchPosition(move);\n  }, [move]);\n  return <p />;\n}",
      safe: "import { useEffect } from 'react';\nexport function Map({ move }) {\n  useEffect(() => {\n    const watch = navigator.geolocation.watchPosition(move);\n    return () => navigator.geolocation.clearWatch(watch);\n  }, [move]);\n  return <p />;\n}",
      releases: ['`navigator.geolocation.clearWatch` of the stored id'],
    },
  },
  {
    id: 'handle/perf-observer',
    family: 'handle',
    noun: 'performance observer',
    title: 'PerformanceObserver of Node.js is never disconnected',
    participle: 'disconnected',
    severity: 'medium',
    words: ['perf_hooks'],
    acquire: [
      { form: 'new', callee: [{ module: 'perf_hooks', name: 'PerformanceObserver' }], activatedBy: ['observe'] },
    ],
    release: [{ form: 'method', method: ['disconnect'] }],
    heldBy: 'runtime',
    documentation: {
      what: 'A performance observer that starts each time a function runs and is never disconnected.',
      why: 'Node.js keeps each one and calls it for every entry.',
      leaking:
        "import { PerformanceObserver } from 'node:perf_hooks';\nexport function measure(report) {\n  const observer = new PerformanceObserver((list) => report(list.getEntries()));\n  observer.observe({ entryTypes: ['measure'] });\n}",
      safe: "import { PerformanceObserver } from 'node:perf_hooks';\nexport function measure(report) {\n  const observer = new PerformanceObserver((list) => report(list.getEntries()));\n  observer.observe({ entryTypes: ['measure'] });\n  return () => observer.disconnect();\n}",
      releases: ['`observer.disconnect()`', 'one observer for the whole process'],
    },
  },
];
