import {
  DescribePortfolioSharesCommand,
  DescribePortfolioShareStatusCommand,
  type DescribePortfolioShareType,
  ServiceCatalogClient,
  UpdatePortfolioShareCommand,
} from '@aws-sdk/client-service-catalog';
import { composeShare } from '../../../infra/hub/share/compose';
import { FOLLOWED_FOR, PATIENCE } from '../../../infra/hub/share/start-share';
import { PRODUCTION, WORKLOADS } from '../../sandbox/aws/organizations/sandbox-organization';
import { DATA_PROD, ORGANIZATION_ID, PAYMENTS_DEV, RESEARCH } from '../../sandbox/organization';
import {
  type RunningOrganization,
  runningOrganization,
} from '../../unit/sandbox/organizations/running-organization';

const MINUTE = 60_000;

let aws: RunningOrganization;
beforeEach(async () => {
  aws = await runningOrganization();
});
afterEach(() => aws.close());

/** The functions as they are deployed, but for where AWS is and whose clock tells the time. */
const functions = () =>
  composeShare(new ServiceCatalogClient({ ...aws.as(), maxAttempts: 5 }), {
    now: aws.clock.now,
    wait: (milliseconds) => aws.clock.advance(milliseconds),
  });

const organization = { Type: 'ORGANIZATION', Value: ORGANIZATION_ID };
const workloads = { Type: 'ORGANIZATIONAL_UNIT', Value: WORKLOADS };
const production = { Type: 'ORGANIZATIONAL_UNIT', Value: PRODUCTION };

/** What CloudFormation sends: scalars are texts. */
const anEvent = (RequestType: 'Create' | 'Update' | 'Delete', properties: object = {}) => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example/answer',
  ResourceProperties: {
    ServiceToken: 'arn:aws:lambda:eu-west-1:100000000002:function:framework',
    PortfolioId: aws.portfolioId,
    Node: organization,
    SharePrincipals: 'true',
    ShareTagOptions: 'true',
    ...properties,
  },
});

/** What CDK's provider framework does with an event: start, then ask every 15 seconds. */
const handled = async (event: object): Promise<string> => {
  const { onEvent, isComplete } = functions();
  const started = await onEvent(event);
  while (!(await isComplete({ ...event, ...started })).IsComplete) await aws.clock.advance(15_000);
  return started.PhysicalResourceId;
};

const shares = async (Type: DescribePortfolioShareType = 'ORGANIZATION') => {
  const { PortfolioShareDetails } = await aws
    .serviceCatalog()
    .send(new DescribePortfolioSharesCommand({ PortfolioId: aws.portfolioId, Type }));
  return PortfolioShareDetails ?? [];
};
const called = (operation: string): number =>
  aws.journal.entries.filter((entry) => entry.operation === operation && entry.status === 200).length;

test('shares the portfolio with the organization, principals and TagOptions too, and waits until it is done', async () => {
  const id = await handled(anEvent('Create'));
  expect(id).toBe(`${aws.portfolioId}/${ORGANIZATION_ID}`);
  expect(await shares()).toMatchObject([
    { PrincipalId: ORGANIZATION_ID, SharePrincipals: true, ShareTagOptions: true },
  ]);
  expect(called('DescribePortfolioShareStatus')).toBeGreaterThan(1);
});

test('shares the portfolio with units and with single accounts', async () => {
  await handled(anEvent('Create', { Node: workloads }));
  await handled(anEvent('Create', { Node: { Type: 'ACCOUNT', Value: RESEARCH }, SharePrincipals: 'false' }));
  expect(await shares('ORGANIZATIONAL_UNIT')).toMatchObject([
    { PrincipalId: WORKLOADS, SharePrincipals: true },
  ]);
  expect(await shares('ORGANIZATION_MEMBER_ACCOUNT')).toMatchObject([
    { PrincipalId: RESEARCH, SharePrincipals: false },
  ]);
});

