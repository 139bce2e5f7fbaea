/** Objects of OpenSLO v2alpha in the words of v1. What differs: `sli`, `serviceRef`, metrics without the level `metricSource`, no display name. */
import type { Path, YamlDocument } from './yamlDocuments';

/** How v2alpha names itself. */
export const V2ALPHA = 'openslo.com/v2alpha';

type RawMap = Readonly<Record<string, unknown>>;

/** Words of v2alpha and of v1. */
const RENAMED: readonly (readonly [v2: string, v1: string])[] = [
  ['sli', 'indicator'],
  ['sliRef', 'indicatorRef'],
  ['serviceRef', 'service'],
];
const METRICS: readonly string[] = ['thresholdMetric', 'good', 'bad', 'total', 'raw'];

export interface MappedObject {
  /** The object as v1 would have it. */
  readonly value: RawMap;
  /** Fields that only v1 has, at their path. */
  readonly strays: readonly (readonly [path: Path, key: string])[];
}

function isMap(value: unknown): value is RawMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Mapper {
  readonly strays: (readonly [Path, string])[] = [];

  /** Maps everything below a place; words are only renamed where v1 has them. */
  map(value: unknown, path: Path): unknown {
    if (Array.isArray(value)) return value.map((item, index) => this.map(item, [...path, index]));
    if (!isMap(value)) return value;
    const key = path.at(-1);
    if (typeof key === 'string' && METRICS.includes(key)) return this.metric(value, path);
    // Free maps are their author's.
    if (key === 'annotations' || key === 'labels' || key === 'connectionDetails') return value;
    const isMetadata = key === 'metadata';
    const entries = Object.entries(value).flatMap(([name, part]) => {
      const isV1Word = name === 'indicator' || name === 'indicatorRef' || (isMetadata && name === 'displayName');
      if (isV1Word) {
        this.strays.push([path, name]);
        return [];
      }
      const renamed = RENAMED.find(([v2]) => v2 === name)?.[1] ?? name;
      return [[renamed, this.map(part, [...path, name])] as const];
    });
    return Object.fromEntries(entries);
  }

  private metric(value: RawMap, path: Path): unknown {
    const { dataSourceRef, dataSourceSpec, ...rest } = value;
    if ('metricSource' in rest) this.strays.push([path, 'metricSource']);
    const { metricSource: _, ...source } = rest;
    return {
      metricSource: {
        ...(dataSourceRef === undefined ? {} : { metricSourceRef: dataSourceRef }),
        ...(isMap(dataSourceSpec) ? { type: dataSourceSpec.type } : {}),
        ...source,
      },
    };
  }
}

/** Reads a v2alpha object as one of v1. */
export function mapV2alpha(value: RawMap): MappedObject {
  const mapper = new Mapper();
  const mapped = mapper.map(value, []) as RawMap;
  return { value: { ...mapped, apiVersion: 'openslo/v1' }, strays: mapper.strays };
}

/** The path as it is written in a v2alpha file. */
function written(path: Path, usesServiceRef: boolean): Path {
  // Below it everything is the source's own.
  const free = path.indexOf('connectionDetails');
  if (free !== -1) return [...written(path.slice(0, free), usesServiceRef), ...path.slice(free)];
  return path
    .filter((part) => part !== 'metricSource')
    .map((part) => {
      if (part === 'metricSourceRef') return 'dataSourceRef';
      if (part === 'service') return usesServiceRef ? 'serviceRef' : part;
      return RENAMED.find(([, v1]) => v1 === part && v1 !== 'service')?.[0] ?? part;
    });
}

/** The document with the value of v1, whose places and paths are those of its own words. */
export function asV1(document: YamlDocument, value: RawMap): YamlDocument {
  const { value: own } = document;
  const usesServiceRef = isMap(own) && isMap(own.spec) && 'serviceRef' in own.spec;
  const back = (path: Path): Path => written(path, usesServiceRef);
  return {
    ...document,
    value,
    written: back,
    locate: (path) => document.locate(back(path)),
    locateKey: (path, key) => document.locateKey(back(path), String(back([...path, key]).at(-1) ?? key)),
  };
}
