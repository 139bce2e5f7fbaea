import { samples } from '../expectLeaks';

samples(
  'what each visit of a kept view begins',
  [
    {
      name: 'a handler on a bus, removed when the view is gone',
      path: 'src/list.js',
      code: `import bus from './bus';
export default {
  data: () => ({ items: [] }),
  activated() {
    this.onAdded = (item) => this.items.push(item);
    bus.on('added', this.onAdded); // leak listener/emitter-on
  },
  beforeUnmount() {
    bus.off('added', this.onAdded);
  },
};`,
    },
    {
      name: 'a clock of a page that is entered again',
      code: `import { Component } from '@angular/core';
@Component({ selector: 'app-page', template: '' })
export class Page {
  private clock: number | undefined;
  ionViewWillEnter() {
    this.clock = setInterval(() => this.load(), 1000); // leak listener/interval
  }
  load() {}
  ngOnDestroy() {
    clearInterval(this.clock);
  }
}`,
    },
    {
      name: 'a new function on the page at each visit',
      path: 'src/useKeys.js',
      code: `import { onActivated, onUnmounted } from 'vue';
export function useKeys(run) {
  let onKey;
  onActivated(() => {
    onKey = (event) => run(event.key);
    document.addEventListener('keydown', onKey); // leak listener/dom-event-listener
  });
  onUnmounted(() => document.removeEventListener('keydown', onKey));
}`,
    },
  ],
  [
    {
      name: 'a handler that each visit removes',
      path: 'src/list.js',
      code: `import bus from './bus';
export default {
  data: () => ({ items: [] }),
  activated() {
    this.listen();
  },
  deactivated() {
    this.unlisten();
  },
  beforeUnmount() {
    this.unlisten();
  },
  methods: {
    listen() {
      bus.on('added', this.add);
      this.clock = setInterval(this.add, 1000);
    },
    unlisten() {
      bus.off('added', this.add);
      clearInterval(this.clock);
    },
    add() {},
  },
};`,
    },
    {
      name: 'a clock that the view stops when it is left',
      code: `import { Component } from '@angular/core';
@Component({ selector: 'app-page', template: '' })
export class Page {
  private clock: number | undefined;
  ionViewDidEnter() {
    this.clock = setInterval(() => this.load(), 1000);
  }
  load() {}
  ionViewWillLeave() {
    clearInterval(this.clock);
  }
}`,
    },
    {
      name: 'one function on the page, however often it is added',
      path: 'src/list.js',
      code: `export default {
  data: () => ({ items: [] }),
  activated() {
    window.addEventListener('resize', this.fit);
  },
  beforeUnmount() {
    window.removeEventListener('resize', this.fit);
  },
  methods: { fit() {} },
};`,
    },
    {
      name: 'one that takes the old one off first',
      path: 'src/list.js',
      code: `import bus from './bus';
export default {
  data: () => ({ items: [] }),
  activated() {
    bus.off('added', this.add);
    bus.on('added', this.add);
  },
  beforeUnmount() {
    bus.off('added', this.add);
  },
  methods: { add() {} },
};`,
    },
  ],
);

samples(
  'what a container makes for each request',
  [
    {
      name: 'a subscription of a request’s own service',
      code: `import { Injectable, Scope } from '@nestjs/common';
import type { PriceService } from './prices';
@Injectable({ scope: Scope.REQUEST })
export class Quote {
  private last = 0;
  constructor(private readonly prices: PriceService) {
    this.prices.moved.subscribe((price) => (this.last = price)); // leak listener/rx-subscription-ignored
  }
}`,
    },
    {
      name: 'a handler of a transient service',
      code: `import { Injectable, Scope } from '@nestjs/common';
import type { EventEmitter2 } from 'eventemitter2';
@Injectable({ scope: Scope.TRANSIENT })
export class Audit {
  constructor(private readonly bus: EventEmitter2) {
    this.bus.on('login', () => this.note()); // leak listener/emitter-on
  }
  note() {}
}`,
    },
    {
      name: 'a clock of a prototype',
      code: `import { Provide, Scope, ScopeEnum } from '@midwayjs/core';
@Provide()
@Scope(ScopeEnum.Prototype)
export class Sampler {
  constructor() {
    setInterval(() => this.sample(), 1000); // leak listener/interval
  }
  sample() {}
}`,
    },
  ],
  [
    {
      name: 'a service that there is once',
      code: `import { Injectable } from '@nestjs/common';
import type { PriceService } from './prices';
@Injectable()
export class Quote {
  private last = 0;
  constructor(private readonly prices: PriceService) {
    this.prices.moved.subscribe((price) => (this.last = price));
  }
}`,
    },
    {
      name: 'a scope that names the one of all',
      code: `import { Injectable, Scope } from '@nestjs/common';
import type { PriceService } from './prices';
@Injectable({ scope: Scope.DEFAULT })
export class Quote {
  private last = 0;
  constructor(private readonly prices: PriceService) {
    this.prices.moved.subscribe((price) => (this.last = price));
  }
}`,
    },
    {
      name: 'a request’s own service that reads once',
      code: `import { Injectable, Scope } from '@nestjs/common';
import { first } from 'rxjs';
import type { PriceService } from './prices';
@Injectable({ scope: Scope.REQUEST })
export class Quote {
  private last = 0;
  constructor(private readonly prices: PriceService) {
    this.prices.moved.pipe(first()).subscribe((price) => (this.last = price));
  }
}`,
    },
  ],
);
