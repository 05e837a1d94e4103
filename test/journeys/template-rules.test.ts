import type { Assembly } from '../sandbox/deployment/assembly';
import { type Journey, startJourney } from './journey';

/*
 * What a template's rules forbid is refused before anybody is asked, and what only AWS can tell is left to AWS. Invariant 9 (what is
 * refused says why).
 */

let journey: Journey;

const RULES = {
  ShortOnes: {
    Assertions: [
      {
        Assert: { 'Fn::Contains': [['7', '30', '31'], { Ref: 'RetentionDays' }] },
        AssertDescription: 'Data is kept for 7, 30 or 31 days',
      },
    ],
  },
  Token: {
    RuleCondition: { 'Fn::Equals': [{ Ref: 'RetentionDays' }, '31'] },
    Assertions: [
      {
        Assert: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Token' }, 'none'] }] },
        AssertDescription: 'For 31 days, a token is needed',
      },
    ],
  },
};

const withRules = (assembly: Assembly): Assembly => {
  const templates = [...assembly.templates].map(([url, template]) => {
    const { Parameters: parameters } = template as { Parameters?: Readonly<Record<string, unknown>> };
    if (parameters?.['RetentionDays'] === undefined) return [url, template] as const;
    const Token = { Type: 'String', NoEcho: true, Default: 'none' };
    return [url, { ...template, Parameters: { ...parameters, Token }, Rules: RULES }] as const;
  });
  return { ...assembly, templates: new Map(templates) };
};

beforeAll(async () => {
  journey = await startJourney({
    infrastructure: withRules,
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
