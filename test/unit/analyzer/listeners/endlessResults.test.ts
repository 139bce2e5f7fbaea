/** Streams that functions and methods of this file or another give, and which never end by themselves. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

const found = (files: Readonly<Record<string, string>>): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const service = (body: string): string => `import { Injectable } from '@angular/core';
import { BehaviorSubject, Subject, fromEvent, interval, map, merge, of, switchMap, take, timer } from 'rxjs';
@Injectable({ providedIn: 'root' })
export class Rates {
  private readonly latest = new BehaviorSubject(1);
${body}
}
`;
const board = (call: string, imports = ''): string => `import { Component } from '@angular/core';
import { Rates } from './rates';
${imports}
@Component({ selector: 'app-board', template: '' })
export class Board {
  rate = 0;
  constructor(private readonly rates: Rates) {}
  ngOnInit() {
    ${call}.subscribe((rate) => (this.rate = rate));
  }
}
`;
const verdict = (method: string, call = "this.rates.of('chf')", imports = ''): readonly string[] =>
  found({ 'src/rates.ts': service(method), 'src/board.ts': board(call, imports) });
const leak = ['src/board.ts:9 listener/rx-subscription-ignored'];

describe('endless streams that functions give', () => {
  it('reports one of a clock that a method of an injected service gives', () => {
    assert.deepEqual(
      verdict('  of(code: string) {\n    return interval(1000).pipe(map(() => code.length));\n  }'),
      leak,
    );
  });
  it('reports one of a subject that the service keeps', () => {
    assert.deepEqual(
      verdict('  of(code: string) {\n    return this.latest.pipe(map((rate) => rate * code.length));\n  }'),
      leak,
    );
  });
  it('reports one that two methods of the service make together', () => {
    const method =
      '  private ticks() {\n    return timer(0, 500);\n  }\n  of(code: string) {\n    return this.ticks().pipe(switchMap(() => this.load(code)));\n  }';
    assert.deepEqual(verdict(method), leak);
  });
  it('reports one of a function of another file, through an operator of the caller', () => {
    const files = {
      'src/clock.ts':
        "import { fromEvent, interval, merge } from 'rxjs';\nexport const beats = () => merge(interval(1000), fromEvent(window, 'focus'));\n",
      'src/rates.ts': service(''),
      'src/board.ts': board(
        'beats().pipe(map(() => this.rate))',
        "import { map } from 'rxjs';\nimport { beats } from './clock';",
      ),
    };
    assert.deepEqual(found(files), ['src/board.ts:10 listener/rx-subscription-ignored']);
  });
  it('is silent where the method lets it end, or one of its ways does', () => {
    assert.deepEqual(verdict('  of(code: string) {\n    return interval(1000).pipe(take(3));\n  }'), []);
    assert.deepEqual(
      verdict('  of(code: string) {\n    if (!code) return of(0);\n    return interval(1000);\n  }'),
      [],
    );
    assert.deepEqual(verdict('  of(code: string) {\n    return timer(1000);\n  }'), []);
  });
  it('is silent where the caller lets it end', () => {
    const method = '  of(code: string) {\n    return interval(1000);\n  }';
    assert.deepEqual(verdict(method, "this.rates.of('chf').pipe(take(1))", "import { take } from 'rxjs';"), []);
    assert.deepEqual(
      verdict(
        method,
        "this.rates.of('chf').pipe(takeUntilDestroyed())",
        "import { takeUntilDestroyed } from '@angular/core/rxjs-interop';",
      ),
      [],
    );
  });
  it('is silent on a subject that is made for who asks, and on a promise of a stream', () => {
    assert.deepEqual(
      verdict(
        '  of(code: string) {\n    const one = new Subject<number>();\n    this.load(code, one);\n    return one.asObservable();\n  }',
      ),
      [],
    );
    assert.deepEqual(verdict('  async of(code: string) {\n    return interval(code.length);\n  }'), []);
  });
  it('is silent where each component has a service of its own', () => {
    const method = '  of(code: string) {\n    return this.latest.pipe(map((rate) => rate * code.length));\n  }';
    const own = board("this.rates.of('chf')").replace("template: ''", "template: '', providers: [Rates]");
    assert.deepEqual(found({ 'src/rates.ts': service(method), 'src/board.ts': own }), []);
  });
});
