/** Polls until it is told to stop: everything it starts, it ends. */
export class Poller {
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly onVisible = (): void => this.poll();

  constructor(private readonly load: () => void) {}

  start(): void {
    this.stop();
    this.timer = setInterval(() => this.poll(), 5000);
    document.addEventListener('visibilitychange', this.onVisible);
  }

  stop(): void {
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.onVisible);
  }

  private poll(): void {
    this.load();
  }
}
