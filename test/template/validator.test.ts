import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { expect } from 'chai';

// What AWS's validator gets wrong, with the reason.
const WRONG: Readonly<Record<string, string>> = {
  'F3033 HandlerRole Properties.PermissionsBoundary':
    'it reads the empty default of PermissionsBoundaryArn in a branch that is taken only for a value',
};

describe('template.yaml: AWS’s own validator', function () {
  this.timeout(120_000);
  it('finds nothing but advice', () => {
    const engine = new RegoEngine();
    try {
      const { diagnostics } = engine.validateStandard(new TemplateFile('template.yaml'));
      const found = diagnostics
        .filter(({ severity }) => severity !== 'INFO')
        .map(
          ({ ruleId, entity, propertyPath }) => `${ruleId} ${entity?.logicalId} ${propertyPath}`,
        );
      expect(diagnostics).to.not.be.empty;
      expect(found).to.have.members(Object.keys(WRONG));
    } finally {
      engine.free();
    }
  });
});
