/** Version of the analysis; part of every cache key. Raise it whenever a verdict may change. */
export const analyzerVersion = '16';
