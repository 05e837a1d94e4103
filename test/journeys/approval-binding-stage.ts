import { z } from 'zod';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { digestOf, Order } from '../../aws-bridge/contract/order';
import { launchRoleName } from '../../infra/names';
import { approvalWorkflow } from '../sandbox/atlassian/workflow';
import { configuration } from '../sandbox/configuration';
import type { Assembly } from '../sandbox/deployment/assembly';
import { appUuid, PERSON, type PersonName, REQUEST_TYPE } from '../sandbox/site';
import { type Change, changesTo, type Elsewhere, SEALED_PARAMETER } from '../binding/changes';
import { HOUR, MINUTE, startJourney } from './journey';

/** Gives buckets a parameter that must not be shown, and that may be left out. */
const withPassword = (assembly: Assembly): Assembly => ({
  ...assembly,
  templates: new Map(
    [...assembly.templates].map(([url, template]) => {
      const { Parameters: parameters } = template as {
        readonly Parameters?: Readonly<Record<string, unknown>>;
      };
      if (parameters?.['RetentionDays'] === undefined) return [url, template] as const;
      const password = { [SEALED_PARAMETER]: { Type: 'String', NoEcho: true, Default: 'none' } };
      return [url, { ...template, Parameters: { ...parameters, ...password } }] as const;
    }),
  ),
});

/** Two people have to approve, so that there is a time between them. */
const twoApprovers = () => {
  const workflow = approvalWorkflow();
  return {
    id: REQUEST_TYPE.approved,
    name: 'Get something from the AWS catalogue',
    workflow: {
      ...workflow,
      ...(workflow.approval && {
        approval: { ...workflow.approval, conditionType: 'percent' as const, conditionValue: 100 },
      }),
    },
    approvers: [PERSON.approver, PERSON['other-approver']],
  };
};

/** What Service Catalog was asked for, as it came off the wire. */
const Asked = z.object({
  operation: z.literal('ProvisionProduct'),
  region: z.string(),
  principal: z.object({ account: z.string() }),
  input: z.object({
    ProductId: z.string(),
    ProvisioningArtifactId: z.string(),
    PathId: z.string(),
    ProvisionedProductName: z.string(),
    ProvisionToken: z.string(),
    ProvisioningParameters: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
    Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  }),
});
type Asked = z.infer<typeof Asked>;

const Stored = z.object({
  value: z.object({ revision: z.string(), record: z.record(z.string(), z.unknown()) }),
});
type Stored = z.infer<typeof Stored>['value']['record'];

const members = (pairs: readonly { readonly Key: string; readonly Value: string }[]) =>
  Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));

/** A request for a bucket, and the order that its approvers are asked about. */
export interface Request {
  readonly key: string;
  readonly order: Order;
}

/** What became of a request. */
export interface Outcome {
  readonly launches: 'none' | 'as approved' | 'otherwise' | 'more than once';
  readonly state: string | undefined;
  /** What people were told last on it, whoever may read it. */
  readonly told: string;
}

/** What is ordered otherwise; of another product nothing is sealed. */
type Overrides = Partial<Omit<Order, 'sealedParameters'>>;

