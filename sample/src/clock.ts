/** A clock that ticks for ever: its teardown forgets the interval. */
export class Clock {
  private readonly face: HTMLElement;

  constructor(face: HTMLElement) {
    this.face = face;
    setInterval(() => this.draw(), 1000);
    window.addEventListener('resize', () => this.draw());
  }

  draw(): void {
    this.face.textContent = new Date().toLocaleTimeString();
  }

  destroy(): void {
    this.face.remove();
  }
}

/** One for each face. */
export function addClocks(faces: readonly HTMLElement[]): readonly Clock[] {
  const clocks: Clock[] = [];
  for (const face of faces) clocks.push(new Clock(face));
  return clocks;
}
