import { stringify } from 'yaml';
import { z } from 'zod';
import { parseTemplateFile } from '../../infra/hub/template-file';
import type { Assembly } from '../sandbox/deployment/assembly';
import { type Journey, startJourney } from './journey';

/*
 * What a template's rules forbid is refused before anybody is asked, and what only AWS can tell is left to AWS, whether the template
 * is written in JSON or in YAML. Invariant 9 (what is refused says why).
 */

const RULES = `
Rules:
  ShortOnes:
    Assertions:
      - Assert:
          Fn::Contains: [['7', '30', '31'], !Ref RetentionDays]
        AssertDescription: Data is kept for 7, 30 or 31 days
  Token:
    RuleCondition: !Equals [!Ref RetentionDays, '31']
    Assertions:
      - Assert: !Not [!Equals [!Ref Token, none]]
        AssertDescription: For 31 days, a token is needed
`;
const Template = z.record(z.string(), z.unknown());
const WithParameters = z.looseObject({
  Parameters: z.looseObject({ RetentionDays: z.unknown() }),
});

/** The product's template with rules, published under an address that ends in the ending. */
const withRules =
  (ending: '.json' | '.yaml' | '.yml') =>
  (assembly: Assembly): Assembly => {
    const templates = new Map(assembly.templates);
    const texts = new Map(assembly.texts);
    let stacks = JSON.stringify(assembly.stacks);
    for (const [url, given] of assembly.templates) {
      const bucket = WithParameters.safeParse(given).data;
      if (bucket === undefined) continue;
      const Token = { Type: 'String', NoEcho: true, Default: 'none' };
      const text =
        stringify({ ...bucket, Parameters: { ...bucket.Parameters, Token }, Rules: undefined }) + RULES;
      const published = url.replace(/\.json$/, ending);
      templates.delete(url);
      templates.set(published, Template.parse(parseTemplateFile('with-rules.yml', text)));
      if (ending !== '.json') texts.set(published, text);
      const name = url.slice(url.lastIndexOf('/'));
      stacks = stacks.replaceAll(name, name.replace(/\.json$/, ending));
    }
    return { stacks: JSON.parse(stacks) as Assembly['stacks'], templates, texts };
  };

describe.each(['.json', '.yml', '.yaml'] as const)('a template that is published as %s', (ending) => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({
      infrastructure: withRules(ending),
      serviceCatalog: { badParameters: 'refused' },
    });
  });
  afterAll(() => journey.sandbox.close());

  const raised = (RetentionDays: string): Promise<string> =>
    journey.raise(journey.form({ parameters: { RetentionDays } }));

  test("an order against a rule is refused in its author's words", async () => {
    const key = await raised('8');
    await journey.reaches(key, 'refused-order');
    expect(journey.comments(key).join('\n')).toContain('- Data is kept for 7, 30 or 31 days.');
  });

  test('an order that keeps to the rules is launched', async () => {
    const key = await raised('30');
    await journey.approve(key);
    await journey.reaches(key, 'succeeded');
  });

  test('a rule about a value that nobody here knows is judged by AWS, whose words the request tells', async () => {
    const key = await raised('31');
    await journey.reaches(key, 'awaiting-approval');
    await journey.approve(key);
    await journey.reaches(key, 'refused');
    expect(journey.comments(key).at(-1)).toContain('For 31 days, a token is needed');
  });
});
