/** The results as a Markdown table: measure, result, goal (gate; stretch), spread. */

const number = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value < 0.1 ? 3 : 2);

/** `0.82 (0.79–0.90, n 5)`. */
export function spreadText(one, unit = '') {
  if (!one) return 'n/a';
  const { median, min, max, n } = one;
  return n === 1
    ? `${number(median)}${unit} (n 1)`
    : `${number(median)}${unit} (${number(min)}–${number(max)}, n ${n})`;
}

export function tableText(header, rows) {
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The rows of the main table. */
export function resultRows({ scan, edits, start, session, sizes, activation }) {
  const rows = [];
  const add = (name, value, goal = '') => rows.push([name, value, goal]);
  if (scan) {
    add('T, seconds of CPU', spreadText(scan.T));
    add('cold scan ÷ T', spreadText(scan.coldOverT), '≤ 1.0 (0.6)');
    add('first tier ÷ T', 'n/a: all kinds are judged in one pass', '≤ 0.45 (0.3)');
    add('warm rescan ÷ T', spreadText(scan.warmOverT), '≤ 0.05 (0.02)');
    add('peak memory of the cold scan, MB', spreadText(scan.coldPeakMb), '≤ 300 (200) on 5,000 files');
    for (const { name, overT, oursOver, files, rules } of scan.peers) {
      const looked = [files === null ? [] : `${files} files`, rules === null ? [] : `${rules} rules`].flat().join(', ');
      add(`${name} ÷ T (${looked})`, spreadText(overT), `ours ÷ it: ${spreadText(oursOver)}`);
    }
  }
  for (const { lines, kilobytes, p50, p95, n, cpuMs, uMs } of edits ?? [])
    add(
      `edit → diagnostics, ${lines} lines, ${kilobytes} KB: p50 / p95, ms`,
      `${number(p50)} / ${number(p95)} (n ${n}); CPU ${number(cpuMs)} ms = ${number(cpuMs / uMs)} U`,
      lines < 3000 ? '≤ 10 (4)' : lines < 10_000 ? '≤ 20 (8)' : '≤ 50 (25)',
    );
  if (start) add('server start → ready, ms', spreadText(start), '≤ 400 (250)');
  if (session) {
    add('start → first diagnostics of the open file, ms', number(session.firstMs), '≤ 1000');
    add(
      'loop held up during the scan: p99 / longest, ms',
      `${number(session.loop.p99)} / ${number(session.loopLongestMs)}`,
      '≤ 25',
    );
    add('answer to a question during the scan: p50 / p95 / max, ms', session.answers.map(number).join(' / '));
    add('peak memory of the server’s scan, MB', number(session.scanPeakMb), '≤ 300 (200)');
    add('idle server, MB', number(session.idleMb), '≤ 150 (120)');
  }
  if (activation) {
    add('`activate()` in the extension host, ms', spreadText(activation.activateMs), '≤ 20 (10)');
    add('loading the client’s code before it, ms', spreadText(activation.loadMs));
  }
  if (sizes) {
    add('VSIX, MB', number(sizes.vsixMb), '≤ 2 (1.3)');
    add('server bundle, MB', number(sizes.serverMb), '≤ 5 (4.5)');
    add('client bundle, MB', number(sizes.extensionMb));
  }
  return rows;
}
