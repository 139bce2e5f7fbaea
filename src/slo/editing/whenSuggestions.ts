/** What may come next in an alert condition: the closed grammar of `when`, from the characters before the cursor. */
import { type Suggestion, snippetText } from './suggestion';

type Draft = Omit<Suggestion, 'replace'>;

const TERMS: readonly (readonly [insert: string, label: string, meaning: string])[] = [
  ['value', 'value', 'The current value of the indicator.'],
  ['remaining', 'remaining', 'Share of the error budget that is left; below 0 when it is overspent.'],
  ['age', 'age', 'Minutes since the newest valid sample.'],
  [`sli(\${1:1h})`, 'sli(d)', 'Share of good events or slices over the last d.'],
  [`burn(\${1:1h})`, 'burn(d)', 'Burn rate of the error budget over the last d; 1 spends it exactly in its window.'],
  [`delta(\${1:1h})`, 'delta(d)', 'Change of the value against d ago.'],
  [`p95(\${1:1h})`, 'p95(d)', '95th percentile of the events’ numeric field over the last d.'],
  [`median(p95, \${1:7d})`, 'median(p95, d)', 'Median of the hourly p95 of the last d; at least 24 hours with events.'],
];
const OPERATORS: readonly (readonly [string, string])[] = [
  ['<', 'less than'],
  ['<=', 'at most'],
  ['>', 'more than'],
  ['>=', 'at least'],
  ['==', 'equal to'],
  ['!=', 'not equal to'],
];
const UNITS: readonly (readonly [string, string])[] = [
  ['m', 'minutes'],
  ['h', 'hours'],
  ['d', 'days'],
  ['w', 'weeks'],
];
const USUAL_DURATIONS = ['5m', '30m', '1h', '6h', '1d', '3d', '7d'];
const TERM = String.raw`(?:value|remaining|age|(?:sli|burn|delta|p95)\(\s*\d+[mhdw]\s*\)|median\(\s*p95\s*,\s*\d+[mhdw]\s*\))`;
const AT_OPERATOR = new RegExp(String.raw`^\s*${TERM}\s*([<>=!]=?)?$`);
const AT_NUMBER = new RegExp(String.raw`^\s*${TERM}\s*(?:<=|>=|==|!=|<|>)\s*(-?[\d.]*)$`);
const AT_FACTOR = new RegExp(String.raw`^\s*${TERM}\s*(?:<=|>=|==|!=|<|>)\s*-?\d+(?:\.\d+)?\s+(\*?)$`);
const AT_SECOND = new RegExp(String.raw`^\s*${TERM}\s*(?:<=|>=|==|!=|<|>)\s*-?\d+(?:\.\d+)?\s*\*\s*([a-z]?[a-z0-9]*)$`);
const AT_DURATION = /(?:sli|burn|delta|p95)\(\s*(\d*)$|median\(\s*p95\s*,\s*(\d*)$/;

const entry = (label: string, kind: Draft['kind'], documentation: string, more: Partial<Draft> = {}): Draft => ({
  label,
  kind,
  insert: label,
  isSnippet: false,
  detail: '',
  documentation,
  rank: 1,
  goesOn: false,
  ...more,
});

function terms(): readonly Draft[] {
  return TERMS.map(([insert, label, meaning]) =>
    entry(label, 'term', meaning, { insert, isSnippet: insert !== label, goesOn: insert === label }),
  );
}

/**
 * @param before the expression up to the cursor, without its quote
 * @param limits whole conditions that close the gap to an objective, such as `value >= 5`
 * @returns the entries, and how many characters before the cursor they replace
 */
export function whenSuggestions(
  before: string,
  limits: readonly string[] = [],
): { readonly entries: readonly Draft[]; readonly typed: number } {
  const duration = AT_DURATION.exec(before);
  if (duration) {
    const typed = duration[1] ?? duration[2] ?? '';
    const durations = typed === '' ? USUAL_DURATIONS.map((one) => entry(one, 'value', '')) : [];
    const units =
      typed === '' ? [] : UNITS.map(([unit, name]) => entry(`${typed}${unit}`, 'value', `${typed} ${name}`));
    return { entries: [...durations, ...units], typed: typed.length };
  }
  const first = /^\s*([a-z][a-z0-9]*)?$/.exec(before);
  if (first && !AT_OPERATOR.test(before)) {
    const whole = limits.map((text) =>
      entry(text, 'term', 'True whenever the objective is violated: no value violates silently.', {
        insert: snippetText(text),
        isSnippet: true,
        rank: 0,
      }),
    );
    return { entries: [...whole, ...terms()], typed: (first[1] ?? '').length };
  }
  const second = AT_SECOND.exec(before);
  if (second) return { entries: terms(), typed: (second[1] ?? '').length };
  if (AT_FACTOR.test(before))
    return {
      entries: [entry('*', 'operator', 'times a second term', { goesOn: true })],
      typed: before.endsWith('*') ? 1 : 0,
    };
  const operator = AT_OPERATOR.exec(before);
  if (operator)
    return {
      entries: OPERATORS.map(([text, meaning], index) =>
        entry(text, 'operator', meaning, {
          insert: /\s$/.test(before) || operator[1] ? text : ` ${text}`,
          rank: index,
        }),
      ),
      typed: (operator[1] ?? '').length,
    };
  const number = AT_NUMBER.exec(before);
  if (number && number[1] === '')
    return { entries: ['0', '1', '0.5', '0.25'].map((text) => entry(text, 'value', '')), typed: 0 };
  return { entries: [], typed: 0 };
}
