// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text from files and agents, made safe for a terminal or a plain view: control characters and escape sequences are shown, not obeyed. */
export function plain(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('\t', ' ').replace(unsafe, escaped);
}

/** A list of numbers in indented JSON. A line end stands in no string there, so that it is never a part of one. */
const numberList = /\[\n *((?:-?\d[^\s,\]]*|null)(?:,\n *(?:-?\d[^\s,\]]*|null))*)\n *\]/g;

/**
 * JSON text, indented, with a line end; each list of numbers on one line. Control characters beyond ASCII and marks that turn the
 * direction of text are written as escapes, so that a terminal shows them; the value is the same.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
    .replace(numberList, (_, numbers: string) => `[${numbers.replace(/,\n */g, ', ')}]`)
    .replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped);
  return `${text}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** "3 min", "5 h", "12 d" between two instants; "no date" without the first. */
export function ageText(instant: string | null, now: string): string {
  if (instant === null) return 'no date';
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min old`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h old` : `${Math.floor(hours / 24)} d old`;
}

/** The reason of an objective's state where it says more than value and target; else empty. */
export function ownReason({
  stateReason,
  valueText,
  targetText,
}: {
  readonly stateReason: string;
  readonly valueText: string;
  readonly targetText: string;
}): string {
  return stateReason === `${valueText}; target: ${targetText}` ? '' : stateReason;
}

/** "1 file", "3 files". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
