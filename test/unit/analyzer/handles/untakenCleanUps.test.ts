import { samples } from '../expectLeaks';

const tabs = (begin: string, end: string, mark = '') => `import { useEffect } from 'react';
export function Tabs({ id }) {
  useEffect(${begin} => {
    const channel = new BroadcastChannel('tabs');${mark}
    const say = (text) => channel.postMessage({ id, text });
    channel.onmessage = ({ data }) => console.log(data);
    say('hello');
    ${end}
  }, [id]);
  return <p />;
}`;

samples(
  'clean-ups that come as a promise',
  [
    {
      name: 'of an effect',
      path: 'src/Tabs.jsx',
      code: tabs(
        'async ()',
        "return () => {\n      say('bye');\n      channel.close();\n    };",
        ' // leak handle/broadcast-channel',
      ),
    },
    {
      name: 'of a component of Svelte',
      code: `import { onMount } from 'svelte';
export function announce() {
  onMount(async () => {
    const me = await fetch('/me').then((answer) => answer.json());
    const channel = new BroadcastChannel('tabs'); // leak handle/broadcast-channel
    channel.postMessage(me);
    return () => channel.close();
  });
}`,
    },
    {
      name: 'one that another handler ends, which nobody takes either',
      path: 'src/Tabs.jsx',
      code: tabs(
        'async ()',
        'const end = () => channel.close();\n    return () => {\n      end();\n    };',
        ' // leak handle/broadcast-channel',
      ),
    },
  ],
  [
    {
      name: 'a clean-up that is taken',
      path: 'src/Tabs.jsx',
      code: tabs('()', "return () => {\n      say('bye');\n      channel.close();\n    };"),
    },
    {
      name: 'one that an event ends, too',
      path: 'src/Tabs.jsx',
      code: tabs(
        'async ()',
        "window.addEventListener('pagehide', () => channel.close(), { once: true });\n    return () => channel.close();",
      ),
    },
    {
      name: 'one that a condition ends at once',
      path: 'src/Tabs.jsx',
      code: tabs('async ()', 'if (id) channel.close();\n    return () => channel.close();'),
    },
    {
      name: 'a hook of the program that has the same name',
      path: 'src/Tabs.jsx',
      code: tabs('async ()', 'return () => channel.close();').replace("from 'react'", "from './hooks'"),
    },
  ],
);
