import { samples } from '../expectLeaks';

const hook = (body: string): string =>
  `import { useEffect, useRef } from 'react';\nexport function useFeed(load, show) {\n  const kept = useRef(null);\n  const alive = useRef(true);\n  useEffect(() => {\n${body}\n  }, [load, show]);\n}`;

samples(
  'listener/subscribed-after-dispose',
  [
    {
      name: 'a subscription in the continuation of a promise',
      code: hook(
        '    let sub;\n    load().then((feed) => {\n      sub = feed.subscribe(show); // leak listener/subscribed-after-dispose\n    });\n    return () => sub?.unsubscribe();',
      ),
    },
    {
      name: 'an interval behind an await',
      code: hook(
        '    let timer;\n    async function begin() {\n      await load();\n      timer = setInterval(show, 1000); // leak listener/subscribed-after-dispose\n    }\n    begin();\n    return () => clearInterval(timer);',
      ),
    },
    {
      name: 'what is awaited itself, kept in a ref',
      code: hook(
        '    (async () => {\n      kept.current = await load(); // leak listener/subscribed-after-dispose\n    })();\n    return () => kept.current?.close();',
      ),
    },
    {
      name: 'a listener that only the clean-up removes',
      code: hook(
        "    const run = async () => {\n      await load();\n      window.addEventListener('resize', show); // leak listener/subscribed-after-dispose\n    };\n    run();\n    return () => window.removeEventListener('resize', show);",
      ),
    },
    {
      name: 'a poll that arms itself behind a wait',
      code: hook(
        '    let timer;\n    const poll = async () => {\n      await load();\n      timer = setTimeout(poll, 1000); // leak listener/subscribed-after-dispose\n    };\n    poll();\n    return () => clearTimeout(timer);',
      ),
    },
    {
      name: 'an observable',
      path: 'src/link.js',
      code: `export function link(prepare, forward) {
  return new Observable((observer) => {
    let handle;
    Promise.resolve(prepare()).then(() => {
      handle = forward().subscribe(observer); // leak listener/subscribed-after-dispose
    });
    return () => {
      if (handle) handle.unsubscribe();
    };
  });
}`,
    },
    {
      name: 'an object that ends it',
      path: 'src/panel.js',
      code: `export function openPanel(load, draw) {
  let channel;
  load().then((port) => {
    channel = port.open(draw); // leak listener/subscribed-after-dispose
  });
  return { destroy() { channel?.close(); } };
}`,
    },
  ],
  [
    {
      name: 'a flag that the clean-up sets',
      code: hook(
        '    let sub;\n    let done = false;\n    load().then((feed) => {\n      if (done) return;\n      sub = feed.subscribe(show);\n    });\n    return () => { done = true; sub?.unsubscribe(); };',
      ),
    },
    {
      name: 'a flag of another name that the clean-up sets',
      code: hook(
        '    let sub;\n    let here = true;\n    load().then((feed) => {\n      if (here) sub = feed.subscribe(show);\n    });\n    return () => { here = false; sub?.unsubscribe(); };',
      ),
    },
    {
      name: 'a ref that tells whether the component is there',
      code: hook(
        '    let sub;\n    load().then((feed) => {\n      if (!alive.current) return;\n      sub = feed.subscribe(show);\n    });\n    return () => sub?.unsubscribe();',
      ),
    },
    {
      name: 'a signal that the clean-up aborts',
      code: hook(
        '    let sub;\n    const controller = new AbortController();\n    load(controller.signal).then((feed) => {\n      sub = feed.subscribe(show);\n    });\n    return () => { controller.abort(); sub?.unsubscribe(); };',
      ),
    },
    {
      name: 'a clean-up that waits too',
      code: hook(
        '    let sub;\n    const ready = load().then((feed) => { sub = feed.subscribe(show); });\n    return () => { ready.then(() => sub.unsubscribe()); };',
      ),
    },
    {
      name: 'a value that is there at once',
      code: hook('    let sub;\n    sub = load.subscribe(show);\n    return () => sub.unsubscribe();'),
    },
    {
      name: 'a closing that is tested after it came',
      code: hook(
        '    let sub;\n    let over = false;\n    load().then((feed) => {\n      sub = feed.subscribe(show);\n      if (over) sub.unsubscribe();\n    });\n    return () => { over = true; sub?.unsubscribe(); };',
      ),
    },
    {
      name: 'a timeout that runs once',
      code: hook(
        '    let timer;\n    load().then(() => {\n      timer = setTimeout(show, 100);\n    });\n    return () => clearTimeout(timer);',
      ),
    },
  ],
);
