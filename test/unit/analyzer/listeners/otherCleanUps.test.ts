import { samples } from '../expectLeaks';

const effect = (body: string): string =>
  `import { useEffect } from 'react';\nexport function useFeed(bus, ref, id, show) {\n  useEffect(() => {\n${body}\n  }, [bus, ref, id, show]);\n}`;

samples(
  'clean-ups of an effect that leave what those of other ways end',
  [
    {
      name: 'one of two',
      code: effect(
        "    const watcher = new ResizeObserver(show);\n    watcher.observe(ref.current);\n    window.addEventListener('focus', show); // leak listener/dom-event-listener\n    if (!id) return () => watcher.disconnect();\n    return () => {\n      watcher.disconnect();\n      window.removeEventListener('focus', show);\n    };",
      ),
    },
    {
      name: 'what an API that nobody describes gives, called or given back',
      code: effect(
        "    const stop = bus.listen('line', () => show()); // leak listener/end-dropped\n    const end = bus.listen('end', () => show()); // leak listener/end-dropped\n    if (!id) return;\n    if (id > 1) return end;\n    return () => {\n      stop();\n      end();\n    };",
      ),
    },
  ],
  [
    {
      name: 'each way ends it',
      code: effect(
        "    const watcher = new ResizeObserver(show);\n    watcher.observe(ref.current);\n    window.addEventListener('focus', show);\n    const rest = () => window.removeEventListener('focus', show);\n    if (!id) return () => {\n      watcher.disconnect();\n      rest();\n    };\n    return () => {\n      watcher.disconnect();\n      window.removeEventListener('focus', show);\n    };",
      ),
    },
    {
      name: 'it is ended before the early way out',
      code: effect(
        "    const stop = bus.listen('line', () => show());\n    if (!id) {\n      stop();\n      return;\n    }\n    return stop;",
      ),
    },
    {
      name: 'begun behind the condition, or handed to somebody else',
      code: effect(
        "    if (!id) return;\n    const stop = bus.listen('line', () => show());\n    return () => stop();",
      ),
    },
  ],
);
