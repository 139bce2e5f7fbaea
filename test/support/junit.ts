/** JUnit XML against what readers accept: the vocabulary of the schema junit-10 of Jenkins' xUnit plug-in. */
import assert from 'node:assert/strict';

interface Rule {
  readonly in: readonly string[];
  readonly needs: readonly string[];
  readonly may: readonly string[];
}

const RULES: Readonly<Record<string, Rule>> = {
  testsuites: { in: [''], needs: [], may: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: {
    in: ['testsuites', 'testsuite', ''],
    needs: ['name', 'tests', 'failures', 'errors'],
    may: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
  },
  testcase: { in: ['testsuite'], needs: ['name'], may: ['time', 'classname', 'group'] },
  failure: { in: ['testcase'], needs: [], may: ['type', 'message'] },
  error: { in: ['testcase'], needs: [], may: ['type', 'message'] },
  skipped: { in: ['testcase'], needs: [], may: ['type', 'message'] },
  'system-out': { in: ['testcase', 'testsuite'], needs: [], may: [] },
  'system-err': { in: ['testcase', 'testsuite'], needs: [], may: [] },
};
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos);)/;

/** Fails where a text is not well-formed, or no such document; and where its counts are not those of its cases. */
export function assertJunit(xml: string): void {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  assert.notEqual(body, xml, 'the declaration is missing');
  const open: string[] = [];
  const seen = new Map<string, number>();
  let told: Readonly<Record<string, string>> = {};
  let at = 0;
  for (const match of body.matchAll(/<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const [whole, closing = '', name = '', attributeText = '', alone = ''] = match;
    const text = body.slice(at, match.index);
    assert.doesNotMatch(text, /</, `markup that is no element: ${text}`);
    assert.doesNotMatch(text + attributeText, ENTITY);
    if (!['failure', 'error', 'skipped', 'system-out', 'system-err'].includes(open.at(-1) ?? ''))
      assert.equal(text.trim(), '', `text where none may be: ${text}`);
    at = match.index + whole.length;
    if (closing !== '') {
      assert.equal(open.pop(), name);
      continue;
    }
    const rule = RULES[name] ?? assert.fail(`<${name}> is no element of JUnit`);
    assert.ok(rule.in.includes(open.at(-1) ?? ''), `<${name}> in <${open.at(-1) ?? ''}>`);
    const attributes = Object.fromEntries(
      [...attributeText.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    );
    for (const key of rule.needs) assert.ok(key in attributes, `<${name}> lacks ${key}`);
    for (const key of Object.keys(attributes))
      assert.ok(rule.needs.includes(key) || rule.may.includes(key), `<${name}> has ${key}`);
    if (name === 'testsuites') told = attributes;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    if (alone === '') open.push(name);
  }
  assert.deepEqual(open, [], 'elements that are not closed');
  assert.equal(body.slice(at).trim(), '');
  for (const [key, name] of [
    ['tests', 'testcase'],
    ['failures', 'failure'],
    ['errors', 'error'],
  ] as const)
    assert.equal(told[key], String(seen.get(name) ?? 0), key);
}
