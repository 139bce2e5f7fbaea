/** What begins when its end has already come. No API of its own: the code says how it ends. */
import type { ResourceKind } from './model';

export const lateKinds: readonly ResourceKind[] = [
  {
    id: 'listener/subscribed-after-dispose',
    family: 'listener',
    noun: 'late subscription',
    title: 'Begun after its clean-up may have run',
    participle: 'ended',
    severity: 'medium',
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
];
