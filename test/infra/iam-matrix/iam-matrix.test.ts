import { FUNCTION } from '../../../infra/names';
import type { Journey } from '../../journeys/journey';
import type { Iam, WeighedCall } from '../../sandbox/aws/iam/iam';
import { type Role, roleArn } from '../../sandbox/aws/iam/role';
import { type UnusedPermission, unusedPermissions } from '../../sandbox/aws/iam/unused-permissions';
import { DATA_PROD, HUB, PAYMENTS_DEV, REGION } from '../../sandbox/organization';
import { actionsInCode, functionFolders } from './calls-in-code';
import { DENIED } from './denied';
import { GATE, NOT_WALKED, REFUSED, SHARED, UNUSED } from './exceptions';
import {
  ADMINISTRATOR,
  distinct,
  INTRUDER,
  isBy,
  letIntrudersIn,
  nameOf,
  putServiceControlPolicy,
  STRANGER,
  theCall,
} from './matrix';
import { walked } from './walk';

/*
 * Who may do what in AWS, as the synthesized policies say: every call that the functions really make is allowed, and
 * the same call from elsewhere, about something else or with anything missing is not.
 */

let journey: Journey;
let iam: Iam;
let calls: readonly WeighedCall[];
/** Roles that the deployment made; those of the tenant template once, in an account where something is launched. */
let own: readonly Role[];
let unused: readonly UnusedPermission[];

/** What the deployment made of one type in a tenant account, by ARN. */
const inTenant = (type: string, attribute?: string): readonly string[] =>
  journey.sandbox.deployment
    .of(type)
    .filter(({ place }) => place.account === PAYMENTS_DEV)
    .map(({ made }) => (attribute === undefined ? made.id : (made.attributes?.[attribute] ?? '')));

beforeAll(async () => {
  journey = await walked();
  const { aws, deployment } = journey.sandbox;
  ({ iam } = aws);
  calls = distinct(iam.calls.filter(({ allowed }) => allowed));
  const ofTenants = new Set(inTenant('AWS::IAM::Role'));
  own = deployment
    .of('AWS::IAM::Role')
    .filter(({ place, made }) => place.account === PAYMENTS_DEV || !ofTenants.has(made.id))
    .flatMap(({ place, made }) => iam.role(place.account, made.id) ?? []);
  unused = unusedPermissions(own, iam.calls);
  letIntrudersIn(iam);
  putServiceControlPolicy(iam);
});
afterAll(() => journey.sandbox.close());

const inWords = ({ caller, action, resource = '-' }: WeighedCall): string =>
  `${nameOf(caller)} ${action} ${resource}`;
const inFull = ({ action, resource = '-', context }: WeighedCall): string =>
  `${action} ${resource} ${JSON.stringify(context)}`;

/** Those of the calls that whoever `by` names could make as well; nobody where it names nobody. */
const open = async (
  asked: readonly WeighedCall[],
  by: (call: WeighedCall) => readonly { readonly account: string; readonly roleName: string }[],
): Promise<readonly { readonly call: WeighedCall; readonly roleName: string }[]> => {
  const found = [];
  for (const call of asked) {
    for (const { account, roleName } of by(call)) {
      // Who calls brings along what the real caller did: its source identity and tags.
      const { allowed } = await iam.reconsider(call, { as: { ...call.as, account, roleName } });
      if (allowed) found.push({ call, roleName });
    }
  }
  return found;
};

/** What the deployment's own roles did. People and services have roles and rights of their own. */
const byRoles = (): readonly WeighedCall[] => {
  const arns = new Set(own.map(roleArn));
  return calls.filter(({ caller }) => arns.has(caller));
};

const FOLDERS = [...functionFolders('aws-bridge'), ...functionFolders('infra/hub')];
const CODE = new Map(FOLDERS.map((folder) => [folder, actionsInCode(folder)]));

/** How the names of the roles begin that a function runs with: its own name, or what CDK makes of the construct's. */
const roleOf = (folder: string): string => {
  const part = nameOf(folder);
  if (folder.startsWith('aws-bridge/')) return FUNCTION[part as keyof typeof FUNCTION];
  return `gatehouse-hub-${part.slice(0, 1).toUpperCase()}${part.slice(1)}`;
};

/** What a function did, with its own role and with those that it assumed. */
const doneBy = (folder: string): readonly WeighedCall[] => {
  const itself = calls.filter((call) => isBy(call, roleOf(folder)));
  const assumed = itself.filter(({ action }) => action === 'sts:AssumeRole').map(({ resource }) => resource);
  return [...itself, ...calls.filter(({ caller }) => assumed.includes(caller))];
};

test('every call on the way from the deployment to the end of the share was allowed, but those that are to be refused', () => {
  // More are not kept.
  expect(iam.calls.length).toBeLessThan(10_000);
  const refused = iam.calls.filter(({ allowed }) => !allowed);
  const isExpected = (call: WeighedCall): boolean =>
    REFUSED.some(({ who, action }) => isBy(call, who) && call.action === action);
  expect(refused.filter((call) => !isExpected(call)).map(inWords)).toStrictEqual([]);
});

test.each(REFUSED)('$who is refused $action, which tells $tells', ({ who, action }) => {
  const made = iam.calls.filter((call) => isBy(call, who) && call.action === action);
  expect(made.some(({ allowed }) => !allowed)).toBe(true);
});

test('all of them are allowed under the service control policy, too', async () => {
  const verdicts = await Promise.all(calls.map((call) => iam.reconsider(call)));
  expect(calls.filter((_, index) => !verdicts[index]?.allowed).map(inWords)).toStrictEqual([]);
});

