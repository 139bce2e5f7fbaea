/** What the harness needs to know of an adapter. */

export type Adapter = (given: unknown) => Readonly<Record<string, unknown>>;
export type Adapters = Readonly<Record<string, Adapter>>;

/** An adapter over a `given` of known shape; the vectors' `shapes` list it. */
export function adapter<G>(run: (given: G) => Readonly<Record<string, unknown>>): Adapter {
  return (given) => run(given as G);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Where `actual` differs from `expected`: numbers within the tolerance, instants as instants, keys absent from `expected` free. Null when nowhere. */
export function difference(actual: unknown, expected: unknown, tolerance: number, path = ''): string | null {
  const fail = () => `${path || 'value'}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
  if (typeof expected === 'number') {
    return typeof actual === 'number' && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected))
      ? null
      : fail();
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return fail();
    for (const [index, item] of expected.entries()) {
      const found = difference(actual[index], item, tolerance, `${path}[${index}]`);
      if (found) return found;
    }
    return null;
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return fail();
    for (const [key, item] of Object.entries(expected)) {
      const found = difference(
        (actual as Record<string, unknown>)[key],
        item,
        tolerance,
        path === '' ? key : `${path}.${key}`,
      );
      if (found) return found;
    }
    return null;
  }
  if (typeof expected === 'string' && INSTANT.test(expected) && typeof actual === 'string')
    return Date.parse(actual) === Date.parse(expected) ? null : fail();
  return actual === expected ? null : fail();
}
