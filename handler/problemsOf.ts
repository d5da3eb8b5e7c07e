import type * as v from 'valibot';

/** What a schema found wrong, one line each: the path, then what was expected. */
export function problemsOf(
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): string[] {
  return issues.map((issue) => {
    const path = issue.path?.map((step) => String(step.key)).join('.') ?? '';
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      return `${path}: unknown field`;
    }
    if (issue.type === 'strict_object' && issue.received === 'undefined') {
      return `${path}: missing`;
    }
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
}