test('changes flags of a share that exists through an update of it', async () => {
  await handled(anEvent('Create', { SharePrincipals: 'false', ShareTagOptions: 'false' }));
  const id = await handled(anEvent('Update'));
  expect(id).toBe(`${aws.portfolioId}/${ORGANIZATION_ID}`);
  expect(await shares()).toMatchObject([{ SharePrincipals: true, ShareTagOptions: true }]);
  expect(called('CreatePortfolioShare')).toBe(1);
});

test('another node is another share: CloudFormation makes the new one and removes the old one', async () => {
  const before = await handled(anEvent('Create', { Node: workloads }));
  const after = await handled(anEvent('Update', { Node: production }));
  expect(after).not.toBe(before);
  await handled(anEvent('Delete', { Node: workloads }));
  expect(await shares('ORGANIZATIONAL_UNIT')).toMatchObject([{ PrincipalId: PRODUCTION }]);
});

test('removes the share and waits until it is gone', async () => {
  await handled(anEvent('Create'));
  await handled(anEvent('Delete'));
  expect(await shares()).toStrictEqual([]);
});

test('removing a share that is not there, or of a portfolio that is not there, is done at once', async () => {
  await handled(anEvent('Delete'));
  await handled(anEvent('Delete', { PortfolioId: 'port-abcdefghijklm' }));
  expect(called('DeletePortfolioShare')).toBe(0);
});

test('fails with the accounts that failed, and why', async () => {
  const message = 'The account is suspended';
  aws.shareTroubles.failShare({ account: PAYMENTS_DEV, error: 'AccessDeniedException', message });
  aws.shareTroubles.failShare({ account: DATA_PROD, error: 'ThrottlingException', message: 'Rate exceeded' });
  const failed = await handled(anEvent('Create')).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: 'ShareFailed' });
  expect(String(failed)).toContain(`Sharing portfolio ${aws.portfolioId} with the organization`);
  expect(String(failed)).toContain(`${PAYMENTS_DEV}: AccessDeniedException, ${message}`);
  expect(String(failed)).toContain(`${DATA_PROD}: ThrottlingException, Rate exceeded`);
});

test('fails where the share failed as a whole', async () => {
  aws.shareTroubles.failShare({ error: 'InternalFailure', message: 'It did not work out' });
  await expect(handled(anEvent('Create'))).rejects.toThrow(/ended as ERROR.*It did not work out/s);
});

test('what failed is removed again with the stack that asked for it', async () => {
  aws.shareTroubles.failShare({ account: PAYMENTS_DEV, error: 'AccessDeniedException' });
  await expect(handled(anEvent('Create'))).rejects.toThrow(PAYMENTS_DEV);
  aws.shareTroubles.recover();
  await handled(anEvent('Delete'));
  expect(await shares()).toStrictEqual([]);
});

test('a share that does not end is given up, with the node that is still in progress', async () => {
  aws.shareTroubles.takes(Infinity);
  const began = aws.clock.now().getTime();
  await expect(handled(anEvent('Create', { Node: workloads }))).rejects.toThrow(
    new RegExp(`unit ${WORKLOADS} is still (NOT_STARTED|IN_PROGRESS)`),
  );
  const took = aws.clock.now().getTime() - began;
  expect(took).toBeGreaterThanOrEqual(FOLLOWED_FOR);
  expect(took).toBeLessThan(FOLLOWED_FOR + MINUTE);
});

test('an event that comes twice shares once, and neither answers before the share is complete', async () => {
  const { onEvent } = functions();
  await onEvent(anEvent('Create'));
  await handled(anEvent('Create'));
  expect(called('CreatePortfolioShare')).toBe(1);
  expect(await shares()).toHaveLength(1);
});

test('an event that comes again after all is done changes nothing', async () => {
  await handled(anEvent('Create'));
  const before = await shares();
  await handled(anEvent('Create'));
  expect(await shares()).toEqual(before);
  await handled(anEvent('Delete'));
  await handled(anEvent('Delete'));
  expect(called('DeletePortfolioShare')).toBe(1);
});

