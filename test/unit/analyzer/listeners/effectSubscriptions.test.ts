import { samples } from '../expectLeaks';

samples(
  'subscriptions of effects to what nobody described',
  [
    {
      name: 'a client that is given, and a function of the effect',
      path: 'src/Chat.jsx',
      code: `import { useEffect, useState } from 'react';
export const Chat = ({ client }) => {
  const [mutes, setMutes] = useState([]);
  useEffect(() => {
    const show = (event) => setMutes(event.mutes);
    client.on(show); // leak listener/store-subscribe-in-effect
    setMutes(client.mutes);
  }, [client]);
  return <p>{mutes}</p>;
};`,
    },
    {
      name: 'a part of a context, and one of a module',
      path: 'src/Rows.jsx',
      code: `import { useContext, useEffect, useState } from 'react';
import { Session } from './session';
import { bus } from './bus';
export function Rows() {
  const [rows, setRows] = useState([]);
  const { feed } = useContext(Session);
  useEffect(() => {
    feed.rows.subscribe((next) => setRows(next)); // leak listener/store-subscribe-in-effect
    const timer = setInterval(() => setRows([]), 60000);
    return () => clearInterval(timer);
  }, [feed]);
  useEffect(() => {
    bus.addListener((next) => setRows(next)); // leak listener/store-subscribe-in-effect
  }, []);
  return <p>{rows}</p>;
}`,
    },
    {
      name: 'of one event of a module, beside a timer that the clean-up ends',
      path: 'src/List.jsx',
      code: `import { useEffect, useRef } from 'react';
import { bus, Events } from './bus';
export function List({ items }) {
  const list = useRef();
  useEffect(() => {
    let timer;
    bus.subscribe(Events.Reveal, (id) => { // leak listener/store-subscribe-in-effect
      timer = setTimeout(() => list.current.scrollTo(id), 500);
    });
    return () => clearTimeout(timer);
  }, [items]);
  return <ul ref={list} />;
}`,
    },
    {
      name: 'of an event by its text, on what the parent gives',
      path: 'src/Chat.jsx',
      code: `import { useEffect, useState } from 'react';
export function Chat({ room }) {
  const [last, setLast] = useState();
  useEffect(() => {
    room.subscribe('line', (line) => setLast(line)); // leak listener/store-subscribe-in-effect
  }, [room]);
  return <p>{last}</p>;
}`,
    },
  ],
  [
    {
      name: 'a clean-up that takes it off, if only on a condition',
      path: 'src/Chat.jsx',
      code: `import { useEffect, useState } from 'react';
export const Chat = ({ client }) => {
  const [mutes, setMutes] = useState([]);
  useEffect(() => {
    const show = (event) => setMutes(event.mutes);
    client.on(show);
    return () => {
      if (client.isOpen) client.off(show);
    };
  }, [client]);
  return <p>{mutes}</p>;
};`,
    },
    {
      name: 'what the call gives is the clean-up, or is kept',
      path: 'src/Rows.jsx',
      code: `import { useEffect, useState } from 'react';
export function Rows({ feed, ends }) {
  const [rows, setRows] = useState([]);
  useEffect(() => feed.subscribe((next) => setRows(next)), [feed]);
  useEffect(() => {
    ends.push(feed.subscribe((next) => setRows(next)));
  }, [feed]);
  return <p>{rows}</p>;
}`,
    },
    {
      name: 'what the component makes goes with it',
      path: 'src/Rows.jsx',
      code: `import { useEffect, useMemo, useState } from 'react';
import { Feed } from './feed';
export function Rows() {
  const [rows, setRows] = useState([]);
  const feed = useMemo(() => new Feed(), []);
  useEffect(() => {
    feed.subscribe((next) => setRows(next));
    const own = new Feed();
    own.subscribe((next) => setRows(next));
  }, [feed]);
  return <p>{rows}</p>;
}`,
    },
    {
      name: 'of one event, taken off by the clean-up, or by what the call gives',
      path: 'src/List.jsx',
      code: `import { useEffect, useRef } from 'react';
import { bus, Events } from './bus';
export function List({ items }) {
  const list = useRef();
  useEffect(() => {
    const reveal = (id) => list.current.scrollTo(id);
    bus.subscribe(Events.Reveal, reveal);
    return () => bus.unsubscribe(Events.Reveal, reveal);
  }, [items]);
  useEffect(() => bus.subscribe(Events.Hide, () => list.current.hide()), [items]);
  return <ul ref={list} />;
}`,
    },
    {
      name: 'two arguments of which none is an event',
      path: 'src/List.jsx',
      code: `import { useEffect, useState } from 'react';
import { feed } from './feed';
export function List({ items }) {
  const [rows, setRows] = useState([]);
  useEffect(() => {
    feed.subscribe(items, (next) => setRows(next));
  }, [items]);
  return <p>{rows}</p>;
}`,
    },
    {
      name: 'a clean-up that ends what it listens to',
      path: 'src/Rows.jsx',
      code: `import { useEffect, useState } from 'react';
export function Rows({ session }) {
  const [rows, setRows] = useState([]);
  useEffect(() => {
    session.feed.subscribe((next) => setRows(next));
    return () => session.leave();
  }, [session]);
  return <p>{rows}</p>;
}`,
    },
    {
      name: 'what another hook gives may take its handlers off itself',
      path: 'src/Rows.jsx',
      code: `import { useEffect, useState } from 'react';
import { useFeed } from './feed';
export function Rows() {
  const [rows, setRows] = useState([]);
  const feed = useFeed();
  useEffect(() => {
    feed.subscribe((next) => setRows(next));
  }, [feed]);
  return <p>{rows}</p>;
}`,
    },
  ],
);
