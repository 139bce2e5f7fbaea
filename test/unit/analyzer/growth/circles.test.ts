import { samples } from '../expectLeaks';

samples(
  'functions that come back to each other',
  [
    {
      name: 'a retry in a timer, which the work begins again',
      code: `const inFlight = new Set<number>();
function later(id: number) {
  setTimeout(() => { void send(id); }, 5000);
}
async function send(id: number) {
  inFlight.add(id); // leak cache/set-field-only-grows
  const isSent = await fetch('/items/' + id);
  if (!isSent.ok) later(id);
}
export function change(id: number) {
  if (!inFlight.has(id)) later(id);
}`,
    },
    {
      name: 'the same, asked for in the other order',
      code: `const inFlight = new Set<number>();
export function change(id: number) {
  if (!inFlight.has(id)) later(id);
}
async function send(id: number) {
  inFlight.add(id); // leak cache/set-field-only-grows
  const isSent = await fetch('/items/' + id);
  if (!isSent.ok) later(id);
}
const later = (id: number) => setTimeout(() => { void send(id); }, 5000);`,
    },
  ],
  [
    {
      name: 'taken out on every way',
      code: `const inFlight = new Set<number>();
function later(id: number) {
  setTimeout(() => { void send(id); }, 5000);
}
async function send(id: number) {
  inFlight.add(id);
  try {
    const isSent = await fetch('/items/' + id);
    if (!isSent.ok) later(id);
  } finally {
    inFlight.delete(id);
  }
}
export function change(id: number) {
  if (!inFlight.has(id)) later(id);
}`,
    },
    {
      name: 'a circle that only the start of the program enters',
      code: `const inFlight = new Set<string>();
function later() { setTimeout(() => { void send(); }, 5000); }
async function send() {
  inFlight.add('status');
  await fetch('/status');
  if (inFlight.has('status')) later();
}
later();`,
    },
  ],
);
