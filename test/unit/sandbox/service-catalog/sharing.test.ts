import {
  CreatePortfolioShareCommand,
  DeletePortfolioShareCommand,
  DescribePortfolioCommand,
  DescribePortfolioShareStatusCommand,
  DescribePortfolioSharesCommand,
  ListOrganizationPortfolioAccessCommand,
  ListPrincipalsForPortfolioCommand,
  type OrganizationNode,
  UpdatePortfolioShareCommand,
} from '@aws-sdk/client-service-catalog';
import { PRODUCTION, ROOT, WORKLOADS } from '../../../sandbox/aws/organizations/sandbox-organization';
import {
  DATA_PROD,
  HUB,
  MANAGEMENT,
  ORGANIZATION_ID,
  PAYMENTS_DEV,
  RESEARCH,
} from '../../../sandbox/organization';
import { type RunningOrganization, runningOrganization } from '../organizations/running-organization';

let aws: RunningOrganization;
beforeEach(async () => {
  aws = await runningOrganization();
});
afterEach(() => aws.close());

const organization: OrganizationNode = { Type: 'ORGANIZATION', Value: ORGANIZATION_ID };
const workloads: OrganizationNode = { Type: 'ORGANIZATIONAL_UNIT', Value: WORKLOADS };
const patterns = 'arn:aws:iam:::role/gatehouse/GatehouseTenant';

const withOrganization = (changes: object) => ({
  PortfolioId: aws.portfolioId,
  OrganizationNode: organization,
  ...changes,
});
const create = (changes: object = {}, account = HUB) =>
  aws.serviceCatalog(account).send(new CreatePortfolioShareCommand(withOrganization(changes)));
const update = (changes: object = {}) =>
  aws.serviceCatalog().send(new UpdatePortfolioShareCommand(withOrganization(changes)));
const remove = (changes: object = {}) =>
  aws.serviceCatalog().send(new DeletePortfolioShareCommand(withOrganization(changes)));
const statusOf = ({ PortfolioShareToken }: { PortfolioShareToken?: string | undefined }) =>
  aws.serviceCatalog().send(new DescribePortfolioShareStatusCommand({ PortfolioShareToken }));
const sharesOf = async (Type: 'ACCOUNT' | 'ORGANIZATION' | 'ORGANIZATIONAL_UNIT') => {
  const { PortfolioShareDetails } = await aws
    .serviceCatalog()
    .send(new DescribePortfolioSharesCommand({ PortfolioId: aws.portfolioId, Type }));
  return PortfolioShareDetails;
};
/** Begins an action and lets it end. */
const ended = async (action: Promise<{ PortfolioShareToken?: string | undefined }>) => {
  const begun = await action;
  await aws.clock.advance(60_000);
  return statusOf(begun);
};
const sees = (account: string): Promise<boolean> =>
  aws
    .serviceCatalog(account)
    .send(new DescribePortfolioCommand({ Id: aws.portfolioId }))
    .then(
      () => true,
      () => false,
    );
const refused = (name: string, message: RegExp) => ({
  name,
  message: expect.stringMatching(message) as string,
});

test('a share with the organization takes its time and then reaches every other account', async () => {
  const { clock, portfolioId } = aws;
  const begun = await create();
  expect(await statusOf(begun)).toMatchObject({
    Status: 'NOT_STARTED',
    PortfolioId: portfolioId,
    OrganizationNodeValue: ORGANIZATION_ID,
  });
  await clock.advance(1_000);
  expect(await statusOf(begun)).toMatchObject({ Status: 'IN_PROGRESS' });
  expect(await sees(PAYMENTS_DEV)).toBe(false);
  await clock.advance(19_000);
  expect(await statusOf(begun)).toMatchObject({
    Status: 'COMPLETED',
    ShareDetails: { SuccessfulShares: [MANAGEMENT, PAYMENTS_DEV, DATA_PROD, RESEARCH], ShareErrors: [] },
  });
  expect(await sees(PAYMENTS_DEV)).toBe(true);
});