/** A sandbox in which one kind of order can be changed into many others that could be launched just as well. */
export const startBinding = async () => {
  const journey = await startJourney({
    infrastructure: withPassword,
    atlassian: { requestTypes: [twoApprovers()] },
  });
  const { sandbox } = journey;
  const { site, atlassian, serviceCatalog, portfolio, deployment, clock } = sandbox;
  const property = appUuid(atlassian.appId);
  const bucket = portfolio.product('private-bucket');

  const asked: Asked[] = [];
  const handle = serviceCatalog.service.handle.bind(serviceCatalog.service);
  jest.spyOn(serviceCatalog.service, 'handle').mockImplementation((call) => {
    const provisioning = Asked.safeParse(call);
    if (provisioning.success) asked.push(provisioning.data);
    return handle(call);
  });

  const templateUrl = (): string => {
    const urls = JSON.stringify(
      deployment
        .of('AWS::ServiceCatalog::CloudFormationProduct')
        .find(({ made }) => made.id === bucket.productId)?.properties,
    );
    return /"LoadTemplateFromURL":"([^"]+)"/.exec(urls)?.[1] ?? '';
  };

  /** Another product, with the bucket's template. */
  const anotherProduct = (name: string): Elsewhere['product'] => {
    const { account, region } = { account: configuration.hubAccount, region: configuration.regions[0] ?? '' };
    const { seed } = serviceCatalog;
    const productId = seed.createProduct({ account, region, name, owner: 'Cloud platform' });
    const provisioningArtifactId = seed.addVersion({ productId, name: '1.0', templateUrl: templateUrl() });
    seed.addProduct(portfolio.id, productId);
    const localRoleName = launchRoleName(configuration, 'private-bucket');
    seed.addConstraint({ type: 'LAUNCH', portfolioId: portfolio.id, productId, localRoleName });
    return { productId, provisioningArtifactId };
  };

  const sealedValues = new Map<string, string>();
  const sealed = async (value: string): Promise<string> => {
    const outcome = await atlassian.callResolver({
      ...{ as: 'employee', module: 'order-form', functionKey: 'order-form.seal' },
      extension: { request: { typeId: REQUEST_TYPE.approved } },
      payload: {
        ...{ productId: bucket.productId, provisioningArtifactId: bucket.versionId },
        ...{ account: journey.form().account, parameter: SEALED_PARAMETER, value },
      },
    });
    const Sealed = z.object({ result: z.object({ value: z.object({ sealed: z.string() }) }) });
    const text = Sealed.parse(outcome).result.value.sealed;
    sealedValues.set(value, text);
    return text;
  };

  const write = (value: unknown) => site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });
  const offering = (products: readonly Elsewhere['product'][]) => ({
    ...sandbox.settings,
    products: [bucket, ...products].map(({ productId }) => ({
      productId,
      requestTypeId: REQUEST_TYPE.approved,
    })),
    accounts: sandbox.settings.accounts.map((account) => ({ ...account, organizations: 'everyone' })),
  });

  const product = anotherProduct('Twin of the private bucket');
  const version = serviceCatalog.seed.addVersion({
    ...{ productId: bucket.productId, name: '1.2', templateUrl: templateUrl() },
  });
  await write(offering([product]));
  await atlassian.runScheduled('catalog-sync');
  const password = await sealed('correct-horse');
  const elsewhere: Elsewhere = {
    product,
    version,
    path: 'lpv3-abcdefghijklm',
    sealed: await sealed('battery-staple'),
  };

  /** What whoever fills in the form has a say in. */
  const formOf = (order: Order) => {
    const { productId, provisioningArtifactId, account, region, name, parameters } = order;
    const { sealedParameters, pathId } = order;
    return {
      ...{ productId, provisioningArtifactId, account, region, name, parameters },
      tags: Object.fromEntries(Object.entries(order.tags).filter(([key]) => key !== 'gatehouse:request')),
      ...(pathId !== null && { pathId }),
      ...(sealedParameters && { sealedParameters }),
    };
  };

  const orderFor = (key: string, overrides: Overrides = {}): Order =>
    Order.parse({
      ...{ productId: bucket.productId, provisioningArtifactId: bucket.versionId },
      ...{ account: journey.form().account, region: journey.form().region, pathId: null },
      parameters: { RetentionDays: '7', DataClassification: 'confidential' },
      ...(overrides.productId === undefined && { sealedParameters: { [SEALED_PARAMETER]: password } }),
      tags: { 'cost-centre': '0815', 'gatehouse:request': key },
      ...{ name: 'binding', requester: PERSON.employee },
      ...overrides,
    });

  const submit = (overrides: Overrides = {}): Request => {
    const key = journey.submit(formOf(orderFor('CLOUD-1', overrides)));
    return { key, order: orderFor(key, overrides) };
  };

  const isOf = (key: string, operationId: string): boolean =>
    operationId.startsWith(`launch-${site.request(key).id}-`);

  /** The orders that were asked for on behalf of a request. What is on no wire to Service Catalog is as the execution has it. */
  const launched = (key: string): readonly string[] =>
    asked
      .filter(({ input }) => isOf(key, input.ProvisionToken))
      .map(({ input, region, principal }) => {
        const execution = sandbox.aws.lambda.engine.executions.find(
          ({ name }) => name === input.ProvisionToken,
        );
        const { order } = ApprovedOperation.parse(JSON.parse(execution?.payload ?? 'null'));
        const { [SEALED_PARAMETER]: opened, ...parameters } = members(input.ProvisioningParameters);
        return canonicalJson({
          ...{ productId: input.ProductId, provisioningArtifactId: input.ProvisioningArtifactId },
          ...{ account: principal.account, region, pathId: order.pathId === null ? null : input.PathId },
          parameters,
          ...(opened !== undefined && {
            sealedParameters: { [SEALED_PARAMETER]: sealedValues.get(opened) ?? 'nobody has sealed it' },
          }),
          tags: members(input.Tags),
          name: input.ProvisionedProductName.slice(0, -11),
          requester: order.requester,
        });
      });

  const stored = ({ key }: Request): Stored | undefined =>
    Stored.safeParse(atlassian.storage.get('entity:request', site.request(key).id)).data?.value.record;

  return {
    journey,
    changes: changesTo(elsewhere),
    anotherProduct,
    /** Of the bucket's template. */
    templateUrl: templateUrl(),
    offer: (products: readonly Elsewhere['product'][]) => write(offering([product, ...products])),
    formOf,
    submit,

    /** What the comment for the approvers says that it is about. */
    shownDigest: ({ key }: Request): string | undefined =>
      /^Digest: ([0-9a-f]{64})$/m.exec(journey.comments(key)[0] ?? '')?.[1],

    /** Writes another order into the request. @returns the answer's status */
    rewriteForm: async (as: PersonName, { key }: Request, value: unknown): Promise<number> =>
      (await site.send(as, 'PUT', `/rest/api/3/issue/${key}/properties/${property}`, value)).status,

    /** Makes somebody else the reporter. @returns the answer's status */
    rewriteReporter: async (as: PersonName, { key }: Request, accountId: string): Promise<number> =>
      (await site.send(as, 'PUT', `/rest/api/3/issue/${key}`, { fields: { reporter: { accountId } } }))
        .status,

    /** Has the comment for the approvers show another order, or nothing. @returns the answer's status */
    rewriteComment: async (as: PersonName, request: Request, shown: Order | null): Promise<number> => {
      const Comments = z.object({ comments: z.array(z.object({ id: z.string() })) });
      const path = `/rest/api/3/issue/${request.key}/comment`;
      const id = Comments.parse(await site.ask('admin', 'GET', path)).comments[0]?.id ?? '';
      if (shown === null) return (await site.send(as, 'DELETE', `${path}/${id}`)).status;
      const text = (journey.comments(request.key)[0] ?? '')
        .replace(/^Digest: .*$/m, `Digest: ${digestOf(shown)}`)
        .replace(/^Name: .*$/m, `Name: ${shown.name}`);
      const content = text.split('\n').map((line) => ({
        type: 'paragraph',
        content: line === '' ? [] : [{ type: 'text', text: line }],
      }));
      return (await site.send(as, 'PUT', `${path}/${id}`, { body: { type: 'doc', version: 1, content } }))
        .status;
    },

    stored,
    /** Writes what the app keeps of a request anew, past the app. */
    store: (request: Request, change: (record: Stored) => Stored): void => {
      const record = stored(request);
      if (!record) throw new Error(`The app keeps nothing of ${request.key}`);
      const value = { revision: `by-somebody-${clock.now().getTime()}`, record: change(record) };
      atlassian.storage.set('entity:request', site.request(request.key).id, value, undefined);
    },

    approve: (requests: readonly Request[], as: PersonName): Promise<unknown> =>
      Promise.all(
        requests
          .filter(({ key }) => journey.state(key) === 'awaiting-approval')
          .map(({ key }) => journey.approve(key, as)),
      ),

    /** Drives time until every request is in a state that satisfies. */
    until: (
      requests: readonly Request[],
      is: (state: string | undefined) => boolean,
      within = HOUR,
    ): Promise<void> => {
      // The state of a request is asked for no oftener than it takes: there are many of them.
      const left = [...requests];
      const arrived = () => {
        while (left.length > 0 && is(journey.state(left.at(-1)?.key ?? ''))) left.pop();
        return left.length === 0;
      };
      return clock.until(arrived, within, 'what is awaited of all requests');
    },

    /** What has become of a request whose order was approved as given. */
    outcome: ({ key }: Request, approved: Order): Outcome => {
      const orders = launched(key);
      const distinct = new Set(orders);
      const exact = distinct.size === 1 && distinct.has(canonicalJson(approved));
      return {
        launches:
          orders.length === 0
            ? 'none'
            : !exact
              ? 'otherwise'
              : journey.launches(key).length > 1
                ? 'more than once'
                : 'as approved',
        state: journey.state(key),
        told: [...journey.comments(key), ...journey.comments(key, 'internal').slice(-1)].slice(-2).join('\n'),
      };
    },

    minute: MINUTE,
    close: async (): Promise<void> => {
      jest.restoreAllMocks();
      await sandbox.close();
    },
  };
};
export type Binding = Awaited<ReturnType<typeof startBinding>>;

/** A change's name as a failure shows it. */
export const named = ({ field, what }: Change): string => `${field}: ${what}`;
