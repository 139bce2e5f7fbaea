/** Causes behind a figure of processes: which of them, what kinds of handles it holds, which constructors grew. */
import type { Cause } from '../report/report';
import type { ObjectiveDefinition } from '../slo/definition/model';
import type { SourceReading, SourceRecord } from '../slo/indicatorInput';
import { numberText } from '../slo/text';

const maxGrown = 20;

/** Newest record of each series that has the field, the largest first. */
function newestBySeries(records: readonly SourceRecord[], field: string): readonly SourceRecord[] {
  const newest = new Map<string, SourceRecord>();
  for (const record of records) {
    if (record.time === null || typeof record.fields[field] !== 'number') continue;
    const known = newest.get(record.series ?? '');
    if (!known || (known.time ?? 0) <= record.time) newest.set(record.series ?? '', record);
  }
  return [...newest.values()].sort((a, b) => Number(b.fields[field]) - Number(a.fields[field]));
}

/** "90 tcp, 30 fs_event" */
function handleTypes({ fields }: SourceRecord): string {
  return Object.entries(fields)
    .flatMap(([name, count]) =>
      name.startsWith('handles_') && typeof count === 'number' ? [{ type: name.slice(8), count }] : [],
    )
    .sort((a, b) => b.count - a.count)
    .map(({ type, count }) => `${count} ${type}`)
    .join(', ');
}

function grownConstructors(records: readonly SourceRecord[]): readonly Cause[] {
  return records
    .filter(({ fields }) => typeof fields.class_growth_bytes === 'number')
    .sort((a, b) => Number(b.fields.class_growth_bytes) - Number(a.fields.class_growth_bytes))
    .slice(0, maxGrown)
    .map(({ fields }) => ({
      kind: 'source',
      label: String(fields.class),
      detail: `${numberText(Number(fields.class_growth_objects))} more objects, ${numberText(Number(fields.class_growth_bytes) / 1e6)} MB more between the last two heap snapshots`,
      place: null,
    }));
}

/** What stands behind an objective over samples; nothing for one that counts events. */
export function sampleCauses(objective: ObjectiveDefinition, reading: SourceReading | undefined): readonly Cause[] {
  const { indicator } = objective;
  if (indicator.kind !== 'threshold' || reading?.kind !== 'log') return [];
  const { field, query } = indicator.query;
  if (field === null || query === 'count') return [];
  const processes = newestBySeries(reading.records, field)
    .filter(({ series }) => series !== undefined)
    .slice(0, maxGrown)
    .map((record): Cause => {
      const value = numberText(Number(record.fields[field]) * indicator.query.scale);
      const types = field === 'open_handles' ? handleTypes(record) : '';
      const at = new Date(record.time ?? 0).toISOString();
      const what =
        query === 'slopePerHour'
          ? `${value} ${objective.unit.replace(/\/h(?:our)?$/, '')} at ${at}`
          : `${value} at ${at}`;
      return {
        kind: 'source',
        label: record.series ?? '',
        detail: types === '' ? what : `${what}: ${types}`,
        place: null,
      };
    });
  const isMemory = /bytes$|^class_growth|^objects$/.test(field);
  return [...processes, ...(isMemory ? grownConstructors(reading.records) : [])];
}
