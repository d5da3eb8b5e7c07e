import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import type { Alert } from '../handler/alert.ts';
import type { Memory } from '../scripts/memoryPorts.ts';
import { schemaFiles } from '../scripts/schemas.ts';
import { copiesOf } from '../scripts/showAlert.ts';

const published = JSON.parse(schemaFiles()['docs/alert.schema.json'] ?? '') as AnySchemaObject;
const ajv = new Ajv({ allErrors: true });
formats.default(ajv);

const accepts = ajv.compile(published);
const knows = ajv.compile(closed(published));

/** The alert in some JSON, which has to be as docs/alert.schema.json says, without a field more. */
export function expectAlert(json: string): Alert {
  const alert: unknown = JSON.parse(json);
  for (const validate of [accepts, knows] as ValidateFunction[]) {
    const valid = validate(alert);
    expect(ajv.errorsText(validate.errors), json.slice(0, 300)).to.equal('No errors');
    expect(valid).to.equal(true);
  }
  return alert as Alert;
}

/** The same for all that was published in memory. */
export function expectAlerts(memory: Pick<Memory, 'published'>): void {
  for (const message of memory.published) expectAlert(copiesOf(message).default);
}

/** The schema with no room for unknown fields, but for what CloudTrail's own record may hold. */
function closed(schema: AnySchemaObject): AnySchemaObject {
  const { properties = {} } = schema as { properties?: Record<string, AnySchemaObject> };
  const entries = Object.entries(properties).map(([name, inner]) => [
    name,
    name === 'record' ? inner : closed(inner),
  ]);
  const isOpen = typeof schema['additionalProperties'] === 'object'; // keys are data
  return schema['type'] === 'object' && !isOpen
    ? { ...schema, properties: Object.fromEntries(entries), additionalProperties: false }
    : schema;
}
