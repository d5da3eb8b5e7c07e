import { jsonOf } from '../jsonBytes.ts';
import { type ConditionTest, conditionTest, isScalar } from './conditionTest.ts';
import { documentIn } from './documentIn.ts';
import { hexAddress } from './hexAddress.ts';
import type { Condition, Pattern, Scalar } from './pattern.ts';
import type { Subject } from './subject.ts';
import { scalarsAt } from './valuesAt.ts';

/** Whether a document matches, in the sense of the record that it stands in. */
export type DocumentTest = (document: unknown, subject: Subject) => boolean;

/** Compiles any condition. @param compileDocument for the patterns of `json` */
export function testOf(
  condition: Exclude<Condition, { kind: 'exactly' }>,
  compileDocument: (pattern: Pattern) => DocumentTest,
): ConditionTest {
  switch (condition.kind) {
    case 'anything-but':
      return anythingBut(anyOf(asTheyAre(condition.conditions), compileDocument));
    case 'known-accounts':
      return (value, subject) => typeof value === 'string' && subject.isKnownAccount(value);
    case 'same-as': {
      const othersOf = scalarsOf(condition.path);
      return (value, subject) => isScalar(value) && othersOf(subject).has(value);
    }
    case 'anything-but-same-as': {
      const othersOf = scalarsOf(condition.path);
      return (value, subject) => {
        const others = othersOf(subject);
        return isScalar(value) && others.size > 0 && !others.has(value);
      };
    }
    case 'text':
      return onTextOf(anyOf(asTheyAre(condition.conditions), compileDocument));
    case 'json':
      return inDocument(compileDocument(condition.pattern));
    default:
      return conditionTest(condition);
  }
}

/** The scalars at a path, worked out once for a record: it may hold long arrays on both sides. */
function scalarsOf(path: readonly string[]): (subject: Subject) => ReadonlySet<Scalar> {
  let last: { readonly subject: Subject; readonly scalars: ReadonlySet<Scalar> } | undefined;
  return (subject) => {
    if (last?.subject !== subject) {
      last = { subject, scalars: new Set(scalarsAt(subject, path)) };
    }
    return last.scalars;
  };
}

/** Texts compared as they are, not as addresses. */
function asTheyAre(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.map((one) =>
    one.kind === 'exact' && typeof one.value === 'string'
      ? { kind: 'exactly', text: one.value }
      : one,
  );
}

/** Any of some conditions; many exact texts cost no more than one. */
export function anyOf(
  conditions: readonly Condition[],
  compileDocument: (pattern: Pattern) => DocumentTest,
): ConditionTest {
  const texts = new Set(conditions.flatMap((one) => textOf(one) ?? []));
  const others = conditions.flatMap((condition) =>
    condition.kind === 'exactly' || textOf(condition) !== undefined
      ? []
      : [testOf(condition, compileDocument)],
  );
  const [only] = others;
  if (texts.size === 0 && others.length === 1 && only !== undefined) return only;
  return (value, subject) =>
    (typeof value === 'string' && texts.has(value)) ||
    others.some((holds) => holds(value, subject));
}

/** The text that a condition is, unless it may be written in other ways, as an address. */
function textOf(condition: Condition): string | undefined {
  if (condition.kind === 'exactly') return condition.text;
  if (condition.kind !== 'exact' || typeof condition.value !== 'string') return undefined;
  return hexAddress(condition.value) === undefined ? condition.value : undefined;
}

function anythingBut(excepted: ConditionTest): ConditionTest {
  return (value, subject) => isScalar(value) && !excepted(value, subject);
}

/** A text as it is, anything else as its JSON. */
function onTextOf(holds: ConditionTest): ConditionTest {
  return (value, subject) => {
    const text = typeof value === 'string' ? value : jsonOf(value);
    return text !== undefined && holds(text, subject);
  };
}

function inDocument(matches: DocumentTest): ConditionTest {
  return (value, subject) => {
    const document = typeof value === 'string' ? documentIn(value) : undefined;
    return document !== undefined && matches(document, subject);
  };
}
