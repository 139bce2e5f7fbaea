/** Medians with their spread, percentiles, and the exponent of a growth. */

const sorted = (values) => [...values].sort((a, b) => a - b);

/** Value below which a share (0–1) of the values lies, by nearest rank. */
export function percentile(values, share) {
  return sorted(values)[Math.max(0, Math.ceil(values.length * share) - 1)];
}

/** Median, smallest, largest and number of values; null for none. */
export function spread(values) {
  if (values.length === 0) return null;
  const all = sorted(values);
  const middle = all.length >> 1;
  const median = all.length % 2 === 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
  return { median, min: all[0], max: all.at(-1), n: all.length };
}

/** Did the machine drift so much that no figure should be judged? T spread over 20 %. */
export function isNoisy(times) {
  const { median, min, max } = times;
  return (max - min) / median > 0.2;
}

/** Exponent and quality of `y = a·x^k`: the line through the logarithms by least squares. */
export function exponentOf(points) {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)]);
  const mean = (index) => logs.reduce((sum, one) => sum + one[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of logs) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
    yy += (y - meanY) ** 2;
  }
  return { exponent: xy / xx, r2: yy === 0 ? 1 : xy ** 2 / (xx * yy) };
}