test('a share with a unit reaches the accounts in it and in units within it, and nobody else', async () => {
  await ended(create({ OrganizationNode: workloads }));
  expect(await sees(PAYMENTS_DEV)).toBe(true);
  expect(await sees(DATA_PROD)).toBe(true);
  expect(await sees(RESEARCH)).toBe(false);
});

test('an account that moves into a shared unit is reached, one that moves out is not any more', async () => {
  await ended(create({ OrganizationNode: workloads }));
  aws.organization.move(RESEARCH, PRODUCTION);
  aws.organization.move(PAYMENTS_DEV, ROOT);
  aws.organization.join({ id: '100000000006', name: 'new', parent: WORKLOADS });
  expect(await sees(RESEARCH)).toBe(true);
  expect(await sees(PAYMENTS_DEV)).toBe(false);
  expect(aws.organization.accountsUnder(WORKLOADS)).toContain('100000000006');
});

test('a node may be named by its ARN, and is listed by its id', async () => {
  const arn = `arn:aws:organizations::${MANAGEMENT}:ou/${ORGANIZATION_ID}/${WORKLOADS}`;
  await ended(
    create({ OrganizationNode: { Type: 'ORGANIZATIONAL_UNIT', Value: arn }, SharePrincipals: true }),
  );
  expect(await sharesOf('ORGANIZATIONAL_UNIT')).toEqual([
    {
      ...{ PrincipalId: WORKLOADS, Type: 'ORGANIZATIONAL_UNIT', Accepted: true },
      ...{ SharePrincipals: true, ShareTagOptions: false },
    },
  ]);
  expect(await sharesOf('ORGANIZATION')).toStrictEqual([]);
  await expect(
    aws.serviceCatalog().send(
      new ListOrganizationPortfolioAccessCommand({
        PortfolioId: aws.portfolioId,
        OrganizationNodeType: 'ORGANIZATIONAL_UNIT',
      }),
    ),
  ).resolves.toMatchObject({ OrganizationNodes: [{ Type: 'ORGANIZATIONAL_UNIT', Value: WORKLOADS }] });
});

test('creating a share again changes nothing and does not say so', async () => {
  await ended(create({ SharePrincipals: true }));
  expect(await ended(create({ SharePrincipals: false, ShareTagOptions: true }))).toMatchObject({
    Status: 'COMPLETED',
  });
  expect(await sharesOf('ORGANIZATION')).toMatchObject([{ SharePrincipals: true, ShareTagOptions: false }]);
});

test('flags change through an update, one at a time if need be', async () => {
  await ended(create());
  const begun = await update({ SharePrincipals: true });
  expect(begun.Status).toBe('NOT_STARTED');
  expect(await sharesOf('ORGANIZATION')).toMatchObject([{ SharePrincipals: false }]);
  await aws.clock.advance(20_000);
  expect(await statusOf(begun)).toMatchObject({ Status: 'COMPLETED' });
  expect(await sharesOf('ORGANIZATION')).toMatchObject([{ SharePrincipals: true, ShareTagOptions: false }]);
});

test('principals that come along are seen in the spoke', async () => {
  aws.seed.associatePrincipal({ portfolioId: aws.portfolioId, arn: patterns, type: 'IAM_PATTERN' });
  const principals = () =>
    aws
      .serviceCatalog(PAYMENTS_DEV)
      .send(new ListPrincipalsForPortfolioCommand({ PortfolioId: aws.portfolioId }));
  await ended(create());
  expect(await principals()).toMatchObject({ Principals: [] });
  await ended(update({ SharePrincipals: true }));
  expect(await principals()).toMatchObject({
    Principals: [{ PrincipalARN: patterns, PrincipalType: 'IAM_PATTERN' }],
  });
});

test('while a share is being changed, every other change is refused', async () => {
  await create();
  const busy = refused('InvalidStateException', /^Cannot process more than one portfolio share action/);
  await expect(create({ OrganizationNode: workloads })).rejects.toMatchObject(busy);
  await expect(update({ SharePrincipals: true })).rejects.toMatchObject(busy);
  await expect(remove()).rejects.toMatchObject(busy);
});

