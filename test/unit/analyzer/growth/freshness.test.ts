import assert from 'node:assert/strict';
import { hintsOf } from '../expectLeaks';

const severities = (code: string, path?: string): readonly string[] =>
  hintsOf(code, path)
    .filter(({ kind }) => kind.startsWith('cache/'))
    .map(({ severity, confidence }) => (confidence === 'low' ? 'hidden' : severity));

describe('what each event writes under the id of a thing', () => {
  const written = (event: string, key: string, value: string): readonly string[] =>
    severities(`import { bus } from './bus';
const states: Record<string, State> = {};
export const stateOf = (id: string): State | undefined => states[id];
bus.on('${event}', (probe: Probe, answer: Answer) => {
  if (!probe.isOn) return;
  states[${key}] = ${value};
});`);

  it('weighs little: the next event writes over it', () => {
    for (const key of ['probe.id', 'probe.folderId', 'probe.library + probe.key'])
      assert.deepEqual(written('probed', key, 'answer'), ['hidden'], key);
  });
  it('weighs more where the event tells of something new', () => {
    for (const event of ['newProbe', 'probeCreated', 'probe:add', 'connection'])
      assert.deepEqual(written(event, 'probe.id', 'answer'), ['low'], event);
  });
  it('weighs more where keys are of what comes and goes', () => {
    for (const key of [
      'probe.sessionId',
      'probe.url',
      'answer.requestId',
      'probe.buildId',
      'answer.eventId',
      'probe.visitId',
      'probe.commentId',
      'answer.deployment.id',
    ])
      assert.notDeepEqual(written('probed', key, 'answer'), ['hidden'], key);
  });
  it('weighs more where the entry holds what is made for it', () =>
    assert.deepEqual(written('probed', 'probe.id', 'new Runner(answer)'), ['low']));
});

describe('an entry that is made where there is none', () => {
  const made = (making: string): readonly string[] =>
    severities(`import { bus } from './bus';
const lines = new Map();
export const lineOf = (id) => lines.get(id);
bus.on('told', (told) => enqueue(told));
function enqueue(told) {
  const id = told.getId();
  ${making}
  lines.set(id, line);
  line.add(told);
}`);

  it('weighs more than one that is written anew', () => {
    assert.deepEqual(made('const line = lines.get(id) ?? Line.create(id);'), ['low']);
    assert.deepEqual(made('const line = told.line;'), ['hidden']);
    assert.deepEqual(made('const line = other.get(id) ?? told.line;'), ['hidden']);
  });
});

describe('an entry that is made where none is found', () => {
  const put = (body: string): readonly string[] =>
    severities(`import { bus } from './bus';
const lines = new Map();
const bins: Record<string, unknown[]> = {};
export const lineOf = (id: string): unknown => [lines.get(id), bins[id]];
bus.on('told', (told: Told) => {
  ${body}
});`);

  it('weighs more, however it is asked', () => {
    for (const body of [
      'let line = lines.get(told.rowId); if (!line) { line = []; lines.set(told.rowId, line); } line.push(told);',
      'const line = lines.get(told.rowId); if (line === undefined) lines.set(told.rowId, { told });',
      'if (!lines.has(told.rowId)) lines.set(told.rowId, { told });',
      'if (told.isOn && !lines.has(told.rowId)) { lines.set(told.rowId, { told }); }',
      'if (lines.has(told.rowId)) { say(told); } else { lines.set(told.rowId, { told }); }',
      'if (lines.has(told.rowId)) return; lines.set(told.rowId, { told });',
      'if (lines.has(told.rowId) || !told.isOn) { return; } { lines.set(told.rowId, { told }); }',
      'lines.has(told.rowId) || lines.set(told.rowId, { told });',
      '(bins[told.rowId] ??= []).push(told);',
      'if (!(told.rowId in bins)) bins[told.rowId] = [told];',
    ])
      assert.deepEqual(put(body), ['low'], body);
  });
  it('weighs little where it is written over what is there, or asked of something else', () => {
    for (const body of [
      'if (lines.has(told.rowId)) lines.set(told.rowId, { told });',
      'if (!lines.has(told.otherId)) lines.set(told.rowId, { told });',
      'if (!other.has(told.rowId)) lines.set(told.rowId, { told });',
      'if (!lines.has(told.rowId)) { say(told); } lines.set(told.rowId, { told });',
      'if (!lines.has(told.rowId) || told.isOn) lines.set(told.rowId, { told });',
      'if (lines.has(told.rowId) && told.isOld) return; lines.set(told.rowId, { told });',
    ])
      assert.deepEqual(put(body), ['hidden'], body);
  });
});

describe('what a handler writes that is of an event without a name', () => {
  const told = (method: string, key: string): readonly string[] =>
    severities(`import { host } from './host';
const kept = new Map<string, Found>();
export const keptOf = (one: string): Found | undefined => kept.get(one);
host.${method}((one: Found) => {
  kept.set(${key}, one);
});`);

  it('weighs little, whatever the host tells', () =>
    assert.deepEqual(told('onDidChangeFound', 'one.folderId'), ['hidden']));
  it('weighs more where somebody outside sends it', () =>
    assert.notDeepEqual(told('onMessage', 'one.sessionId'), ['hidden']));
  it('weighs more under what comes and goes, whoever tells it', () => {
    for (const method of ['subscribe', 'addListener', 'observe', 'handle', 'onMoved.addListener', 'onDidSaveTextFound'])
      for (const key of ['one.orderId', 'one.url', 'one.sessionId', 'one.document.fileName'])
        assert.notDeepEqual(told(method, key), ['hidden'], `${method} ${key}`);
    for (const method of ['subscribe', 'addListener', 'onMoved.addListener'])
      assert.deepEqual(told(method, 'one.folderId'), ['hidden'], method);
  });
  it('weighs more under a key of each piece of work', () =>
    assert.notDeepEqual(told('onDidChangeFound', 'one.requestId'), ['hidden']));
});
