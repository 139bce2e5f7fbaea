/** Findings of one omission bear one mark; each keeps its place and its fingerprint. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyzer/analyzer';
import type { Finding } from '../../../src/analyzer/findings/findings';

function found(body: string, more = ''): readonly Finding[] {
  const text = `export class Panel {
  constructor(readonly face: HTMLElement) {}
${body}
  draw(): void { this.face.textContent = 'x'; }
}
export function panels(all: HTMLElement[]): Panel[] { return all.map((one) => new Panel(one)); }
${more}`;
  const options = { severityOverrides: {} };
  return analyzeFile({ path: 'src/panel.ts', text }, options).findings.findings;
}
const listen = (event: string): string => `window.addEventListener('${event}', () => this.draw());`;
const marks = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ omission }) =>
    omission ? `${omission.id}: ${omission.things} of ${omission.of} ${omission.ended} by ${omission.by}` : '–',
  );

describe('findings of one omission', () => {
  it('are those of a kind that one teardown forgets, each told at its place', () => {
    const findings = found(`  init(): void { ${listen('resize')} ${listen('scroll')} ${listen('blur')} }
  destroy(): void { this.face.remove(); }`);
    assert.deepEqual(marks(findings), Array(3).fill('1: DOM listener of init removed by destroy'));
    assert.equal(new Set(findings.map(({ fingerprint }) => fingerprint)).size, 3);
    assert.equal(new Set(findings.map(({ range }) => range.start)).size, 3);
  });

  it('name the owner where they begin in several functions', () => {
    const findings = found(`  init(): void { ${listen('resize')} }
  show(): void { ${listen('scroll')} }
  destroy(): void { this.face.remove(); }`);
    assert.deepEqual(marks(findings), Array(2).fill('1: DOM listener of Panel removed by destroy'));
  });

  it('are not those of another kind, which another release would end', () => {
    const findings = found(`  init(): void { ${listen('resize')} setInterval(() => this.draw(), 9); }
  destroy(): void { this.face.remove(); }`);
    assert.equal(findings.length, 2);
    assert.deepEqual(marks(findings), ['–', '–']);
  });

  it('are not those of another owner, nor one of which the teardown forgets only one', () => {
    const other = `export class Other {
  constructor(readonly face: HTMLElement) { window.addEventListener('resize', () => this.draw()); }
  draw(): void { this.face.title = 'x'; }
  destroy(): void { this.face.remove(); }
}
export const others = (all: HTMLElement[]): Other[] => all.map((one) => new Other(one));`;
    const findings = found(
      `  onBlur = (): void => this.draw();
  init(): void { ${listen('resize')} window.addEventListener('blur', this.onBlur); }
  destroy(): void { window.removeEventListener('blur', this.onBlur); this.face.remove(); }`,
      other,
    );
    assert.equal(findings.length, 2);
    assert.deepEqual(marks(findings), ['–', '–']);
  });

  it('leave the fingerprint of each as it is without the others', () => {
    const alone = found(`  init(): void { ${listen('resize')} }
  destroy(): void { this.face.remove(); }`);
    const together = found(`  init(): void { ${listen('resize')} ${listen('scroll')} }
  destroy(): void { this.face.remove(); }`);
    assert.equal(together[0]?.fingerprint, alone[0]?.fingerprint);
  });
});
