/** What begins when its end has already come. No API of its own: the code says how it ends. */
import type { ResourceKind } from './model';

/** Frameworks with scopes that end what is begun in them. */
const frameworks = /['"](?:vue|vue-demi|solid-js|@vueuse\/\w+|@vue\/[\w-]+)['"]/;

export const lateKinds: readonly ResourceKind[] = [
  {
    id: 'listener/subscribed-after-dispose',
    family: 'listener',
    noun: 'late subscription',
    title: 'Begun after its clean-up may have run',
    participle: 'ended',
    severity: 'low',
    words: [],
    patterns: [
      [
        /\bawait\b|\.then\(/,
        /\breturn\b|\bon[A-Z]/,
        /\b(?:unsubscribe|removeEventListener|removeListener|off|clearInterval)\(/,
      ],
      [/\bawait\b|\.then\(/, /\b(?:useEffect|useLayoutEffect|createEffect|onMount|onMounted|Observable)\b/],
    ],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    documentation: {
      what: 'A function hands back a clean-up that ends a variable, and the variable gets its value only after a wait (a promise, an `await`) behind which nothing asks whether it is still wanted.',
      why: 'When the clean-up runs during the wait it finds nothing to end. The subscription, timer or connection begins afterwards, and nobody ends it any more.',
      leaking:
        "import { useEffect } from 'react';\nexport function usePrices(connect, show) {\n  useEffect(() => {\n    let prices;\n    connect().then((market) => {\n      prices = market.subscribe(show);\n    });\n    return () => prices?.unsubscribe();\n  }, [connect, show]);\n}",
      safe: "import { useEffect } from 'react';\nexport function usePrices(connect, show) {\n  useEffect(() => {\n    let prices;\n    let gone = false;\n    connect().then((market) => {\n      if (gone) return;\n      prices = market.subscribe(show);\n    });\n    return () => {\n      gone = true;\n      prices?.unsubscribe();\n    };\n  }, [connect, show]);\n}",
      releases: [
        'a flag that the clean-up sets, tested after the wait',
        'a signal that the clean-up aborts and the wait is given',
        'a clean-up that waits too',
      ],
    },
  },
  {
    id: 'listener/scope-helper-after-await',
    family: 'listener',
    noun: 'scope-bound call',
    title: 'Bound to a scope after a wait',
    participle: 'ended',
    severity: 'medium',
    words: [],
    patterns: [[frameworks, /\bawait\b|\.then\(/]],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    documentation: {
      what: 'A composable calls something that binds to the active scope (`onUnmounted`, `watch`, `useEventListener`) behind an `await` or in a continuation of a promise.',
      why: 'Behind the wait no scope is active: a clean-up that is registered there never runs, and a watcher or listener that is begun there is not ended with its component.',
      leaking:
        "import { onUnmounted } from 'vue';\nexport async function useFeed(open) {\n  const feed = await open();\n  onUnmounted(() => feed.close());\n  return feed;\n}",
      safe: "import { onUnmounted } from 'vue';\nexport function useFeed(open) {\n  const feed = open();\n  onUnmounted(() => feed.then((it) => it.close()));\n  return feed;\n}",
      releases: [
        'called before the first wait',
        'run in a scope that is kept: `scope.run(() => …)`',
        'the function that a watcher returns, kept and called',
      ],
    },
  },
  {
    id: 'listener/vue-watch-outside-scope',
    family: 'listener',
    noun: 'watcher',
    title: 'Watcher cannot stop itself in its first run',
    participle: 'stopped',
    severity: 'medium',
    words: [],
    patterns: [[frameworks, /\bimmediate\b/]],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    documentation: {
      what: 'A watcher with `immediate` stops itself by the function that `watch` has yet to return.',
      why: 'The first run comes before the assignment, so the call does nothing; when the condition holds at once, the watcher stays for as long as what it watches.',
      leaking:
        "import { watch } from 'vue';\nexport function whenTrue(source) {\n  let stop;\n  return new Promise((resolve) => {\n    stop = watch(source, (value) => {\n      if (value) {\n        stop?.();\n        resolve(value);\n      }\n    }, { immediate: true });\n  });\n}",
      safe: "import { nextTick, watch } from 'vue';\nexport function whenTrue(source) {\n  let stop;\n  return new Promise((resolve) => {\n    stop = watch(source, (value) => {\n      if (value) {\n        nextTick(() => stop?.());\n        resolve(value);\n      }\n    }, { immediate: true });\n  });\n}",
      releases: ['called in the next tick', 'called behind the assignment', '`once: true`'],
    },
  },
];
