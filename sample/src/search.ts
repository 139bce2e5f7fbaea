/** Results by query, kept for ever. */
const results = new Map<string, readonly string[]>();

export async function search(query: string, load: (query: string) => Promise<readonly string[]>): Promise<readonly string[]> {
  const known = results.get(query);
  if (known) return known;
  const found = await load(query);
  results.set(query, found);
  return found;
}
