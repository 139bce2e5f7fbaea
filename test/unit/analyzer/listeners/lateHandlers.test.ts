import { samples } from '../expectLeaks';

const hook = (body: string): string =>
  `import { useEffect } from 'react';
export function useStream(ticket, show, close) {
  useEffect(() => {
${body}
  }, [ticket, show]);
}`;

/** A flag that only a handler or a catch asks for is not asked for between the wait and what comes after it. */
samples(
  'listener/subscribed-after-dispose',
  [
    {
      name: 'a flag that the close handler asks for',
      code: hook(`    let stream;
    let gone = false;
    (async () => {
      const key = await ticket();
      stream = new EventSource('/feed?' + key); // leak listener/subscribed-after-dispose
      stream.onerror = () => {
        if (!gone) show('lost');
      };
    })();
    return () => {
      gone = true;
      stream?.close();
    };`),
    },
    {
      name: 'a flag that the catch asks for',
      code: hook(`    let stream;
    let gone = false;
    async function open() {
      try {
        const key = await ticket();
        stream = new WebSocket('/feed?' + key); // leak listener/subscribed-after-dispose
      } catch (error) {
        if (!gone) show(error);
      }
    }
    open();
    return () => {
      gone = true;
      stream?.close();
    };`),
    },
    {
      name: 'a flag that a listener asks for',
      code: hook(`    let stream;
    let gone = false;
    ticket().then((key) => {
      stream = new EventSource('/feed?' + key); // leak listener/subscribed-after-dispose
      stream.addEventListener('message', (event) => {
        if (gone) return;
        show(event.data);
      });
    });
    return () => {
      gone = true;
      stream?.close();
    };`),
    },
  ],
  [
    {
      name: 'asked after the wait',
      code: hook(`    let stream;
    let gone = false;
    (async () => {
      const key = await ticket();
      if (gone) return;
      stream = new EventSource('/feed?' + key);
      stream.onerror = () => {
        if (!gone) show('lost');
      };
    })();
    return () => {
      gone = true;
      stream?.close();
    };`),
    },
    {
      name: 'ended when it opens too late',
      code: hook(`    let stream;
    let gone = false;
    (async () => {
      const key = await ticket();
      stream = new WebSocket('/feed?' + key);
      stream.onopen = () => {
        if (gone) stream.close();
      };
    })();
    return () => {
      gone = true;
      stream?.close();
    };`),
    },
    {
      name: 'asked after it was made',
      code: hook(`    let stream;
    let gone = false;
    ticket().then((key) => {
      stream = new WebSocket('/feed?' + key);
      stream.onmessage = (event) => show(event.data);
      if (gone) stream.close();
    });
    return () => {
      gone = true;
      stream?.close();
    };`),
    },
  ],
);