test.each(FOLDERS)('the function in %s made every call that its code can make', (folder) => {
  const made = new Set(doneBy(folder).map(({ action }) => action));
  const except = NOT_WALKED.filter((row) => row.folder === folder).map(({ action }) => action);
  expect(CODE.get(folder)?.filter((action) => !made.has(action))).toEqual([...except].sort());
});

test.each(NOT_WALKED)('$folder: $action is $verdict, though no walk gets there, $because', async (row) => {
  const [account, roleName] = row.as;
  const request = { as: { account, roleName }, action: row.action, region: REGION };
  const { allowed } = await iam.reconsider({ ...request, resource: row.resource() });
  expect(allowed).toBe(row.verdict === 'allowed');
});

test.each(DENIED.map(([what, [by, action, about = ''], but]) => ({ what, by, action, about, but })))(
  '$by is denied $action $what',
  async ({ by, action, about, but }) => {
    const call = theCall(calls, [by, action, about]);
    const alteration = but(call, (made) => theCall(calls, made));
    expect(await iam.reconsider(call, alteration)).toMatchObject({ allowed: false });
  },
);

test('no role may make a call of another one, but for those that share it', async () => {
  const isShared = (call: WeighedCall, roleName: string): boolean =>
    SHARED.some(
      (shared) =>
        shared.call.test(inFull(call)) &&
        [nameOf(call.caller), roleName].every((name) => shared.who.some((begin) => name.startsWith(begin))),
    );
  const others = (call: WeighedCall) =>
    own
      .filter((role) => roleArn(role) !== call.caller && !isShared(call, role.name))
      // What has no owner in its name is the caller's own.
      .filter(
        ({ account }) => isOwned(call.resource) || ('account' in call.as && account === call.as.account),
      )
      .map(({ account, name: roleName }) => ({ account, roleName }));
  const found = await open(byRoles(), others);
  expect(found.map(({ call, roleName }) => `${roleName} as well as ${inWords(call)}`)).toStrictEqual([]);
});

/** Service Catalog's products are shared, which IAM does not know of. */
const isOwned = (resource: string | undefined): resource is string =>
  resource !== undefined && /^arn:aws:(?!catalog:)\w+:[\w-]*:\d{12}:/.test(resource);

test.each([
  ['in the hub', HUB, 'may do nothing of it in other accounts', () => false],
  [
    'in another tenant',
    DATA_PROD,
    'may ask for an approval and do nothing else of it in other accounts',
    (call: WeighedCall) => GATE.test(inFull(call)),
  ],
  ['outside of the organization', STRANGER, 'may do nothing of it', () => false],
])('whoever may do anything %s (%s) %s', async (_where, account, _what, mayThat) => {
  const elsewhere = byRoles().filter(
    ({ resource }) => isOwned(resource) && !resource.includes(`:${account}:`),
  );
  expect(elsewhere.length).toBeGreaterThan(3);
  const found = await open(elsewhere, () => [{ account, roleName: INTRUDER }]);
  expect(found.filter(({ call }) => !mayThat(call)).map(({ call }) => inWords(call))).toStrictEqual([]);
});

const GUARDED = (
  [
    [
      'the roles',
      () => inTenant('AWS::IAM::Role', 'Arn'),
      [
        ...['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole'],
        ...['iam:DeleteRolePermissionsBoundary', 'iam:CreateRole', 'iam:DeleteRole'],
      ],
    ],
    [
      'the boundaries',
      () => inTenant('AWS::IAM::ManagedPolicy'),
      ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:DeletePolicy'],
    ],
    [
      'the rule',
      () => inTenant('AWS::Events::Rule', 'Arn'),
      [
        'events:PutRule',
        'events:DisableRule',
        'events:DeleteRule',
        'events:PutTargets',
        'events:RemoveTargets',
      ],
    ],
  ] as const
).flatMap(([what, arns, actions]) => actions.map((action) => ({ what, arns, action })));

test.each(GUARDED)(
  "the service control policy denies a tenant's administrators $action on $what of Gatehouse",
  async ({ arns, action }) => {
    const guarded = arns();
    expect(guarded).not.toStrictEqual([]);
    for (const resource of guarded) {
      const as = { account: PAYMENTS_DEV, roleName: ADMINISTRATOR };
      const { reason } = await iam.reconsider({ as, action, resource, region: REGION });
      expect({ resource, reason }).toEqual({
        resource,
        reason: 'with an explicit deny in a service control policy',
      });
    }
  },
);

/** The statement that a permission stands in, as JSON. */
const statementOf = ({ role, policy, statement }: UnusedPermission): string => {
  const statements = own.find((candidate) => roleArn(candidate) === role)?.policies[policy]?.['Statement'];
  const all = [statements].flat() as readonly { readonly Sid?: string }[];
  return JSON.stringify(all.find(({ Sid }, index) => (Sid ?? String(index + 1)) === statement));
};

test('no role may do what no call needs, but for what is explained', () => {
  const unexplained = unused.filter((part) => !UNUSED.some(({ is }) => is(part, statementOf(part))));
  expect(
    unexplained.map(({ role, policy, statement, permission }) =>
      [nameOf(role), policy, statement, permission].join(' '),
    ),
  ).toStrictEqual([]);
});

test.each(UNUSED)('what no call needs is still there: $what, since $because', ({ is }) => {
  expect(unused.some((part) => is(part, statementOf(part)))).toBe(true);
});
