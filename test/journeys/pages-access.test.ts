import Resolver from '@forge/resolver';
import { z } from 'zod';
import type { Onlooker, Place } from '../sandbox/atlassian/page-visits';
import { REQUEST_TYPE } from '../sandbox/site';
import { DATA_PROD, PAYMENTS_DEV, REGION, RESEARCH } from '../sandbox/organization';
import { type Journey, MINUTE, startJourney } from './journey';

/**
 * Who is let do what: `yes`, the app does it; `no`, the app refuses although Forge lets the call through; `-`, Forge lets nobody
 * with such an account near the page, whatever their browser claims.
 *
 * The request is the employee's; the other approver takes part in it, the approver is asked. The outsider has no licence, so no
 * app asks Jira as them. The collaborator has a licence, and is no agent.
 */
const TABLE = `
call                         employee colleague outsider other-approver approver collaborator agent project-admin admin anonymous
order-form.open              yes      yes       yes      yes            yes      yes          yes   yes           yes   -
order-form.describe          yes      yes       yes      yes            yes      yes          yes   yes           yes   -
order-form.describe:foreign  no       no        no       no             no       no           no    no            no    -
order-form.choices           yes      no        no       no             no       no           no    no            no    -
order-form.seal              yes      no        no       no             no       no           no    no            no    -
request-panel.open           yes      no        no       yes            yes      yes          yes   yes           yes   -
request-panel.open:foreign   no       yes       no       no             no       yes          yes   yes           yes   -
request-panel.open:absent    no       no        no       no             no       no           no    no            no    -
issue-context.open           -        -         -        -              -        yes          yes   yes           yes   -
issue-context.open:absent    -        -         -        -              -        no           no    no            no    -
request.resync               -        -         -        -              -        no           yes   yes           yes   -
request.cancel               -        -         -        -              -        no           yes   yes           yes   -
request.retry                -        -         -        -              -        no           yes   yes           yes   -
queue.open                   -        -         -        -              -        no           yes   yes           yes   -
queue.open:foreign           -        -         -        -              -        no           no    no            no    -
settings.open                -        -         -        -              -        no           no    yes           yes   -
settings.open:foreign        -        -         -        -              -        no           no    no            no    -
settings.save                -        -         -        -              -        no           no    yes           yes   -
settings.check               -        -         -        -              -        no           no    yes           yes   -
settings.create-request-type -        -         -        -              -        no           no    yes           yes   -
settings.find-groups         -        -         -        -              -        no           no    yes           yes   -
settings.find-people         -        -         -        -              -        no           no    yes           yes   -
settings.synchronise         -        -         -        -              -        no           no    yes           yes   -
connection.change            -        -         -        -              -        no           no    no            yes   -
connection.test              -        -         -        -              -        no           no    yes           yes   -
connection.outcome           -        -         -        -              -        no           no    yes           yes   -
`;

const aRequest = {
  requestTypeId: REQUEST_TYPE.approved,
  summary: 'Something from the AWS catalogue',
} as const;

type Verdict = 'yes' | 'no' | '-';
interface Row {
  /** A call, or a call and what is special about it this time. */
  readonly name: string;
  readonly cells: readonly { readonly as: Onlooker; readonly verdict: Verdict }[];
}

const ROWS: readonly Row[] = (() => {
  const [head = [], ...rows] = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return rows.map(([name = '', ...verdicts]) => ({
    name,
    cells: verdicts.map((verdict, index) => ({
      // The table is written above, in these words.
      as: head[index + 1] as Onlooker,
      verdict: verdict as Verdict,
    })),
  }));
})();

/** How a call is made, and what whoever may make it is answered: `ok`, or what is wrong with this attempt. */
interface Attempt {
  readonly module: string;
  readonly extension?: Place;
  readonly payload?: object;
  /** Refusals that come after whoever asks was let do it. */
  readonly afterwards?: 'invalid' | 'changed';
}

let journey: Journey;
let attempts: Readonly<Record<string, Attempt>>;
/** Names of calls by the resolver that has them, in the order in which the app makes the resolvers. */
const defined: Set<string>[] = [];
const resolvers: Resolver[] = [];

const Returned = z.discriminatedUnion('outcome', [
  z.looseObject({ outcome: z.literal('ok') }),
  z.looseObject({ outcome: z.literal('refused'), code: z.string() }),
]);

