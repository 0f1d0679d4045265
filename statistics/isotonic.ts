/** Isotonic regression. */

/**
 * The nearest list that never rises, by weighted squares: neighbours that stand in the wrong order are pooled
 * (pool adjacent violators, Ayer et al. 1955).
 */
export function isotonicFalling(values: readonly { value: number; weight: number }[]): number[] {
  const blocks: { value: number; weight: number; count: number }[] = [];
  for (const { value, weight } of values) {
    let block = { value, weight, count: 1 };
    for (let last = blocks.at(-1); last && last.value < block.value; last = blocks.at(-1)) {
      const total = last.weight + block.weight;
      block = {
        value: (last.value * last.weight + block.value * block.weight) / total,
        weight: total,
        count: last.count + block.count,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ value, count }) => new Array<number>(count).fill(value));
}
