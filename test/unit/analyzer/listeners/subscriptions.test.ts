import { samples } from '../expectLeaks';

samples(
  'subscriptions to services, devices and shared events',
  [
    {
      name: 'a database in the cloud, and who is signed in',
      path: 'src/useUser.js',
      code: `import { useEffect } from 'react';
import { onValue, ref } from 'firebase/database';
import { onAuthStateChanged } from 'firebase/auth';
export function useUser(db, auth, show) {
  useEffect(() => {
    onAuthStateChanged(auth, (user) => show(user)); // leak listener/subscription-dropped
    onValue(ref(db, 'news'), (news) => show(news.val())); // leak listener/subscription-dropped
  }, [db, auth]);
}`,
    },
    {
      name: 'the state of a mobile app',
      path: 'src/useActive.js',
      code: `import { useEffect } from 'react';
import { AppState, Keyboard } from 'react-native';
import NetInfo from '@react-native-community/netinfo';
export function useActive(onActive) {
  useEffect(() => {
    AppState.addEventListener('change', onActive); // leak listener/subscription-dropped
    Keyboard.addListener('keyboardDidShow', () => onActive('typing')); // leak listener/subscription-dropped
    const end = NetInfo.addEventListener((state) => onActive(state)); // leak listener/subscription-dropped
  }, []);
}`,
    },
    {
      name: 'an event of a browser extension',
      code: `export class Popup extends HTMLElement {
  connectedCallback() {
    chrome.tabs.onActivated.addListener(({ tabId }) => this.show(tabId)); // leak listener/shared-event
  }
  show(_id: number) {}
  disconnectedCallback() {
    this.textContent = '';
  }
}`,
    },
    {
      name: 'shared data of a document',
      code: `import type { Map as Shared } from 'yjs';
export class Cells {
  constructor(private readonly cells: Shared<string>, private readonly table: HTMLElement) {
    this.cells.observe(() => this.draw()); // leak listener/shared-event
  }
  draw() {}
  destroy() {
    this.table.remove();
  }
}`,
    },
    {
      name: 'a job of an object that is closed',
      code: `import { scheduleJob } from 'node-schedule';
export class Report {
  private lines: string[] = [];
  constructor() {
    scheduleJob('0 0 * * *', () => this.lines.splice(0)); // leak listener/scheduled-job
  }
  close() {
    this.lines.length = 0;
  }
}`,
    },
    {
      name: 'a handler that is called on the instance',
      path: 'src/row.js',
      code: `export class Row {
  constructor(pool, el) {
    this.pool = pool;
    this.el = el;
    this.pool.on('sorted', this.draw, this); // leak listener/emitter-on
  }
  draw() {}
  destroy() {
    this.el.remove();
  }
}`,
    },
  ],
  [
    {
      name: 'ended by what they give',
      path: 'src/useActive.js',
      code: `import { useEffect } from 'react';
import { AppState } from 'react-native';
import { onSnapshot } from 'firebase/firestore';
import NetInfo from '@react-native-community/netinfo';
export function useActive(query, onActive) {
  useEffect(() => {
    const change = AppState.addEventListener('change', onActive);
    const stop = NetInfo.addEventListener((state) => onActive(state));
    return () => {
      change.remove();
      stop();
    };
  }, []);
  useEffect(() => onSnapshot(query, (rows) => onActive(rows)), [query]);
}`,
    },
    {
      name: 'removed in the old way',
      path: 'src/Keys.jsx',
      code: `import React from 'react';
import { BackHandler } from 'react-native';
export class Keys extends React.Component {
  componentDidMount() {
    BackHandler.addEventListener('hardwareBackPress', this.back);
  }
  back = () => this.setState({ open: false });
  componentWillUnmount() {
    BackHandler.removeEventListener('hardwareBackPress', this.back);
  }
  render() {
    return null;
  }
}`,
    },
    {
      name: 'once for the whole app',
      path: 'src/background.js',
      code: `import { onAuthStateChanged } from 'firebase/auth';
import cron from 'node-cron';
import { auth } from './auth';
chrome.runtime.onInstalled.addListener(() => console.log('installed'));
onAuthStateChanged(auth, (user) => console.log(user));
export function startJobs(run) {
  cron.schedule('0 7 * * *', run);
}`,
    },
    {
      name: 'a wait for one tab',
      path: 'src/tabs.js',
      code: `export function loaded(id) {
  return new Promise((resolve) => {
    const onUpdated = (tabId, info) => {
      if (tabId !== id || info.status !== 'complete') return;
      chrome.tabs.onUpdated.removeListener(onUpdated);
      resolve();
    };
    chrome.tabs.onUpdated.addListener(onUpdated);
  });
}`,
    },
    {
      name: 'data that the instance makes itself',
      code: `import { Doc } from 'yjs';
export class Draft {
  private readonly doc = new Doc();
  constructor(private readonly table: HTMLElement) {
    this.doc.on('update', () => this.draw());
  }
  draw() {}
  destroy() {
    this.doc.destroy();
    this.table.remove();
  }
}`,
    },
    {
      name: 'a view that stops listening',
      path: 'src/row.js',
      code: `import Backbone from 'backbone';
export const Row = Backbone.View.extend({
  initialize({ pool }) {
    this.pool = pool;
    this.pool.on('sorted', this.render, this);
  },
  render() {
    return this;
  },
  destroy() {
    this.pool.off('sorted', this.render, this);
  },
});`,
    },
  ],
);
