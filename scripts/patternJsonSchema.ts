/** The JSON Schema of event patterns: what editors complete. parsePattern knows more of them. */
export const PATTERN_DEFINITIONS = {
  pattern: {
    description: 'An event pattern, as EventBridge knows them: docs/watchlist.md, Conditions.',
    type: 'object',
    minProperties: 1,
    properties: {
      $or: {
        description: 'One of these patterns.',
        type: 'array',
        minItems: 2,
        items: { $ref: '#/definitions/pattern' },
      },
    },
    additionalProperties: {
      anyOf: [
        { $ref: '#/definitions/pattern' },
        { type: 'array', minItems: 1, items: { $ref: '#/definitions/condition' } },
      ],
    },
  },
  condition: {
    anyOf: [
      { type: ['string', 'number', 'boolean', 'null'] },
      operator('prefix', { $ref: '#/definitions/textOrIgnoringCase' }),
      operator('suffix', { $ref: '#/definitions/textOrIgnoringCase' }),
      operator('equals-ignore-case', { type: 'string' }),
      operator('wildcard', { type: 'string', description: '* stands for any characters' }),
      operator('exactly', { type: 'string' }),
      operator('anything-but', {
        description:
          'Texts, numbers, or {prefix, suffix, equals-ignore-case, wildcard, list, same-as}',
        type: ['string', 'number', 'array', 'object'],
      }),
      operator('numeric', {
        description: '["=", 5] or [">", 0, "<=", 5]',
        type: 'array',
        items: { type: ['string', 'number'] },
        minItems: 2,
        maxItems: 4,
      }),
      operator('cidr', { type: 'string', description: 'Such as 10.0.0.0/8 or 2001:db8::/32' }),
      operator('exists', { type: 'boolean' }),
      operator('text', {
        description: 'A condition on the text of whatever stands there',
        type: ['string', 'object'],
      }),
      operator('json', { $ref: '#/definitions/pattern' }),
      operator('same-as', { type: 'string', description: 'The path of another value' }),
      operator('list', { type: 'string', description: 'The name of a list in lists.json' }),
    ],
  },
  textOrIgnoringCase: {
    anyOf: [{ type: 'string' }, operator('equals-ignore-case', { type: 'string' })],
  },
} as const;

function operator(name: string, argument: object): object {
  return {
    type: 'object',
    properties: { [name]: argument },
    required: [name],
    additionalProperties: false,
  };
}