test('an account that fails is named with its error, and the others are reached', async () => {
  aws.shareTroubles.failShare({
    ...{ account: PAYMENTS_DEV, error: 'ThrottlingException', message: 'Rate exceeded' },
  });
  expect(await ended(create({ OrganizationNode: workloads }))).toMatchObject({
    Status: 'COMPLETED_WITH_ERRORS',
    ShareDetails: {
      SuccessfulShares: [DATA_PROD],
      ShareErrors: [{ Accounts: [PAYMENTS_DEV], Error: 'ThrottlingException', Message: 'Rate exceeded' }],
    },
  });
  expect(await sees(PAYMENTS_DEV)).toBe(false);
  expect(await sees(DATA_PROD)).toBe(true);
});

test('a share that failed for an account is mended by making it anew, not by creating it again', async () => {
  aws.shareTroubles.failShare({ account: PAYMENTS_DEV, error: 'ThrottlingException' });
  await ended(create({ OrganizationNode: workloads }));
  aws.shareTroubles.recover();
  await ended(create({ OrganizationNode: workloads }));
  expect(await sees(PAYMENTS_DEV)).toBe(false);
  await ended(remove({ OrganizationNode: workloads }));
  await ended(create({ OrganizationNode: workloads }));
  expect(await sees(PAYMENTS_DEV)).toBe(true);
});

test('an update that fails for an account leaves that account as it was', async () => {
  aws.seed.associatePrincipal({ portfolioId: aws.portfolioId, arn: patterns, type: 'IAM_PATTERN' });
  await ended(create());
  aws.shareTroubles.failShare({ account: PAYMENTS_DEV, error: 'InternalFailure' });
  expect(await ended(update({ SharePrincipals: true }))).toMatchObject({ Status: 'COMPLETED_WITH_ERRORS' });
  const principalsIn = async (account: string) =>
    (
      await aws
        .serviceCatalog(account)
        .send(new ListPrincipalsForPortfolioCommand({ PortfolioId: aws.portfolioId }))
    ).Principals;
  expect(await principalsIn(PAYMENTS_DEV)).toStrictEqual([]);
  expect(await principalsIn(DATA_PROD)).toHaveLength(1);
});

test('an action that fails as a whole ends in an error and leaves no share behind', async () => {
  aws.shareTroubles.failShare({ error: 'InternalFailure', message: 'It did not work out' });
  expect(await ended(create())).toMatchObject({
    Status: 'ERROR',
    ShareDetails: { ShareErrors: [{ Error: 'InternalFailure', Message: 'It did not work out' }] },
  });
  expect(await sharesOf('ORGANIZATION')).toStrictEqual([]);
});

test('an action may never end', async () => {
  aws.shareTroubles.takes(Infinity);
  const begun = await create();
  await aws.clock.advance(24 * 3_600_000);
  expect(await statusOf(begun)).toMatchObject({ Status: 'IN_PROGRESS' });
});

