import { samples } from '../expectLeaks';

samples(
  'What is named with its early name beside it',
  [
    {
      name: 'in a class whose end leaves it',
      code: `export class Meter {
  private timer = 0;
  private audio: AudioContext;
  constructor(stream: MediaStream) {
    const AudioContext = window.AudioContext || window.webkitAudioContext;
    this.audio = new AudioContext(); // leak handle/audio-context
    this.audio.createMediaStreamSource(stream);
  }
  dispose(): void {
    clearTimeout(this.timer);
  }
}`,
    },
    {
      name: 'in a function that is called for each sound',
      code: `const Context = self.AudioContext || self.webkitAudioContext;
export function beep() {
  const audio = new Context(); // leak handle/audio-context
  audio.createOscillator().start();
}`,
    },
  ],
  [
    {
      name: 'ended where its owner ends',
      code: `export class Meter {
  private audio: AudioContext;
  constructor(stream: MediaStream) {
    const AudioContext = window.AudioContext || window.webkitAudioContext;
    this.audio = new AudioContext();
    this.audio.createMediaStreamSource(stream);
  }
  dispose(): void {
    this.audio.close();
  }
}`,
    },
    {
      name: 'made once and kept for the next start',
      code: `export class Drums {
  private audio: AudioContext | undefined;
  private timer = 0;
  play() {
    if (!this.audio) {
      const Context = window.AudioContext || window.webkitAudioContext;
      this.audio = new Context();
    }
    this.timer = window.setInterval(() => this.audio?.createOscillator().start(), 500);
  }
  stop() {
    clearInterval(this.timer);
  }
}`,
    },
    {
      name: 'two things of other names',
      code: `const Context = window.FakeContext || window.AudioContext;
export function beep() {
  const audio = new Context();
  audio.createOscillator().start();
}`,
    },
  ],
);
