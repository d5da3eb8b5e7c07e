/** That something needs another thing, and the place in the template that says so. */
export interface Need {
  readonly name: string;
  readonly where: string;
}

/**
 * CloudFormation refuses what waits for itself.
 * @throws Error that names the circle and the place that closes it
 */
export function refuseCircles(needs: ReadonlyMap<string, readonly Need[]>): void {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    const here = [...path, name];
    for (const need of needs.get(name) ?? []) {
      const start = here.indexOf(need.name);
      if (start >= 0) {
        const circle = [...here.slice(start), need.name].join(' needs ');
        throw new Error(`${need.where}: a circle: ${circle}`);
      }
      visit(need.name, here);
    }
    done.add(name);
  };
  for (const name of needs.keys()) visit(name, []);
}