test('stands in line while Service Catalog works on another share', async () => {
  aws.shareTroubles.takes(5 * MINUTE);
  const { onEvent } = functions();
  await onEvent(anEvent('Create', { Node: workloads }));
  await handled(anEvent('Create', { Node: production }));
  expect(await shares('ORGANIZATIONAL_UNIT')).toHaveLength(2);
});

test('does not stand in line for ever', async () => {
  aws.shareTroubles.takes(Infinity);
  const { onEvent } = functions();
  await onEvent(anEvent('Create', { Node: workloads }));
  const began = aws.clock.now().getTime();
  await expect(onEvent(anEvent('Create', { Node: production }))).rejects.toMatchObject({ name: 'ShareBusy' });
  expect(aws.clock.now().getTime() - began).toBeGreaterThanOrEqual(PATIENCE);
});

test('is throttled and still gets there', async () => {
  for (const operation of ['DescribePortfolioShares', 'CreatePortfolioShare', 'DescribePortfolioShareStatus'])
    aws.faults.plan('servicecatalog', operation, 'throttled', 2);
  await handled(anEvent('Create'));
  expect(await shares()).toHaveLength(1);
  expect(aws.faults.spent).toBe(true);
});

test('keeps following where Service Catalog will not tell, until the time is over', async () => {
  const { onEvent, isComplete } = composeShare(aws.serviceCatalog(), {
    now: aws.clock.now,
    wait: (milliseconds) => aws.clock.advance(milliseconds),
  });
  const event = { ...anEvent('Create'), ...(await onEvent(anEvent('Create'))) };
  aws.faults.plan('servicecatalog', 'DescribePortfolioShareStatus', 'throttled');
  expect(await isComplete(event)).toEqual({ IsComplete: false });
  aws.faults.plan('servicecatalog', 'DescribePortfolioShareStatus', 'failed');
  expect(await isComplete(event)).toEqual({ IsComplete: false });
  await aws.clock.advance(FOLLOWED_FOR);
  aws.faults.plan('servicecatalog', 'DescribePortfolioShareStatus', 'throttled');
  await expect(isComplete(event)).rejects.toThrow(/as far as Service Catalog tells/);
});

test('a share that somebody made by hand is taken over', async () => {
  await handled(anEvent('Create', { SharePrincipals: 'false' }));
  const { PortfolioShareToken } = await aws.serviceCatalog().send(
    new UpdatePortfolioShareCommand({
      PortfolioId: aws.portfolioId,
      OrganizationNode: { Type: 'ORGANIZATION', Value: ORGANIZATION_ID },
      ShareTagOptions: false,
    }),
  );
  await handled(anEvent('Create'));
  await expect(
    aws.serviceCatalog().send(new DescribePortfolioShareStatusCommand({ PortfolioShareToken })),
  ).resolves.toMatchObject({ Status: 'COMPLETED' });
  expect(await shares()).toMatchObject([{ SharePrincipals: true, ShareTagOptions: true }]);
});

test('the reason of a failure fits into what CloudFormation takes, however many accounts failed', async () => {
  for (let index = 0; index < 300; index += 1) {
    const account = String(200_000_000_000 + index);
    aws.organization.join({ id: account, name: `team-${index}`, parent: WORKLOADS });
    aws.shareTroubles.failShare({ account, error: 'ThrottlingException' });
  }
  const failed = await handled(anEvent('Create')).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: 'ShareFailed' });
  expect(Buffer.byteLength(String(failed))).toBeLessThan(2_100);
});

test.each([
  ['no node', { Node: undefined }],
  ['an unknown kind of node', { Node: { Type: 'ROOT', Value: 'r-a1b2' } }],
  ['no portfolio', { PortfolioId: '' }],
])('a resource with %s is refused before anything is asked of Service Catalog', async (_, properties) => {
  await expect(functions().onEvent(anEvent('Create', properties))).rejects.toMatchObject({
    name: '$ZodError',
  });
  expect(aws.journal.entries).toStrictEqual([]);
});
