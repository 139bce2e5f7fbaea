/** Texts of which only the times are new, told from their bytes: what that says is what reading them says. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aroundStamps, digestOf } from '../../../src/monitor/aroundStamps';
import { type GoodStatus, readStatus } from '../../../src/sources/agentStatus';
import { areStamped, restamped, stampsOf } from '../../../src/sources/heartbeat';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function good(text: string, zone = 'UTC'): GoodStatus {
  const status = readStatus(text, 'Agent-1', zone);
  assert.ok(status.ok, text);
  return status;
}

/** What the bytes of a text say by those of the text before; null: it must be read. */
function again(before: string, next: string, zone = 'UTC'): GoodStatus | null {
  const known = good(before, zone);
  const stamps = stampsOf(before, bytesOf(before).length, known);
  if (!stamps) return null;
  const then = aroundStamps(bytesOf(before), stamps);
  assert.ok(areStamped(known, then.values), 'the stamps are where the times are');
  const bytes = bytesOf(next);
  const now = aroundStamps(bytes, stamps);
  assert.deepEqual(bytes, bytesOf(next), 'the bytes are as before');
  return now.digest === then.digest ? restamped(known, now.values, zone) : null;
}

const text = (time: string, more = ''): string =>
  `{"agent_id":"Agent-1","status":"ACTIVE","last_updated":${time},"current_mission":"m"${more}}`;
const stamp = (second: number): string => `"2026-05-01T12:00:0${second}.000Z"`;

describe('heartbeats', () => {
  it('only the time is new: the same content, at the new time', () => {
    const before = good(text(stamp(1)));
    const next = again(text(stamp(1)), text(stamp(2)));
    assert.ok(next);
    assert.deepEqual(next, good(text(stamp(2))));
    const stamps = stampsOf(text(stamp(1)), text(stamp(1)).length, before);
    assert.deepEqual([stamps?.ends.length, restamped(before, ['2026-05-01T12:00:01.000Z'], 'UTC')], [2, before]);
  });

  it('a number, several times, letters of several bytes before them', () => {
    const number = (ms: number): string => `{"status":"läuft 🚀","timestamp":${ms},"last_seen":"2026-05-01 12:00:00Z"}`;
    const next = again(number(1_777_636_800), number(1_777_636_801));
    assert.deepEqual(next, good(number(1_777_636_801)));
    assert.equal(next?.timestamps.length, 2);
  });

  for (const [name, before, next] of [
    ['anything else is new', text(stamp(1), ',"n":1'), text(stamp(2), ',"n":2')],
    ['the text is longer', text(stamp(1)), text('"2026-05-01T12:00:02.0000Z"')],
    ['the value ends and another begins', text('"2026-05-01T12"'), text('"1","status":"')],
    ['the value is no time any more', text(stamp(1)), text('"2026-05-01T25:00:02.000Z"')],
    ['it is a date only', text('"2026-05-01 12:00Z"'), text('"2026-05-01 and so"')],
    ['it names no zone', text('"2026-05-01T12:00:00Z"'), text('"2026-05-01T12:00:001"')],
    ['the value has an escape', text('"2026-05-01T12:00:00Z"'), text('"2026-05-01T12:00:\\u"')],
    ['a number begins with 0', text('1777636800'), text('0777636800')],
    [
      'a key is there twice',
      text(stamp(1), `,"last_updated":${stamp(1)}`),
      text(stamp(2), `,"last_updated":${stamp(1)}`),
    ],
    ['there are no times', '{"status":"ACTIVE"}', '{"status":"ACTIVE"}'],
    ['a byte order mark is there', `\uFEFF${text(stamp(1))}`, `\uFEFF${text(stamp(2))}`],
    ['text follows', `${text(stamp(1))} x`, `${text(stamp(2))} x`],
    ['digits are beyond what a number tells', text('1777636800.00000001'), text('1777636800.00000002')],
  ] as const)
    it(`is read when ${name}`, () => assert.equal(again(before, next), null));

  it('bytes that are no text: no stamps where the places of the text are others', () => {
    const broken = Buffer.concat([
      Buffer.from('{"note":"'),
      Buffer.from([0xff, 0xe2, 0x82]),
      Buffer.from(`",${text(stamp(1)).slice(1)}`),
    ]);
    const read = new TextDecoder().decode(broken);
    const status = readStatus(read, 'Agent-1', 'UTC');
    assert.ok(status.ok);
    const stamps = stampsOf(read, broken.length, status);
    assert.ok(stamps);
    assert.equal(areStamped(status, aroundStamps(broken, stamps).values), false);
  });

  it('whatever is written, by its bytes it says what reading it says, or must be read', () => {
    const time = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => JSON.stringify(date.toISOString())),
      fc.integer({ min: 1e9, max: 2e9 }).map(String),
      fc.constantFrom('"yesterday, about noon!!"', '"2026-05-01"', '"2026-05-01T12:00:00.00000"', 'null', '""', '12e3'),
      fc.string({ maxLength: 24 }).map((one) => JSON.stringify(one)),
    );
    const key = fc.constantFrom('last_updated', 'ts', 'timestamp', 'last_seen', 'note', 'last_updated');
    const space = fc.constantFrom('', ' ', '\n', ' \t');
    const members = fc.array(fc.tuple(key, space, time), { maxLength: 4 });
    const document = members.map(
      (all) => `{"status":"Läuft"${all.map(([name, gap, value]) => `,${gap}"${name}"${gap}:${value}${gap}`).join('')}}`,
    );
    const pair = fc
      .tuple(members, fc.array(time, { minLength: 4, maxLength: 4 }))
      .map(([all, times]) => [all, all.map(([name, gap], index) => [name, gap, times[index] ?? '0'] as const)] as const)
      .map((both) =>
        both.map(
          (all) =>
            `{"status":"Läuft"${all.map(([name, gap, value]) => `,${gap}"${name}"${gap}:${value}${gap}`).join('')}}`,
        ),
      );
    fc.assert(
      fc.property(fc.oneof(pair, fc.tuple(document, document)), ([before = '', next = '']) => {
        const status = readStatus(before, 'Agent-1', 'UTC');
        if (!status.ok) return;
        const said = again(before, next);
        if (said) assert.deepEqual(said, readStatus(next, 'Agent-1', 'UTC'));
      }),
      { numRuns: 2000 },
    );
  });

  it('stamps of more than a page of letters are set aside too', () => {
    const long = 'x'.repeat(3000);
    const bytes = bytesOf(`${long}${long}`);
    const { values, digest } = aroundStamps(bytes, { length: 6000, ends: [0, 2500, 3000, 5999] });
    assert.deepEqual([values.map(({ length }) => length), digestOf(bytes) === digest], [[2500, 2999], false]);
    assert.equal(new TextDecoder().decode(bytes), `${long}${long}`);
  });
});
