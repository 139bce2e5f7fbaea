import { samples } from '../expectLeaks';

samples(
  'a retry that opens again what has been ended',
  [
    {
      name: 'a socket whose close arms the next connection',
      code: `export class Feed {
  private socket: WebSocket | null = null;
  constructor(private readonly url: string) {}
  connect(): void {
    this.socket = new WebSocket(this.url);
    this.socket.onclose = () => {
      setTimeout(() => this.connect(), this.url.length); // leak listener/timeout-in-class
    };
  }
  close(): void {
    this.socket?.close();
    this.socket = null;
  }
}`,
    },
    {
      name: 'a factory whose failed runner is started anew',
      code: `export function makeWorker(driver: { open(): { stop(): Promise<void>; start(fail: (error: Error) => void): Promise<void> } }) {
  let runner: ReturnType<typeof driver.open> | null = null;
  const start = async () => {
    runner = driver.open();
    await runner.start((error) => {
      setTimeout(() => start(), error.message.length); // leak listener/timeout-in-class
    });
  };
  const stop = async () => {
    if (runner) await runner.stop();
    runner = null;
  };
  return { start, stop };
}`,
    },
  ],
  [
    {
      name: 'a turn later, when the page is there',
      code: `export class Chart {
  private view: View | null = null;
  constructor(private readonly make: () => View) {}
  update(): void {
    setTimeout(() => this.draw());
  }
  private draw(): void {
    this.view = this.make();
  }
  destroy(): void {
    this.view?.destroy();
  }
}`,
    },
    {
      name: 'a flag that the end sets, and the handler asks for',
      code: `export class Feed {
  private socket: WebSocket | null = null;
  private wanted = true;
  constructor(private readonly url: string) {}
  connect(): void {
    this.socket = new WebSocket(this.url);
    this.socket.onclose = () => {
      if (this.wanted) setTimeout(() => this.connect(), this.url.length);
    };
  }
  close(): void {
    this.wanted = false;
    this.socket?.close();
    this.socket = null;
  }
}`,
    },
    {
      name: 'the opening itself asks whether all is over',
      code: `export class Feed {
  private socket: WebSocket | null = null;
  private over = false;
  constructor(private readonly url: string) {}
  connect(): void {
    if (this.over) return;
    this.socket = new WebSocket(this.url);
    this.socket.onclose = () => {
      setTimeout(() => this.connect(), this.url.length);
    };
  }
  close(): void {
    this.over = true;
    this.socket?.close();
  }
}`,
    },
    {
      name: 'another socket by then',
      code: `export class Feed {
  private socket: WebSocket | null = null;
  constructor(private readonly url: string) {}
  connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onclose = () => {
      if (socket === this.socket) setTimeout(() => this.connect(), this.url.length);
    };
  }
  close(): void {
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }
}`,
    },
    {
      name: 'what the timer runs ends it first',
      code: `export class Feed {
  private socket: WebSocket | null = null;
  constructor(private readonly url: string) {}
  connect(): void {
    this.socket = new WebSocket(this.url);
    this.socket.onerror = () => {
      setTimeout(() => this.renew(), this.url.length);
    };
  }
  private renew(): void {
    this.close();
    this.connect();
  }
  close(): void {
    this.socket?.close();
    this.socket = null;
  }
}`,
    },
  ],
);
