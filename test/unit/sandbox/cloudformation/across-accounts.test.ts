import { startAws } from '../../../sandbox/aws/aws';
import { createCloudFormation } from '../../../sandbox/aws/cloudformation/cloudformation';
import { createTemplateStore } from '../../../sandbox/aws/cloudformation/template-store';
import type { Role } from '../../../sandbox/aws/iam/role';
import { NotModelled } from '../../../sandbox/aws/service';
import { DrivenClock } from '../../../sandbox/clock';
import { Faults } from '../../../sandbox/faults';
import { Journal } from '../../../sandbox/journal';
import { HUB, ORGANIZATION_ID, PAYMENTS_DEV, REGION } from '../../../sandbox/organization';

const FUNCTION = `arn:aws:lambda:${REGION}:${HUB}:function:gate`;
const aRole = (account: string, name: string, actions: readonly string[]): Role => ({
  ...{ account, name },
  trust: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  },
  policies:
    actions.length === 0
      ? {}
      : {
          given: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: actions, Resource: FUNCTION }],
          },
        },
});

interface Event {
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

/** A tenant's stack with a custom resource behind a function of the hub, all over the wire. */
const launch = async (options: {
  readonly launchRole: readonly string[];
  readonly openTo?: string;
  /** How often the function dies before it answers. */
  readonly deaths?: number;
}) => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const cloudFormation = createCloudFormation({
    ...{ clock, journal, templates: createTemplateStore(), emit: () => undefined },
    iam: {
      authorize: (request) => aws.iam.authorize(request),
      putResourcePolicy: (arn, document) => aws.iam.putResourcePolicy(arn, document),
    },
    lambda: { handle: (call) => aws.lambda.service.handle(call) },
  });
  const aws = await startAws({
    ...{ clock, journal, faults: new Faults() },
    roles: [aRole(PAYMENTS_DEV, 'Launch', options.launchRole), aRole(HUB, 'Gate', [])],
    services: {
      servicecatalog: { handle: () => Promise.reject(new NotModelled('Service Catalog')) },
      cloudformation: cloudFormation.service,
      preSigned: cloudFormation.uploads,
    },
  });
  close = () => aws.close();
  if (options.openTo !== undefined) {
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': options.openTo } };
    const Statement = [
      { Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction', Resource: FUNCTION, Condition },
    ];
    aws.iam.putResourcePolicy(FUNCTION, { Version: '2012-10-17', Statement });
  }
  let invocations = 0;
  aws.registerFunction({
    ...{ name: 'gate', account: HUB, region: REGION, role: 'Gate', timeoutSeconds: 10 },
    handler: async ({ ResponseURL, ...event }: Event) => {
      invocations += 1;
      if (invocations <= (options.deaths ?? 0)) throw new Error('It died');
      const { StackId, RequestId, LogicalResourceId } = event;
      const { pathname, search } = new URL(ResponseURL);
      const answer = {
        StackId,
        RequestId,
        LogicalResourceId,
        Status: 'SUCCESS',
        PhysicalResourceId: 'gate-1',
      };
      const body = Buffer.from(JSON.stringify(answer));
      return (await fetch(`${aws.endpoint}${pathname}${search}`, { method: 'PUT', body })).status;
    },
  });
  const { stacks } = cloudFormation;
  const Resources = { Gate: { Type: 'Custom::ApprovalGate', Properties: { ServiceToken: FUNCTION } } };
  const id = stacks.create({
    ...{ account: PAYMENTS_DEV, region: REGION, stackName: 'gated', template: { Resources } },
    ...{ parameters: {}, tags: {}, capabilities: [], as: { account: PAYMENTS_DEV, roleName: 'Launch' } },
  });
  await clock.until(() => !stacks.describe(id).status.endsWith('_IN_PROGRESS'), 7_200_000);
  return { status: stacks.describe(id).status, invocations };
};

const INVOKE = ['lambda:InvokeFunction'];

test('the launch role and the function’s own policy together let a stack ask another account', async () => {
  expect(await launch({ launchRole: INVOKE, openTo: ORGANIZATION_ID })).toEqual({
    ...{ status: 'CREATE_COMPLETE', invocations: 1 },
  });
});

test.each([
  ['the launch role may not invoke it', { launchRole: [], openTo: ORGANIZATION_ID }],
  ['the function has no policy', { launchRole: INVOKE }],
  ['the function is open to another organization', { launchRole: INVOKE, openTo: 'o-another' }],
])('a stack cannot ask a function of another account where %s', async (_why, options) => {
  expect(await launch(options)).toEqual({ status: 'ROLLBACK_COMPLETE', invocations: 0 });
});

test('a function that dies is invoked again, as with every asynchronous event', async () => {
  expect(await launch({ launchRole: INVOKE, openTo: ORGANIZATION_ID, deaths: 2 })).toEqual({
    ...{ status: 'CREATE_COMPLETE', invocations: 3 },
  });
});
