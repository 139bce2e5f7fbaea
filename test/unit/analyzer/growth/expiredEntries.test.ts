import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'entries whose time is up',
  [
    {
      name: 'an offer that runs out and is only marked',
      path: 'src/offers.js',
      code: `class Offers {
  constructor(tell) {
    this.tell = tell;
    this.made = new Map();
  }
  make(trader, goods) {
    const id = crypto.randomUUID();
    const timer = setTimeout(() => this.lapse(id), 60000);
    this.made.set(id, { trader, goods, timer, expired: false }); // leak cache/entry-left-after-completion
    return id;
  }
  take(id) {
    const offer = this.made.get(id);
    if (!offer || offer.expired) return;
    clearTimeout(offer.timer);
    this.made.delete(id);
    this.tell(offer.trader, 'taken');
  }
  lapse(id) {
    const offer = this.made.get(id);
    if (!offer) return;
    offer.expired = true;
    this.tell(offer.trader, 'lapsed');
  }
}
module.exports = Offers;`,
    },
    {
      name: 'a wait in a module that a function named so ends',
      code: `interface Wait { answer(ok: boolean): void; timer: NodeJS.Timeout }
const waits = new Map<string, Wait>();
export function confirm(orderId: string, answer: (ok: boolean) => void) {
  waits.set(orderId, { answer, timer: setTimeout(onTimeout, 5000, orderId) }); // leak cache/entry-left-after-completion
}
export function confirmed(orderId: string) {
  const wait = waits.get(orderId);
  if (!wait) return;
  clearTimeout(wait.timer);
  waits.delete(orderId);
  wait.answer(true);
}
function onTimeout(orderId: string) {
  waits.get(orderId)?.answer(false);
}`,
    },
  ],
  [
    {
      name: 'an offer that leaves when it runs out, if it is there',
      path: 'src/offers.js',
      code: `class Offers {
  constructor(tell) {
    this.tell = tell;
    this.made = new Map();
  }
  make(trader, goods) {
    const id = crypto.randomUUID();
    const timer = setTimeout(() => this.lapse(id), 60000);
    this.made.set(id, { trader, goods, timer });
    return id;
  }
  take(id) {
    const offer = this.made.get(id);
    clearTimeout(offer.timer);
    this.made.delete(id);
    this.tell(offer.trader, 'taken');
  }
  lapse(id) {
    const offer = this.made.get(id);
    if (!offer) return;
    this.made.delete(id);
    this.tell(offer.trader, 'lapsed');
  }
}
module.exports = Offers;`,
    },
    {
      name: 'a reminder, after which the offer goes on',
      path: 'src/offers.js',
      code: `class Offers {
  constructor(tell) {
    this.tell = tell;
    this.made = new Map();
  }
  make(trader, goods) {
    const id = crypto.randomUUID();
    const offer = { trader, goods };
    this.made.set(id, offer);
    offer.wait = setTimeout(() => this.remind(id), 60000);
    return id;
  }
  take(id) {
    const offer = this.made.get(id);
    clearTimeout(offer.wait);
    this.made.delete(id);
    this.tell(offer.trader, 'taken');
  }
  remind(id) {
    const offer = this.made.get(id);
    if (offer) this.tell(offer.trader, 'still there');
  }
}
module.exports = Offers;`,
    },
    {
      name: 'a time limit that tries again',
      path: 'src/calls.js',
      code: `class Calls {
  constructor(line) {
    this.line = line;
    this.open = new Map();
  }
  call(requestId, number) {
    const one = { number };
    this.open.set(requestId, one);
    one.wait = setTimeout(() => this.onTimeout(requestId), 5000);
  }
  answered(requestId) {
    clearTimeout(this.open.get(requestId)?.wait);
    this.open.delete(requestId);
  }
  onTimeout(requestId) {
    const one = this.open.get(requestId);
    if (!one) return;
    this.line.dial(one.number);
    one.wait = setTimeout(() => this.onTimeout(requestId), 5000);
  }
}
module.exports = Calls;`,
    },
  ],
);

describe('an entry whose time is up and of which others hear', () => {
  it('is not told where a handler takes it out', () => {
    const code = `class Offers {
  constructor(bus) {
    this.bus = bus;
    this.made = new Map();
    bus.on('lapsed', (id) => this.made.delete(id));
  }
  make(trader) {
    const id = crypto.randomUUID();
    const timer = setTimeout(() => this.lapse(id), 60000);
    this.made.set(id, { trader, timer, expired: false });
    return id;
  }
  take(id) {
    clearTimeout(this.made.get(id).timer);
    this.made.delete(id);
  }
  lapse(id) {
    const offer = this.made.get(id);
    offer.expired = true;
    this.bus.emit('lapsed', id);
  }
}
module.exports = Offers;`;
    assert.deepEqual(findingsOf(code, 'src/offers.js'), []);
  });
});
