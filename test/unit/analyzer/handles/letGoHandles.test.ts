import { samples } from '../expectLeaks';

const feed = (body: string): string => `export class Feed {
  private source: EventSource | null = null;
  open(url: string) {
    this.source = new EventSource(url);MADE
  }
  ${body}
  close() {
    this.source?.close();
    this.source = null;
  }
}`;

samples(
  'handle/event-source',
  [
    {
      name: 'a place that is emptied over an open one',
      code: feed('mute() {\n    this.source = null;\n  }').replace('MADE', ' // leak handle/event-source'),
    },
    {
      name: 'made for a request whose end forgets it',
      code: `export function relay(app, url: string) {
  app.get('/relay', (request, response) => {
    const beat = setInterval(() => response.write(':'), 15000);
    const source = new EventSource(url); // leak handle/event-source
    source.onmessage = (event) => response.write(event.data);
    request.on('close', () => clearInterval(beat));
  });
}`,
    },
  ],
  [
    {
      name: 'closed before it is emptied',
      code: feed('mute() {\n    this.source?.close();\n    this.source = null;\n  }').replace('MADE', ''),
    },
    {
      name: 'emptied because it has ended',
      code: feed('onClosed() {\n    this.source = null;\n  }').replace('MADE', ''),
    },
    {
      name: 'closed with its request',
      code: `export function relay(app, url: string) {
  app.get('/relay', (request, response) => {
    const beat = setInterval(() => response.write(':'), 15000);
    const source = new EventSource(url);
    source.onmessage = (event) => response.write(event.data);
    request.on('close', () => {
      clearInterval(beat);
      source.close();
    });
  });
}`,
    },
  ],
);

const service = (stop: string): string => `abstract class Service {
  protected feed?: EventSource;
  start() {
    this.feed = new EventSource('/feed');
  }
  stop() {
    this.feed?.close();
  }
}
export class Index extends Service {
  private readonly worker = new Worker('/index.js');
  ${stop}
}`;

samples(
  'listener/missing-super-dispose',
  [
    {
      name: 'a stop that hides that of the base',
      code: service('override stop() { // leak listener/missing-super-dispose\n    this.worker.terminate();\n  }'),
    },
  ],
  [
    {
      name: 'a stop that calls that of the base',
      code: service('override stop() {\n    super.stop();\n    this.worker.terminate();\n  }'),
    },
    {
      name: 'a stop that ends what the base has',
      code: service('override stop() {\n    this.feed?.close();\n    this.worker.terminate();\n  }'),
    },
  ],
);
