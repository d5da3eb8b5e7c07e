const pattern = { $ref: '#/definitions/pattern' };
const string = { type: 'string' };
const strings = { anyOf: [string, { type: 'array', minItems: 1, items: string }] };
const textOrIgnoringCase = { anyOf: [string, operator('equals-ignore-case', string)] };
const listName = { type: 'string', description: 'The name of a list in lists.json' };
const path = { type: 'string', description: 'The path of another value' };
const wildcard = { type: 'string', description: '* stands for any characters' };

const ON_STRINGS = [
  operator('prefix', textOrIgnoringCase),
  operator('suffix', textOrIgnoringCase),
  operator('equals-ignore-case', string),
  operator('wildcard', wildcard),
  operator('exactly', string),
];

const BUT = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].map((name) =>
  operator(name, strings),
);

const IN_LISTS = [
  { type: ['string', 'number', 'boolean', 'null'] },
  ...ON_STRINGS,
  operator('anything-but', {
    description: 'Anything else that is there',
    anyOf: [
      strings,
      { type: 'number' },
      { type: 'array', minItems: 1, items: { type: 'number' } },
      ...BUT,
      operator('list', listName),
      operator('same-as', path),
    ],
  }),
  operator('numeric', {
    description: '["=", 5] or [">", 0, "<=", 5]',
    type: 'array',
    items: { type: ['string', 'number'] },
    minItems: 2,
    maxItems: 4,
  }),
  operator('cidr', { type: 'string', description: 'Such as 10.0.0.0/8 or 2001:db8::/32' }),
  operator('text', {
    description: 'A condition on the text of whatever stands there',
    anyOf: [
      string,
      ...ON_STRINGS,
      operator('wildcard-ignore-case', wildcard),
      operator('anything-but', {
        anyOf: [
          strings,
          ...BUT,
          operator('wildcard-ignore-case', strings),
          operator('list', listName),
        ],
      }),
      operator('exists', { type: 'boolean' }),
      operator('list', listName),
    ],
  }),
];

/** The JSON Schema of event patterns: what editors complete. parsePattern knows more of them. */
export const PATTERN_DEFINITIONS = {
  pattern: {
    description: 'An event pattern, as EventBridge knows them: docs/watchlist.md, Conditions.',
    type: 'object',
    minProperties: 1,
    properties: {
      $or: { description: 'One of these patterns', type: 'array', minItems: 2, items: pattern },
    },
    additionalProperties: {
      anyOf: [pattern, { type: 'array', minItems: 1, items: { $ref: '#/definitions/condition' } }],
    },
  },
  condition: {
    anyOf: [
      { $ref: '#/definitions/listCondition' },
      operator('exists', { type: 'boolean' }),
      operator('json', pattern),
      operator('same-as', path),
      operator('list', listName),
    ],
  },
  listCondition: { anyOf: IN_LISTS },
} as const;

function operator(name: string, argument: object): object {
  return {
    type: 'object',
    properties: { [name]: argument },
    required: [name],
    additionalProperties: false,
  };
}
