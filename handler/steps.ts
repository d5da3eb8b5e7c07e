/** The highest step (10, 100, 1,000, ...) that a count has reached; 1 below 10. */
export function stepReached(count: number): number {
  let step = 1;
  while (step * 10 <= count) step *= 10;
  return step;
}
