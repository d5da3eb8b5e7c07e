import { documentIn } from '../pattern/documentIn.ts';
import { elements, field } from './fields.ts';

export interface Policies {
  readonly policies: readonly (readonly unknown[])[]; // the statements of each
  readonly unknown: readonly string[]; // why others could not be read
}

/**
 * Every policy document in the parameters of a call, wherever it stands and whatever the field is
 * called: an object with a `Statement`, or a text that holds one, percent-encoded or not.
 */
export function policiesIn(parameters: unknown): Policies {
  const policies: (readonly unknown[])[] = [];
  const unknown: string[] = [];
  // A queue, not recursion: nesting is hostile.
  const places: Place[] = [{ name: '', value: parameters, isInText: false }];
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] as Place; // the index is below the length
    const statement = field(place.value, 'Statement');
    if (statement !== undefined) {
      policies.push(elements([statement]));
      continue;
    }
    const inside = insideOf(place);
    for (const inner of inside) places.push(inner);
    if (inside.length === 0 && isUnreadable(place)) {
      unknown.push(`${place.name} is not a policy document in JSON`);
    }
  }
  return { policies, unknown };
}

interface Place {
  readonly name: string; // of the field; of an element, that of its array
  readonly value: unknown;
  readonly isInText: boolean; // a text in a document is none of this call's documents
}

function insideOf({ name, value, isInText }: Place): readonly Place[] {
  if (typeof value === 'string') {
    const document = isInText ? undefined : documentOf(value);
    return document === undefined ? [] : [{ name, value: document, isInText: true }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, inner]) => ({
    name: Array.isArray(value) ? name : key,
    value: inner as unknown,
    isInText,
  }));
}

/** The document that a text holds; one encoded twice is taken out of both. */
function documentOf(text: string): object | undefined {
  if (!/^\s*(?:[{["]|%(?:7B|5B|22|25))/i.test(text)) return undefined; // nearly all texts
  return documentIn(text.trim()) ?? documentIn(onceDecoded(text.trim()));
}

function onceDecoded(text: string): string {
  try {
    // What begins with a quotation mark is a string, or no JSON.
    const inner = text.startsWith('"') ? (JSON.parse(text) as string) : decodeURIComponent(text);
    return inner.trim();
  } catch {
    return '';
  }
}

// Fields that hold a policy document and nothing else.
const POLICY_FIELDS = new Set([
  'accesspolicies',
  'assumerolepolicydocument',
  'bucketpolicy',
  'policy',
  'policydocument',
  'policyinjson',
  'policytext',
  'registrypolicytext',
  'repositorypolicytext',
  'resourcepolicy',
]);

/** Whether what holds no document ought to be one; names and ARNs of policies aside. */
function isUnreadable({ name, value, isInText }: Place): boolean {
  if (typeof value !== 'string' || isInText) return false;
  if (/^\s*\{/.test(value) && value.includes('"Statement"')) return true;
  return POLICY_FIELDS.has(name.toLowerCase()) && value !== '' && !value.startsWith('arn:');
}
