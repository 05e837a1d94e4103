import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { digestOf, type Order } from '../../aws-bridge/contract/order';
import { launchOperationId } from '../../forge-app/order/operation-id';
import { FUNCTION, LIVE } from '../../infra/names';
import { ADMINISTRATOR, DEVELOPER } from '../sandbox/console-roles';
import { DATA_PROD, HUB, PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { newWebhookSecret, PERSON, SITE_ID } from '../sandbox/site';
import { type Binding, named, type Request, startBinding } from './approval-binding-stage';
import { createPosts, send } from './signed-post';

/*
 * An order that was approved is on its way to AWS, and whoever sits there would have another one launched; or what it names has become
 * something else in AWS. Invariants 2 (what is launched is exactly what was approved), 7 and 9.
 */

const OPERATION_FUNCTION = `arn:aws:lambda:${REGION}:${HUB}:function:${FUNCTION.operation}:${LIVE}`;

let binding: Binding;
/** What happens to the product or the version of an approved request, each of which has its own. */
const CHANGES: Readonly<
  Record<string, { readonly of: (version: string, product: string) => unknown; readonly comes: RegExp }>
> = {
  'the version is deprecated': {
    of: (version) => seed().setGuidance(version, 'DEPRECATED'),
    comes: /^none refused: .*deprecated/s,
  },
  'the version is switched off': {
    of: (version) => seed().setActive(version, false),
    comes: /^none refused: ./s,
  },
  'there is a newer version': {
    of: (_version, productId) =>
      seed().addVersion({ productId, name: '2.0', templateUrl: binding.templateUrl }),
    comes: /^as approved succeeded/,
  },
  'the template constraint forbids it now': {
    of: (_version, productId) =>
      seed().addConstraint({
        ...{ type: 'TEMPLATE', portfolioId: portfolioId(), productId },
        rules: {
          Short: {
            Assertions: [
              {
                Assert: { 'Fn::Contains': [['1', '2'], { Ref: 'RetentionDays' }] },
                AssertDescription: 'One or two days',
              },
            ],
          },
        },
      }),
    comes: /^none refused: .*One or two days/s,
  },
  'a TagOption adds a tag': {
    of: (_version, resourceId) => seed().associateTagOption({ resourceId, key: 'owner', value: 'platform' }),
    comes: /^as approved succeeded/,
  },
  'a TagOption forbids a tag of the order': {
    of: (_version, resourceId) =>
      seed().associateTagOption({ resourceId, key: 'cost-centre', value: '4711' }),
    comes: /^none refused: .*cost-centre/s,
  },
  'there is a second path': {
    of: (_version, productId) => secondPath(productId),
    comes: /^none refused: .*several paths/s,
  },
};
const seed = () => binding.journey.sandbox.serviceCatalog.seed;
const portfolioId = () => binding.journey.sandbox.portfolio.id;

const secondPath = (productId: string): void => {
  const second = seed().createPortfolio({
    account: HUB,
    region: REGION,
    name: 'Another',
    provider: 'Cloud platform',
  });
  seed().addProduct(second, productId);
  seed().associatePrincipal({
    portfolioId: second,
    arn: 'arn:aws:iam:::role/gatehouse/GatehouseTenant',
    type: 'IAM_PATTERN',
  });
  seed().share({ portfolioId: second, with: 'organization', sharePrincipals: true });
};

const requests = new Map<string, Request>();
const WIRE = 'on the wire';
const NAME = 'an execution of its name';
const OTHER_NAME = 'an execution of another name';
const requestOf = (what: string): Request => {
  const request = requests.get(what);
  if (!request) throw new Error(`Nobody has raised ${what}`);
  return request;
};
const operationIdOf = ({ key }: Request): string =>
  launchOperationId({ siteId: SITE_ID, issueId: binding.journey.sandbox.site.request(key).id });

const operationAbout = (request: Request, order: Order, digest = digestOf(order)): ApprovedOperation => ({
  ...{
    operationId: operationIdOf(request),
    kind: 'launch',
    site: SITE_ID,
    requestKey: request.key,
    order,
    digest,
  },
  approval: { approvers: [PERSON.approver], approvedAt: binding.journey.sandbox.clock.now().toISOString() },
});

const invoke = async (role: string, account: string, name: string, payload: unknown): Promise<string> => {
  const { aws } = binding.journey.sandbox;
  const credentials = aws.credentialsFor(role, account);
  const lambda = new LambdaClient({ region: REGION, endpoint: aws.endpoint, maxAttempts: 1, credentials });
  return lambda
    .send(
      new InvokeCommand({
        ...{ FunctionName: OPERATION_FUNCTION, InvocationType: 'Event', DurableExecutionName: name },
        Payload: Buffer.from(JSON.stringify(payload)),
      }),
    )
    .then(
      () => 'started',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    );
};

const posted = (request: Request, data: unknown, secret: string, token: boolean) => {
  const { clock } = binding.journey.sandbox;
  const content = { type: 'operation.approved', timestamp: clock.now().toISOString(), data };
  const post = createPosts(binding.journey.sandbox).toBridge('/webhook', content, {
    id: operationIdOf(request),
    secret,
  });
  const { authorization = '', ...headers } = post.headers;
  return send({ ...post, headers: token ? { ...headers, authorization } : headers });
};

beforeAll(async () => {
  binding = await startBinding();
  const { journey } = binding;
  const { atlassian, faults, clock } = journey.sandbox;
  const products = Object.keys(CHANGES).map((what) => [what, binding.anotherProduct(what)] as const);
  await binding.offer(products.map(([, product]) => product));
  await atlassian.runScheduled('catalog-sync');
  for (const [what, product] of products) requests.set(what, binding.submit(product));
  for (const what of [WIRE, NAME, OTHER_NAME]) requests.set(what, binding.submit());
  const all = [...requests.values()];
  await binding.until(all, (state) => state === 'awaiting-approval');
  await clock.advance(binding.minute);
  await binding.approve(all, 'approver');
  await binding.approve(all, 'other-approver');
  faults.plan('bridge', 'POST /webhook', 'unreachable', 1000);
  await binding.until(all, (state) => state === 'sending');
  await clock.advance(1000);
  for (const [what, product] of products)
    CHANGES[what]?.of(product.provisioningArtifactId, product.productId);
});
afterAll(() => binding.close());

test('nobody but the app is heard on the wire, whatever they would have launched', async () => {
  const { webhook, callback } = binding.journey.sandbox.secrets;
  const request = requestOf(WIRE);
  const heard: string[] = [];
  for (const change of binding.changes) {
    const order = change.to(request.order);
    for (const [who, secret, token, data, status] of [
      ['without the key', newWebhookSecret(), true, operationAbout(request, order), 401],
      ['with the key of the other direction', callback, true, operationAbout(request, order), 401],
      ['with the key, without Atlassian’s token', webhook, false, operationAbout(request, order), 401],
      [
        'with both, and the digest of what was approved',
        webhook,
        true,
        operationAbout(request, order, digestOf(request.order)),
        400,
      ],
    ] as const) {
      binding.journey.sandbox.faults.clear();
      const answer = await posted(request, data, secret, token);
      if (answer.status !== status) heard.push(`${who}, ${named(change)}: ${answer.status}`);
    }
  }
  expect(heard).toStrictEqual([]);
  expect(binding.journey.sandbox.aws.lambda.engine.executions).toStrictEqual([]);
});

test('nobody of a tenant account, and no other function, may start an execution', async () => {
  const request = requestOf(NAME);
  const allowed: string[] = [];
  for (const [role, account] of [
    ...[PAYMENTS_DEV, DATA_PROD].flatMap((id) =>
      [ADMINISTRATOR, DEVELOPER].map((role) => [role, id] as const),
    ),
    ...[FUNCTION.catalog, FUNCTION.operation, FUNCTION.wake, FUNCTION.watch].map(
      (role) => [role, HUB] as const,
    ),
    [DEVELOPER, HUB],
  ] as const) {
    for (const change of binding.changes) {
      const order = change.to(request.order);
      const answer = await invoke(role, account, operationIdOf(request), operationAbout(request, order));
      if (answer !== 'AccessDeniedException')
        allowed.push(`${role} of ${account}, ${named(change)}: ${answer}`);
    }
  }
  expect(allowed).toStrictEqual([]);
});

test('an execution that is started by hand with another order under the approved digest launches nothing', async () => {
  const { clock, aws } = binding.journey.sandbox;
  const request = requestOf(OTHER_NAME);
  for (const [index, change] of binding.changes.entries()) {
    const operation = operationAbout(request, change.to(request.order), digestOf(request.order));
    expect(await invoke(ADMINISTRATOR, HUB, `by-hand-${index}`, operation)).toBe('started');
  }
  await clock.advance(binding.minute);
  const results = aws.lambda.engine.executions.map(({ ending }) => ending?.result ?? '');
  expect(results.filter((result) => result.includes('OrderChanged'))).toHaveLength(binding.changes.length);
});

test('what was approved is launched as it was, or AWS refuses it and the request says why', async () => {
  const { faults } = binding.journey.sandbox;
  faults.clear();
  const all = [...requests.values()];
  await binding.until(all, (state) => ['succeeded', 'refused', 'failed', 'stuck'].includes(state ?? ''));
  const came = Object.entries(CHANGES).map(([what, { comes }]) => {
    const { launches, state = 'none', told } = binding.outcome(requestOf(what), requestOf(what).order);
    // Service Catalog is asked for what was approved, and refuses: what is refused is launched nowhere.
    const launched = state === 'refused' && launches === 'as approved' ? 'none' : launches;
    const end = `${launched} ${state}${state === 'refused' ? `: ${told}` : ''}`;
    return comes.test(end) ? what : `${what}: ${end}`;
  });
  expect(came).toEqual(Object.keys(CHANGES));
  for (const what of [WIRE, NAME]) {
    const { launches, state } = binding.outcome(requestOf(what), requestOf(what).order);
    expect({ what, launches, state }).toEqual({ what, launches: 'as approved', state: 'succeeded' });
  }
  // An order that differs from its digest is an alarm, and ends the request.
  expect(binding.outcome(requestOf(OTHER_NAME), requestOf(OTHER_NAME).order)).toMatchObject({
    launches: 'none',
    state: 'refused',
    told: expect.stringMatching(/order changed on its way to AWS/) as string,
  });
});

test('what the bridge has under a name is not exchanged for anything else, by whoever speaks as the app', async () => {
  const { secrets, aws } = binding.journey.sandbox;
  const request = requestOf(WIRE);
  const executions = aws.lambda.engine.executions.length;
  for (const change of binding.changes) {
    const operation = operationAbout(request, change.to(request.order));
    expect((await posted(request, operation, secrets.webhook, true)).status).toBe(409);
    expect(await invoke(ADMINISTRATOR, HUB, operationIdOf(request), operation)).toBe(
      'DurableExecutionAlreadyStartedException',
    );
  }
  expect(aws.lambda.engine.executions).toHaveLength(executions);
  expect(binding.outcome(request, request.order).launches).toBe('as approved');
});