beforeAll(async () => {
  const define = jest.spyOn(Resolver.prototype, 'define');
  journey = await startJourney();
  define.mock.calls.forEach(([name], index) => {
    const resolver = define.mock.contexts[index] as Resolver; // what `define` is a method of
    const known = resolvers.includes(resolver) ? resolvers.indexOf(resolver) : resolvers.push(resolver) - 1;
    (defined[known] ??= new Set()).add(name);
  });
  define.mockRestore();

  const { site, clock, portfolio } = journey.sandbox;
  const raised = (as: 'employee' | 'colleague'): string =>
    site.raiseRequest({
      as,
      ...aRequest,
      order: journey.form(),
      participants: as === 'employee' ? ['other-approver'] : [],
      approvers: as === 'employee' ? ['approver'] : ['agent'],
    }).key;
  const own = raised('employee');
  const foreign = raised('colleague');
  await clock.until(() => journey.state(own) !== undefined, 10 * MINUTE, `a state on ${own}`);

  const { productId, versionId: provisioningArtifactId } = portfolio.product('private-bucket');
  const orderForm: Attempt = {
    module: 'order-form',
    extension: { portal: { id: 1 }, request: { typeId: REQUEST_TYPE.approved } },
  };
  const panelOn = (key: string): Attempt => ({
    module: 'request-panel',
    extension: { portal: { id: 1 }, request: { key } },
  });
  const contextOn = (issue: { key: string; id?: string }): Attempt => ({
    module: 'issue-context',
    extension: { issue },
  });
  const context = contextOn({ key: own });
  const elsewhere = { project: { id: '99999', key: 'OTHER' } };
  const queue: Attempt = {
    module: 'queue-page',
    payload: { filter: { states: 'open', account: null, product: null, age: null }, token: null },
  };
  const settings: Attempt = { module: 'settings-page' };
  const nothing = { payload: { seen: 'nothing' }, afterwards: 'invalid' } as const;

  attempts = {
    'order-form.open': orderForm,
    'order-form.describe': { ...orderForm, payload: { productId } },
    'order-form.describe:foreign': { ...orderForm, payload: { productId: 'prod-0000000000000' } },
    'order-form.choices': {
      ...orderForm,
      payload: { productId, account: PAYMENTS_DEV, region: REGION, types: ['AWS::EC2::VPC::Id'] },
    },
    'order-form.seal': {
      ...orderForm,
      payload: {
        productId,
        provisioningArtifactId,
        account: PAYMENTS_DEV,
        parameter: 'None',
        value: 'hidden',
      },
      afterwards: 'changed',
    },
    'request-panel.open': panelOn(own),
    'request-panel.open:foreign': panelOn(foreign),
    'request-panel.open:absent': panelOn('CLOUD-999'),
    'issue-context.open': context,
    'issue-context.open:absent': contextOn({ key: 'CLOUD-999', id: '99999' }),
    'request.resync': context,
    'request.cancel': { ...context, payload: { stamp: 'another' }, afterwards: 'changed' },
    'request.retry': { ...context, payload: { stamp: 'another' }, afterwards: 'changed' },
    'queue.open': queue,
    'queue.open:foreign': { ...queue, extension: elsewhere },
    'settings.open': settings,
    'settings.open:foreign': { ...settings, extension: elsewhere },
    'settings.save': { ...settings, ...nothing },
    'settings.check': settings,
    'settings.create-request-type': { ...settings, ...nothing },
    'settings.find-groups': { ...settings, payload: { text: 'cloud' } },
    'settings.find-people': { ...settings, payload: { text: 'appr' } },
    'settings.synchronise': settings,
    'connection.change': { ...settings, ...nothing },
    'connection.test': { ...settings, payload: { signedWith: 'current' } },
    'connection.outcome': settings,
  };
}, 120_000);

afterAll(() => journey.sandbox.close());

const callOf = (name: string): string => name.split(':')[0] ?? name;

