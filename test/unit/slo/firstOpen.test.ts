import assert from 'node:assert/strict';
import type { ObjectiveDefinition } from '../../../src/slo/definition/model';
import { evaluateDefinition } from '../../../src/slo/evaluateDefinition';
import type { ProxyInput, SourceReading } from '../../../src/slo/indicatorInput';
import { PROXY_LABELS, PROXY_STALE_AFTER_MS, proxyKind } from '../../../src/slo/proxies';

import { defaultDefinition, entities, NOW, repeated } from './inputs';

function read(sources: Readonly<Record<string, SourceReading>>) {
  return (name: string): SourceReading => sources[name] ?? { kind: 'none', reason: 'no file' };
}

describe('what a first open shows', () => {
  const definition = defaultDefinition();

  it('main of the swarm: 0% of measured (0/5) · 8 of 13 no data', () => {
    const proxies: Readonly<Record<string, ProxyInput>> = {
      shareDone: {
        label: PROXY_LABELS.shareDone,
        value: 270 / 308,
        observedAt: NOW,
        staleAfterMs: PROXY_STALE_AFTER_MS,
        valueText: '270 of 308',
      },
      unclosedHandles: {
        label: PROXY_LABELS.unclosedHandles,
        value: 7,
        observedAt: NOW,
        staleAfterMs: PROXY_STALE_AFTER_MS,
        valueText: '7',
      },
    };
    const result = evaluateDefinition(definition, {
      now: NOW,
      read: read({
        'agent-status': entities(repeated(8, { active: false })),
        'leak-findings': entities([...repeated(2, { severity: 'HIGH' }), ...repeated(6, { severity: 'MEDIUM' })]),
        'project-snapshots': entities([
          ...repeated(897, { current: true }),
          ...repeated(1482 - 897, { current: false }),
        ]),
      }),
      proxy: (objective: ObjectiveDefinition) => proxies[proxyKind(objective) ?? ''] ?? null,
    });
    assert.equal(result.headline.text, '0% of measured (0/5) · 8 of 13 no data');
    assert.deepEqual(
      [result.headline.met, result.headline.measured, result.headline.noData, result.headline.worst],
      [0, 5, 8, 'violating'],
    );
    const byName = new Map(result.objectives.map((evaluation) => [evaluation.objective.name, evaluation]));
    assert.equal(byName.get('agent-task-completion')?.proxy?.used, true);
    assert.equal(byName.get('memory-file-handles')?.state, 'no_data');
    assert.match(byName.get('memory-file-handles')?.reason ?? '', /stand-in: unclosed sites 7/);
    assert.equal(byName.get('infra-snapshot-currency')?.valueText, '60.5%');
    assert.equal(byName.get('agent-availability')?.valueText, '0 agents');
  });

  it("the seed's own inputs: 25% of measured (1/4) · 9 of 13 no data", () => {
    const result = evaluateDefinition(definition, {
      now: NOW,
      read: read({
        'agent-status': entities(repeated(14, { active: true })),
        'leak-findings': entities([...repeated(2, { severity: 'HIGH' }), ...repeated(34, { severity: 'MEDIUM' })]),
        'project-snapshots': entities(repeated(10, { current: false })),
      }),
    });
    assert.equal(result.headline.text, '25% of measured (1/4) · 9 of 13 no data');
    assert.equal(result.objectives.filter((evaluation) => evaluation.state === 'violating').length, 3);
    assert.equal(result.serviceHeadline, '0% of measured (0/2) · 2 of 4 no data');
  });

  it('an empty workspace: no data, nothing green', () => {
    const result = evaluateDefinition(definition, { now: NOW, read: () => ({ kind: 'none', reason: 'no file' }) });
    assert.equal(result.headline.text, 'no data');
    assert.ok(result.objectives.every((evaluation) => evaluation.state === 'no_data' && evaluation.valueText === '–'));
    assert.deepEqual(new Set(result.services.map((service) => service.state)), new Set(['no_data']));
  });
});
