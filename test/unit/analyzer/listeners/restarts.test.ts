import { samples } from '../expectLeaks';

samples(
  'Intervals that only a new start clears, and a teardown forgets',
  [
    {
      name: 'a start that may find nothing to do',
      path: 'src/Header.jsx',
      code: `import { Component } from 'react';
import { settings } from './settings';
export class Header extends Component {
  componentDidMount() {
    this.startSync();
  }
  componentWillUnmount() {
    this.request.abort();
  }
  startSync = () => {
    if (this.syncing) {
      clearInterval(this.syncing);
      this.syncing = null;
    }
    const minutes = settings.read('minutes');
    if (!minutes) return;
    this.syncing = setInterval(() => { // leak listener/interval
      if (!settings.read('minutes')) {
        clearInterval(this.syncing);
        return;
      }
      this.sync();
    }, minutes * 60000);
  };
}`,
    },
    {
      name: 'a start of a service, under a condition',
      path: 'src/feed.ts',
      code: `export class Feed {
  private timer: any;
  constructor(private readonly source: Source) {}
  restart() {
    clearInterval(this.timer);
    if (this.source.isLive) this.timer = setInterval(() => this.pull(), 5000); // leak listener/interval
  }
  pull() {}
  dispose() {
    this.source.close();
  }
}`,
    },
  ],
  [
    {
      name: 'a function that is told of how long may be told of none',
      path: 'src/feed.ts',
      code: `export class Feed {
  private timer: any;
  constructor(private readonly source: Source) {}
  every(seconds: number) {
    clearInterval(this.timer);
    if (seconds > 0) this.timer = setInterval(() => this.pull(), seconds * 1000);
  }
  pull() {}
  dispose() {
    this.source.close();
  }
}`,
    },
    {
      name: 'the teardown starts it once more, which finds nothing to do',
      path: 'src/feed.ts',
      code: `export class Feed {
  private timer: any;
  constructor(private readonly source: Source) {}
  restart() {
    clearInterval(this.timer);
    if (this.source.isLive) this.timer = setInterval(() => this.pull(), 5000);
  }
  pull() {}
  dispose() {
    this.source.close();
    this.restart();
  }
}`,
    },
    {
      name: 'another method clears it, too',
      path: 'src/feed.ts',
      code: `export class Feed {
  private timer: any;
  constructor(private readonly source: Source) {}
  restart() {
    clearInterval(this.timer);
    if (this.source.isLive) this.timer = setInterval(() => this.pull(), 5000);
  }
  pull() {}
  halt() {
    clearInterval(this.timer);
  }
  dispose() {
    this.source.close();
  }
}`,
    },
  ],
);
