import { stringify } from 'yaml';
import { loadDefinition } from '../../../../src/slo/definition/loadDefinition';
import { type Adapters, adapter } from './adapter';

/** Codes of what OpenSLO itself rejects; the others are ours. */
const OPENSLO_CODES: readonly string[] = ['slo/openslo', 'slo/target-range', 'slo/yaml'];

export const definitionAdapters: Adapters = {
  'openslo/main': adapter((g: { docs: unknown[]; expect?: { where?: string; lint?: string[] } }) => {
    const text = g.docs.map((doc) => stringify(doc)).join('---\n');
    const { problems } = loadDefinition([{ file: 'vector.yaml', text }]);
    const rejected = problems.filter((problem) => OPENSLO_CODES.includes(problem.code));
    const wanted = g.expect?.where;
    // One of the reported paths equals or extends the place asked for; checks may fire beside those asked for.
    const hit =
      wanted === undefined
        ? rejected[0]
        : rejected.find(
            ({ path }) => path === wanted || path.startsWith(`${wanted}.`) || path.startsWith(`${wanted}[`),
          );
    const checks = problems.map((problem) => problem.code.replace('slo/', ''));
    return {
      openSLOValid: rejected.length === 0,
      where: hit && wanted !== undefined ? wanted : rejected.map(({ path }) => path).join(', '),
      doc: hit?.document ?? 0,
      lint: (g.expect?.lint ?? []).filter((check) => checks.includes(check)),
    };
  }),
};
