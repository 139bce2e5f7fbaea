import assert from 'node:assert/strict';
import { type AnalyzerOptions, analyzeFile, type FileAnalysis, mayMatter } from '../../../src/analyzer/analyzer';
import { takeCensus } from '../../../src/analyzer/census/census';
import { placedBy } from '../../../src/analyzer/census/pages';
import { exportOf, isStale, type Links } from '../../../src/analyzer/facts/link';
import { createResolver, type ModuleMap, noModules } from '../../../src/analyzer/facts/modules';
import { isPage } from '../../../src/analyzer/files/pagePaths';
import type { Finding } from '../../../src/analyzer/findings/findings';

const noOverrides: AnalyzerOptions = { severityOverrides: {} };

export interface Sample {
  readonly name: string;
  readonly code: string;
  readonly path?: string;
}

/** Findings of one text that the default view shows: confidence medium or high. */
export function findingsOf(
  code: string,
  path = 'src/sample.ts',
  options: AnalyzerOptions = noOverrides,
): readonly Finding[] {
  return readable(analyzeFile({ path, text: code }, options)).filter((finding) => finding.confidence !== 'low');
}

/** Whatever is found, nothing that it tells of lacks its name. */
function readable({ findings: { findings } }: FileAnalysis): readonly Finding[] {
  for (const { message, advice, trail } of findings)
    for (const text of [message, advice, ...trail.map((step) => step.message)])
      assert.ok(!/(?:^|\s)(?:``|(?<!is )undefined)(?=[\s.,:;]|$)/.test(text), `unreadable: ${text}`);
  return findings;
}

/** Findings of one text, with those that the default view hides. */
export function hintsOf(code: string, path = 'src/sample.ts'): readonly Finding[] {
  return readable(analyzeFile({ path, text: code }, noOverrides));
}

/** Findings of several files that know of each other: each is judged again until no answer to its questions changes. */
export function findingsOfFiles(
  files: Readonly<Record<string, string>>,
  modules: ModuleMap = noModules,
): readonly { readonly path: string; readonly findings: readonly Finding[] }[] {
  const analyses = new Map<string, FileAnalysis>();
  const { resolve, isPublic, packageOf } = createResolver(modules, (path) => Object.hasOwn(files, path));
  const scripts = Object.entries(files).filter(([path]) => !isPage(path));
  const pages = Object.entries(files)
    .filter(([path]) => isPage(path))
    .map(([path, text]) => ({ path, uses: placedBy(path, text), reexports: [] }));
  // Of all files as they were before the round, like that of a scan.
  let census: ReturnType<typeof takeCensus> | undefined;
  const links: Links = {
    resolve,
    summaryOf: (path) => analyses.get(path)?.summary,
    census: () => {
      if (analyses.size < scripts.length) return undefined;
      const users = [...analyses].map(([path, { summary }]) => ({ path, uses: [], ...summary }));
      census ??= takeCensus([...users, ...pages], resolve, isPublic, packageOf);
      return census;
    },
  };
  for (let round = 0, changed = true; changed && round < 6; round++) {
    changed = false;
    census = undefined;
    for (const [path, text] of scripts) {
      const known = analyses.get(path);
      if (known && !isStale(links, path, known.lookups)) continue;
      analyses.set(
        path,
        analyzeFile({ path, text }, noOverrides, (from, module, name) => exportOf(links, from, module, name)),
      );
      changed = true;
    }
  }
  return [...analyses.values()].map((analysis) => analysis.findings);
}

/**
 * Each line that ends in `// leak KIND` must have exactly that finding, and no other line any; one that ends in `// hint KIND`
 * has one of low confidence, which is not shown. Several kinds may stand on one line, divided by blanks.
 */
export function expectLeaks(code: string, path = 'src/sample.ts'): readonly Finding[] {
  const expected = code.split('\n').flatMap((line, index) => {
    const mark = /\/\/ (leak|hint) ([\w/\- ]+)$/.exec(line.trimEnd());
    return mark
      ? (mark[2] ?? '')
          .trim()
          .split(/\s+/)
          .map((kind) => `${index + 1} ${kind}${mark[1] === 'hint' ? ', hidden' : ''}`)
      : [];
  });
  const findings = /\/\/ hint /.test(code) ? hintsOf(code, path) : findingsOf(code, path);
  const actual = findings.map(
    ({ range, kind, confidence }) => `${range.startLine + 1} ${kind}${confidence === 'low' ? ', hidden' : ''}`,
  );
  assert.deepEqual(
    [...actual].sort(),
    [...expected].sort(),
    `${findings.map((finding) => `${finding.range.startLine + 1}: ${finding.message}`).join('\n')}\n---\n${code}`,
  );
  return findings;
}

/** Every sample that a test file declares, for tests over all of them. */
export const declared: (Sample & { readonly title: string; readonly leaks: boolean })[] = [];

/** Declares one test per sample; a leaky sample must carry at least one mark, a safe one none. */
export function samples(title: string, leaky: readonly Sample[], safe: readonly Sample[]): void {
  declared.push(...leaky.map((sample) => ({ ...sample, title, leaks: true })));
  declared.push(...safe.map((sample) => ({ ...sample, title, leaks: false })));
  describe(title, () => {
    for (const { name, code, path } of leaky) {
      it(`reports ${name}`, () => {
        assert.match(code, /\/\/ (?:leak|hint) /, 'a leaky sample needs a mark');
        assert.ok(mayMatter(code, noOverrides), 'a scan would not parse it: no word of the catalogue occurs');
        expectLeaks(code, path);
      });
    }
    for (const { name, code, path } of safe) {
      it(`is silent on ${name}`, () => {
        assert.doesNotMatch(code, /\/\/ (?:leak|hint) /);
        expectLeaks(code, path);
      });
    }
  });
}
