import * as v from 'valibot';

export type Parsed<T> = { readonly value: T } | { readonly problems: readonly string[] };

/** A value of a schema's type, or what is wrong with it, field by field. */
export function parseBy<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Parsed<T> {
  const result = v.safeParse(schema, value);
  return result.success ? { value: result.output } : { problems: problemsOf(result.issues) };
}

/** What a schema found wrong, one line each: the path, then what was expected. */
function problemsOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string[] {
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
