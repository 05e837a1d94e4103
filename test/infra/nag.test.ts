import { App, Stack, Validations, aws_sqs as sqs } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NagRuleCompliance } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { DEPLOYMENTS, appOf, type Deployment } from './assemblies';

/** Letters in a reason below which nothing has been explained. */
const SHORTEST_REASON = 40;

interface Acknowledgement {
  readonly at: IConstruct;
  readonly rule: string;
  readonly reason: string;
}

const acknowledgementsIn = (scope: IConstruct): readonly Acknowledgement[] =>
  scope.node
    .findAll()
    .flatMap((at) =>
      at.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) =>
          Object.entries(data as Record<string, unknown>).map(([id, reason]) => ({
            at,
            rule: id.replace(/^annotation::/i, ''),
            reason: String(reason),
          })),
        ),
    )
    .filter(({ rule }) => rule.startsWith('AwsSolutions-'));

/** Finds what it would find if nothing were acknowledged. */
class EverythingFound extends AwsSolutionsChecks {
  readonly found: { readonly path: string; readonly rule: string }[] = [];

  protected override applyRule(rule: Parameters<AwsSolutionsChecks['applyRule']>[0]): void {
    const name = `AwsSolutions-${rule.ruleSuffixOverride ?? rule.rule.name}`;
    const note = (id: string): void => void this.found.push({ path: rule.node.node.path, rule: id });
    try {
      const result = rule.rule(rule.node);
      if (Array.isArray(result)) result.forEach((finding) => note(`${name}[${finding}]`));
      else if (result === NagRuleCompliance.NON_COMPLIANT) note(name);
    } catch {
      note(name);
    }
  }
}

const idle = (scope: IConstruct): readonly string[] => {
  const checks = new EverythingFound();
  checks.validateScope(scope);
  return acknowledgementsIn(scope)
    .filter(
      ({ at, rule }) =>
        !checks.found.some(
          (finding) =>
            finding.rule === rule &&
            (finding.path === at.node.path || finding.path.startsWith(`${at.node.path}/`)),
        ),
    )
    .map(({ at, rule }) => `${at.node.path}: ${rule}`);
};

describe.each(Object.keys(DEPLOYMENTS) as Deployment[])('in %s', (deployment) => {
  const app = appOf(deployment);

  test('AwsSolutions finds nothing that is not explained', () => {
    const { violations } = new AwsSolutionsChecks().validateScope(app);
    expect(
      violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${constructPath}: ${ruleName}`),
      ),
    ).toStrictEqual([]);
  });

  test('every acknowledgement says why', () => {
    const short = acknowledgementsIn(app).filter(({ reason }) => reason.trim().length < SHORTEST_REASON);
    expect(short.map(({ at, rule, reason }) => `${at.node.path}: ${rule}: ${reason}`)).toStrictEqual([]);
  });

  test('no acknowledgement covers a whole stack', () => {
    const broad = acknowledgementsIn(app).filter(({ at }) => Stack.isStack(at) || App.isApp(at));
    expect(broad.map(({ at, rule }) => `${at.node.path}: ${rule}`)).toStrictEqual([]);
  });

  test('every acknowledgement is still needed', () => {
    expect(idle(app)).toStrictEqual([]);
  });
});

describe('an acknowledgement', () => {
  const aQueue = (rule: string): Stack => {
    const stack = new Stack(new App({ autoSynth: false }), 'stack');
    const queue = new sqs.Queue(stack, 'Queue');
    Validations.of(queue).acknowledge({ id: rule, reason: 'a test' });
    return stack;
  };

  test('of something that is found is needed', () => {
    expect(idle(aQueue('AwsSolutions-SQS3'))).toStrictEqual([]);
  });

  test('of something that is not found is idle', () => {
    expect(idle(aQueue('AwsSolutions-S1'))).toEqual(['stack/Queue: AwsSolutions-S1']);
  });
});
