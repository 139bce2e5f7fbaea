/** Figures of accuracy: matching findings with labels, counting, intervals, the tables of the README. */
import { readFileSync, writeFileSync } from 'node:fs';

export const families = ['listener', 'handle', 'cache'];
export const severities = ['high', 'medium', 'low'];
const tolerance = 2;
/** With fewer than this a share says little. */
const enough = 30;

/** 95 % Wilson interval of k of n, as numbers from 0 to 1. */
export function wilson(k, n) {
  const z = 1.959964;
  const share = k / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** "12 of 14, 86 % (60–96)", with a note when the number is small. */
export function shown({ hits, of }) {
  if (of === 0) return '–';
  const { share, low, high } = wilson(hits, of);
  const percent = (value) => (100 * value).toFixed(0);
  return `${hits} of ${of}, ${percent(share)} % (${percent(low)}–${percent(high)})${of < enough ? ', too few' : ''}`;
}

/**
 * Pairs findings with labels of the same file and family: first those at the same line, then the nearest within two lines.
 * A finding that stands on another candidate site is about that site, not about its labelled neighbour.
 * @param isSite tells whether a line is a candidate site of its own
 * @returns pairs, labels without finding, findings without label in files that have labels
 */
export function pair(labels, findings, isSite) {
  const candidates = labels.flatMap((label) =>
    findings
      .filter((finding) => finding.path === label.path && finding.family === label.family)
      .map((finding) => ({ label, finding, distance: Math.abs(finding.line - label.line) }))
      .filter(
        ({ finding, distance }) => distance === 0 || (distance <= tolerance && !isSite(finding.path, finding.line)),
      ),
  );
  const pairs = [];
  const used = new Set();
  for (const { label, finding } of candidates.sort((a, b) => a.distance - b.distance)) {
    if (used.has(label) || used.has(finding)) continue;
    used.add(label).add(finding);
    pairs.push({ label, finding });
  }
  const files = new Set(labels.map((label) => label.path));
  return {
    pairs,
    missed: labels.filter((label) => !used.has(label)),
    unjudged: findings.filter((finding) => files.has(finding.path) && !used.has(finding)),
  };
}

const share = (list, isHit) => ({ hits: list.filter(isHit).length, of: list.length });

/** Precision of judged findings: leaks among leaks and correct places; debatable places do not count. */
export const precisionOf = (pairs, isCounted = () => true) =>
  share(
    pairs.filter(({ label, finding }) => label.verdict !== 'debatable' && isCounted(finding)),
    ({ label }) => label.verdict === 'leak',
  );

/** Recall: reported among the labelled leaks. */
export const recallOf = (pairs, missed, isCounted = () => true) => {
  const found = new Set(pairs.map(({ label }) => label));
  return share(
    [...found, ...missed].filter((label) => label.verdict === 'leak' && isCounted(label)),
    (label) => found.has(label),
  );
};

/** Reported among the places labelled correct. */
export const alarmsOf = (pairs, missed, isCounted = () => true) => {
  const found = new Set(pairs.map(({ label }) => label));
  return share(
    [...found, ...missed].filter((label) => label.verdict === 'correct' && isCounted(label)),
    (label) => found.has(label),
  );
};

/** Puts a table into the README between two marks; false, with a word about it, when they are not there. */
export function writeTable([begin, end], text) {
  const readme = new URL('../../README.md', import.meta.url);
  const old = readFileSync(readme, 'utf8');
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  if (from < 0 || to < from) {
    console.error(`README.md has no ${begin} … ${end}`);
    return false;
  }
  writeFileSync(readme, `${old.slice(0, from + begin.length)}\n${text}\n${old.slice(to)}`);
  return true;
}
