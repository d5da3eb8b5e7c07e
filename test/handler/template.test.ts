import { expect } from 'chai';
import { subjectOf } from '../../handler/subjectOf.ts';
import { fillTemplate, parseTemplate } from '../../handler/template.ts';
import { ACCOUNTS, recordOf, trustsNobody } from '../factories.ts';

function filled(text: string, fields = {}): string {
  const template = parseTemplate(text);
  if ('problems' in template) throw new Error(template.problems.join());
  return fillTemplate(template.value, subjectOf(recordOf(fields), ACCOUNTS, trustsNobody));
}

describe('template', () => {
  it('fills places with what the record holds', () => {
    const text = '{trailwatch.principal.label} stopped {requestParameters.name}.';
    expect(filled(text)).to.equal('bert-jan stopped management-events.');
    expect(filled('no place')).to.equal('no place');
  });

  it('leaves a dash where there is nothing', () => {
    expect(filled('<{requestParameters.nothing}>')).to.equal('<->');
    expect(filled('<{responseElements}>')).to.equal('<->');
    expect(filled('<{requestParameters.name}>', { requestParameters: { name: '' } })).to.equal(
      '<->',
    );
  });

  it('joins arrays, writes objects as JSON, cuts at 200 and shows what hides', () => {
    const requestParameters = {
      items: [{ id: 'i-1' }, { id: 'i-2' }, { other: 1 }, [{ id: 3 }]],
      object: { a: [true] },
      long: 'x'.repeat(300),
      hostile: 'a\u202eb\nc',
    };
    expect(filled('{requestParameters.items.id}', { requestParameters })).to.equal('i-1, i-2, 3');
    expect(filled('{requestParameters.object}', { requestParameters })).to.equal('{"a":[true]}');
    expect(filled('{requestParameters.long}', { requestParameters })).to.have.length(200);
    expect(filled('{requestParameters.hostile}', { requestParameters })).to.equal(
      'a\\u{202e}b\\u{a}c',
    );
  });

  it('survives what is nested too deeply', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}{"a":1}${']'.repeat(50_000)}`);
    const object: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(filled('{requestParameters.deep.a}', { requestParameters: { deep } })).to.equal('1');
    expect(filled('{requestParameters.object}', { requestParameters: { object } })).to.equal(
      '(nested too deeply)',
    );
  });

  it('refuses places that are no paths, and braces that are no places', () => {
    for (const text of ['{}', '{a..b}', '{trailwatch.secret}', 'a { b', 'a } b', '{a{b}}']) {
      expect(parseTemplate(text), text).to.have.property('problems');
    }
  });
});