/** What somebody's call comes to, as the table has it, and whether the product shows them the page there at all. */
const attempted = async (name: string, as: Onlooker): Promise<{ verdict: string; shown: boolean }> => {
  const attempt = attempts[name];
  if (!attempt) throw new Error(`Nothing says how ${name} is called`);
  const { module, extension, payload, afterwards } = attempt;
  const page = { as, module, ...(extension && { extension }) };
  const { atlassian } = journey.sandbox;
  const shown = atlassian.openPage(page).kind === 'shown';
  const call = { ...page, functionKey: callOf(name), forged: true, ...(payload && { payload }) };
  const outcome = await atlassian.callResolver(call);
  if (outcome.kind === 'refused') return { verdict: '-', shown };
  if (outcome.kind === 'threw') return { verdict: `threw ${String(outcome.error)}`, shown };
  const answer = Returned.parse(outcome.result);
  const may = answer.outcome === 'ok' ? afterwards === undefined : answer.code === afterwards;
  if (may) return { verdict: 'yes', shown };
  const no = answer.outcome === 'refused' && answer.code === 'not-yours';
  return { verdict: no ? 'no' : `unexpected ${JSON.stringify(answer)}`, shown };
};

test('every call of every page is in the table', () => {
  const calls = defined.flatMap((names) => [...names]).sort();
  expect([...new Set(ROWS.map(({ name }) => callOf(name)))].sort()).toEqual(calls);
  expect(resolvers).toHaveLength(3);
});

describe.each(ROWS)('$name', ({ name, cells }) => {
  test.each(cells)('$as: $verdict', async ({ as, verdict }) => {
    const found = await attempted(name, as);
    expect(found.verdict).toBe(verdict);
    // Nobody is let do through a forged place what the product does not show them a page for.
    if (!found.shown) expect(found.verdict).not.toBe('yes');
  });
});

test.each([
  ['order-form', 'queue.open'],
  ['order-form', 'settings.save'],
  ['request-panel', 'request.retry'],
  ['request-panel', 'issue-context.open'],
  ['queue-page', 'settings.save'],
  ['issue-context', 'connection.change'],
] as const)('the page %s does not even reach %s', async (module, functionKey) => {
  const outcome = await journey.sandbox.atlassian.callResolver({
    as: 'admin',
    module,
    functionKey,
    forged: true,
  });
  expect(outcome).toMatchObject({
    kind: 'threw',
    error: { message: expect.stringContaining(functionKey) as string },
  });
});

const Accounts = z.object({ value: z.object({ accounts: z.array(z.object({ id: z.string() })) }) });

test.each<[Onlooker, readonly string[]]>([
  ['employee', [PAYMENTS_DEV, RESEARCH]],
  ['colleague', [RESEARCH]],
  // Jira does not say as them whether they may raise requests there, so that "everyone" is nobody of whom it is known.
  ['outsider', [DATA_PROD]],
])('the order form offers the %s their own accounts and no others', async (as, accounts) => {
  const outcome = await journey.sandbox.atlassian.callResolver({
    as,
    module: 'order-form',
    functionKey: 'order-form.open',
    extension: { portal: { id: 1 }, request: { typeId: REQUEST_TYPE.approved } },
  });
  const { value } = Accounts.parse(outcome.kind === 'returned' ? outcome.result : undefined);
  expect(value.accounts.map(({ id }) => id)).toEqual(accounts);
});

test('on a request type that is none of ours the form says so, to everybody', async () => {
  const outcome = await journey.sandbox.atlassian.callResolver({
    as: 'employee',
    module: 'order-form',
    functionKey: 'order-form.open',
    extension: { portal: { id: 1 }, request: { typeId: REQUEST_TYPE.other } },
  });
  expect(outcome).toMatchObject({ result: { outcome: 'ok', value: { ours: false } } });
});

test.each<[string, Parameters<Journey['sandbox']['site']['raiseRequest']>[0], string]>([
  ['raised', { ...aRequest, as: 'outsider' }, 'ok'],
  ['takes part in', { ...aRequest, as: 'colleague', participants: ['outsider'] }, 'ok'],
  ['is asked to approve', { ...aRequest, as: 'colleague', approvers: ['outsider'] }, 'ok'],
  ['has nothing to do with', { ...aRequest, as: 'colleague' }, 'refused'],
])(
  'somebody without a licence, as whom Jira cannot be asked, and the request that they %s',
  async (_, request, outcome) => {
    const { key } = journey.sandbox.site.raiseRequest(request);
    const answer = await journey.sandbox.atlassian.callResolver({
      as: 'outsider',
      module: 'request-panel',
      functionKey: 'request-panel.open',
      extension: { portal: { id: 1 }, request: { key } },
      forged: true,
    });
    expect(answer).toMatchObject({ kind: 'returned', result: { outcome } });
  },
);