test('throttling of a call itself has its usual name', async () => {
  aws.faults.plan('servicecatalog', 'CreatePortfolioShare', 'throttled');
  await expect(create()).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('a deleted share takes its time to be gone, and cannot be deleted again', async () => {
  await ended(create());
  const begun = await remove();
  expect(await sees(PAYMENTS_DEV)).toBe(true);
  await aws.clock.advance(20_000);
  expect(await statusOf(begun)).toMatchObject({ Status: 'COMPLETED' });
  expect(await sees(PAYMENTS_DEV)).toBe(false);
  await expect(remove()).rejects.toMatchObject(refused('ResourceNotFoundException', /is not shared with o-/));
});

test('a deletion that fails for an account leaves it with the portfolio', async () => {
  await ended(create());
  aws.shareTroubles.failShare({ account: DATA_PROD, error: 'InternalFailure' });
  expect(await ended(remove())).toMatchObject({
    Status: 'COMPLETED_WITH_ERRORS',
    ShareDetails: { ShareErrors: [{ Accounts: [DATA_PROD] }] },
  });
  expect(await sees(PAYMENTS_DEV)).toBe(false);
  expect(await sees(DATA_PROD)).toBe(true);
  aws.shareTroubles.recover();
  await ended(remove());
  expect(await sharesOf('ORGANIZATION')).toStrictEqual([]);
});

test('a share with an account by itself is there at once, without a token, and has to be accepted', async () => {
  expect((await create({ OrganizationNode: undefined, AccountId: PAYMENTS_DEV })).PortfolioShareToken).toBe(
    undefined,
  );
  expect(await sharesOf('ACCOUNT')).toMatchObject([{ PrincipalId: PAYMENTS_DEV, Accepted: false }]);
  expect(await sees(PAYMENTS_DEV)).toBe(false);
  aws.seed.acceptShare(aws.portfolioId, PAYMENTS_DEV);
  expect(await sees(PAYMENTS_DEV)).toBe(true);
  await create({ OrganizationNode: undefined, AccountId: PAYMENTS_DEV });
  expect(await sees(PAYMENTS_DEV)).toBe(true);
  await remove({ OrganizationNode: undefined, AccountId: PAYMENTS_DEV });
  expect(await sharesOf('ACCOUNT')).toStrictEqual([]);
});

test('a member of the organization is shared with as a node, without having to accept', async () => {
  const member: OrganizationNode = { Type: 'ACCOUNT', Value: RESEARCH };
  expect(await ended(create({ OrganizationNode: member }))).toMatchObject({
    ShareDetails: { SuccessfulShares: [RESEARCH] },
  });
  expect(await sees(RESEARCH)).toBe(true);
  expect(await sees(PAYMENTS_DEV)).toBe(false);
});

test.each<[string, object, string, RegExp]>([
  ['no recipient', { OrganizationNode: undefined }, 'InvalidParametersException', /Either AccountId or/],
  ['two recipients', { AccountId: RESEARCH }, 'InvalidParametersException', /Either AccountId or/],
  [
    'a node of another type than it says',
    { OrganizationNode: { Type: 'ORGANIZATION', Value: WORKLOADS } },
    'InvalidParametersException',
    /not ORGANIZATION and ou-/,
  ],
  [
    'the root',
    { OrganizationNode: { Type: 'ORGANIZATIONAL_UNIT', Value: ROOT } },
    'ValidationException',
    /'organizationNode.value' failed/,
  ],
  [
    'a unit that does not exist',
    { OrganizationNode: { Type: 'ORGANIZATIONAL_UNIT', Value: 'ou-a1b2-elsewhere' } },
    'ResourceNotFoundException',
    /ou-a1b2-elsewhere not found/,
  ],
  [
    'principals with a single account',
    { OrganizationNode: undefined, AccountId: RESEARCH, SharePrincipals: true },
    'InvalidParametersException',
    /^SharePrincipals is only supported/,
  ],
  [
    'the own account',
    { OrganizationNode: undefined, AccountId: HUB },
    'InvalidParametersException',
    /belongs to account/,
  ],
  ['an unknown portfolio', { PortfolioId: 'port-aaaaaaaaaaaaa' }, 'ResourceNotFoundException', /not found/],
])('sharing with %s is refused', async (_, changes, name, message) => {
  await expect(create(changes)).rejects.toMatchObject(refused(name, message));
});

test('only the management account and delegated administrators share along the organization', async () => {
  await expect(create({}, RESEARCH)).rejects.toMatchObject(
    refused('OperationNotSupportedException', /delegated administrator/),
  );
  await expect(create({}, MANAGEMENT)).rejects.toMatchObject(
    refused('ResourceNotFoundException', /^Portfolio port-\w+ not found/),
  );
});

test("a portfolio that is shared with an account is not that account's to share", async () => {
  await ended(create());
  await expect(
    create({ OrganizationNode: undefined, AccountId: DATA_PROD }, PAYMENTS_DEV),
  ).rejects.toMatchObject(refused('ResourceNotFoundException', /not found/));
});

test('a token is known only to the account that was given it', async () => {
  const { PortfolioShareToken } = await create();
  await expect(
    aws.serviceCatalog(MANAGEMENT).send(new DescribePortfolioShareStatusCommand({ PortfolioShareToken })),
  ).rejects.toMatchObject(refused('ResourceNotFoundException', /token .* not found/));
});
