import { samples } from '../expectLeaks';

samples(
  'listener/timeout-rearm-loop of an owner that has an end',
  [
    {
      name: 'a poll of a class that gives its parts to its base',
      code: `export class Inbox extends Disposable {
  constructor(private readonly mail: Mail) {
    super();
    this._register(mail.onDidArrive(() => this.check()));
  }
  private async check() {
    const folder = this.mail.folder();
    if (!folder) return;
    await this.load(folder);
    setTimeout(() => this.check(), 60_000); // leak listener/timeout-rearm-loop
  }
  private load(folder: Folder) {}
}`,
    },
    {
      name: 'a poll that goes on behind a promise',
      path: 'src/queue.js',
      code: `class Queue {
  start() {
    this.fetch().finally(() => {
      setTimeout(() => this.start(), 5000); // leak listener/timeout-rearm-loop
    });
  }
  fetch() {}
  destroy() {
    this.connection.end();
  }
}
module.exports = Queue;`,
    },
    {
      name: 'a handle in a field that nobody ends',
      code: `export class Beacon {
  timer?: number;
  async beat() {
    try {
      await this.send();
    } catch (error) {
      this.report(error);
    }
    this.timer = window.setTimeout(() => this.beat(), 1000); // leak listener/timeout-rearm-loop
  }
  dispose() {
    this.socket.close();
  }
}`,
    },
  ],
  [
    {
      name: 'a poll that a registered disposable ends',
      code: `export class Inbox extends Disposable {
  private timer: number | undefined;
  constructor(private readonly mail: Mail) {
    super();
    this._register(mail.onDidArrive(() => this.check()));
    this._register({ dispose: () => clearTimeout(this.timer) });
  }
  private async check() {
    await this.load();
    this.timer = window.setTimeout(() => this.check(), 60_000);
  }
}`,
    },
    {
      name: 'a flag that the teardown sets',
      code: `export class Beacon {
  private over = false;
  async beat() {
    await this.send();
    if (!this.over) setTimeout(() => this.beat(), 500);
  }
  dispose() {
    this.over = true;
    this.socket.close();
  }
}`,
    },
    {
      name: 'a number of attempts',
      code: `export class Beacon {
  async beat(left = 5) {
    if (left <= 0) return;
    await this.send();
    setTimeout(() => this.beat(left - 1), 500);
  }
  dispose() {
    this.socket.close();
  }
}`,
    },
    {
      name: 'a retry until the work is done',
      code: `export class Beacon {
  async connect() {
    const answer = await this.send();
    if (answer.ok) return;
    setTimeout(() => this.connect(), 500);
  }
  dispose() {
    this.socket.close();
  }
}`,
    },
    {
      name: 'a class without an end',
      code: `export class Beacon {
  async beat() {
    if (!this.url) return;
    await this.send();
    setTimeout(() => this.beat(), 1000);
  }
}
export const beacon = new Beacon();`,
    },
  ],
);

samples(
  'the first link of a chain',
  [
    {
      name: 'a check whose later timers are kept',
      code: `export class Probe {
  timer: any;
  start() {
    const check = () => {
      if (this.box.height) this.show();
      else this.timer = setTimeout(() => check(), 50);
    };
    setTimeout(() => check()); // leak listener/timeout-in-class
  }
  ngOnDestroy() {
    clearTimeout(this.timer);
  }
}`,
    },
    {
      name: 'a method that arms itself',
      path: 'src/ticker.js',
      code: `export class Ticker {
  constructor(clock) {
    this.clock = clock;
    setTimeout(() => this.tick(), 10); // leak listener/timeout-in-class
  }
  tick() {
    this.clock.advance();
    this.next = setTimeout(() => this.tick(), 1000);
  }
  destroy() {
    clearTimeout(this.next);
  }
}`,
    },
    {
      name: 'a bound method',
      code: `export class Ticker {
  private next?: number;
  begin() {
    window.setTimeout(this.tick.bind(this), 10); // leak listener/timeout-in-class
  }
  private tick() {
    this.next = window.setTimeout(this.tick.bind(this), 1000);
  }
  dispose() {
    window.clearTimeout(this.next);
  }
}`,
    },
  ],
  [
    {
      name: 'a first one that is kept too',
      code: `export class Ticker {
  next: any;
  begin() {
    this.next = setTimeout(() => this.tick(), 10);
  }
  tick() {
    this.next = setTimeout(() => this.tick(), 1000);
  }
  dispose() {
    clearTimeout(this.next);
  }
}`,
    },
    {
      name: 'a flag that is tested before the next one',
      code: `export class Ticker {
  next: any;
  begin() {
    setTimeout(() => this.tick(), 10);
  }
  tick() {
    if (this.disposed) return;
    this.next = setTimeout(() => this.tick(), 1000);
  }
  dispose() {
    this.disposed = true;
    clearTimeout(this.next);
  }
}`,
    },
    {
      name: 'a callback that arms one that is no chain',
      code: `export class Hint {
  hide: any;
  show() {
    setTimeout(() => this.open(), 10);
  }
  open() {
    this.hide = setTimeout(() => this.fade(), 1000);
  }
  fade() {}
  dispose() {
    clearTimeout(this.hide);
  }
}`,
    },
  ],
);
