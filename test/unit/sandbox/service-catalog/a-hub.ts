import { z } from 'zod';
import { createTemplateStore } from '../../../sandbox/aws/cloudformation/template-store';
import { createOrganization } from '../../../sandbox/aws/organizations/organization';
import type { Principal } from '../../../sandbox/aws/service';
import {
  type ServiceCatalogOptions,
  createServiceCatalog,
} from '../../../sandbox/aws/service-catalog/service-catalog';
import { DrivenClock } from '../../../sandbox/clock';
import { StacksStandIn } from './stacks-stand-in';

export const hub = '100000000002';
export const tenant = '100000000003';
export const otherTenant = '100000000004';
export const stranger = '999999999999';
export const region = 'eu-west-1';
const tenantPattern = 'arn:aws:iam:::role/gatehouse/GatehouseTenant';

const management = '100000000001';
const root = 'r-a1b2';
const workloads = 'ou-a1b2-workloads';

export const aPrincipal = (overrides: Partial<Principal> = {}): Principal => {
  const { account = tenant, roleName = 'GatehouseTenant', sessionName = 'IT-42' } = overrides;
  const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`;
  return { account, roleName, sessionName, arn, sourceIdentity: undefined, sessionTags: {}, ...overrides };
};

export const aTemplate = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  Parameters: {
    Size: { Type: 'String', Default: 'small', AllowedValues: ['small', 'large'] },
    Zones: { Type: 'CommaDelimitedList', Default: 'a,b' },
    Secret: { Type: 'String', NoEcho: true, Default: 'hidden' },
  },
  Resources: {},
  Outputs: { Url: { Description: 'Where it is', Value: 'https://example.org' } },
  ...overrides,
});

const Answer = z.looseObject({});

/** An input as a client would send it; `undefined` members are left out on the wire. */
export type Input = Readonly<Record<string, unknown>>;

/** A hub whose portfolio with one product is shared with the organization, names included. */
export const aHub = (overrides: Partial<ServiceCatalogOptions> = {}) => {
  const clock = new DrivenClock();
  const stacks = new StacksStandIn();
  const templates = createTemplateStore();
  const missingRoles = new Set<string>();
  const paths: Readonly<Record<string, string>> = { GatehouseTenant: 'gatehouse/GatehouseTenant' };
  const { service, seed, engineQueue, operations } = createServiceCatalog({
    ...{ clock, stacks, templates },
    organization: createOrganization({
      ...{ id: 'o-a1b2c3d4e5', managementAccount: management, root },
      units: [{ id: workloads, name: 'Workloads', parent: root }],
      accounts: [
        { id: management, name: 'management', parent: root },
        { id: hub, name: 'hub', parent: root },
        { id: tenant, name: 'payments-dev', parent: workloads },
        { id: otherTenant, name: 'data-prod', parent: root },
      ],
    }),
    roles: {
      arnOf: (account, roleName) =>
        missingRoles.has(`${account}/${roleName}`)
          ? undefined
          : `arn:aws:iam::${account}:role/${paths[roleName] ?? roleName}`,
    },
    ...overrides,
  });
  const portfolioId = seed.createPortfolio({
    account: hub,
    region,
    name: 'Self service',
    provider: 'Platform',
  });
  const productId = seed.createProduct({ account: hub, region, name: 'Bucket', owner: 'Platform' });
  seed.addProduct(portfolioId, productId);
  const versionId = seed.addVersion({
    ...{ productId, name: 'v1', templateUrl: 'https://templates.example/bucket', template: aTemplate() },
  });
  seed.associatePrincipal({ portfolioId, arn: tenantPattern, type: 'IAM_PATTERN' });
  seed.share({ portfolioId, with: 'organization', sharePrincipals: true, shareTagOptions: true });

  const ask = async (operation: string, input: Input, principal = aPrincipal(), from = region) =>
    Answer.parse(await service.handle({ operation, input, region: from, principal }));
  /** A ProvisionProduct input that would be accepted. */
  const aLaunch = (changes: Input = {}): Input => ({
    ProductId: productId,
    ProvisioningArtifactId: versionId,
    ProvisionedProductName: 'reports-1',
    ProvisionToken: 'launch-1',
    ...changes,
  });
  const launch = async (changes: Input = {}, principal = aPrincipal()) =>
    LaunchAnswer.parse(await ask('ProvisionProduct', aLaunch(changes), principal)).RecordDetail;
  return {
    ...{ clock, stacks, templates, missingRoles, service, seed, engineQueue, operations },
    ...{ portfolioId, productId, versionId, ask, aLaunch, launch },
    record: async (id: string) => RecordAnswer.parse(await ask('DescribeRecord', { Id: id })),
    provisionedProduct: async (id: string) =>
      ProvisionedProductAnswer.parse(await ask('DescribeProvisionedProduct', { Id: id }))
        .ProvisionedProductDetail,
    /** Another portfolio of the hub that has the product, for the same people. */
    addPortfolio: (name: string): string => {
      const id = seed.createPortfolio({ account: hub, region, name, provider: 'Platform' });
      seed.addProduct(id, productId);
      seed.associatePrincipal({ portfolioId: id, arn: tenantPattern, type: 'IAM_PATTERN' });
      seed.share({ portfolioId: id, with: 'organization', sharePrincipals: true, shareTagOptions: true });
      return id;
    },
  };
};
export type Hub = ReturnType<typeof aHub>;

const RecordDetail = z.looseObject({
  RecordId: z.string().regex(/^rec-[a-z2-7]{13}$/),
  ProvisionedProductId: z.string().regex(/^pp-[a-z2-7]{13}$/),
  Status: z.string(),
  RecordErrors: z.array(z.object({ Code: z.string(), Description: z.string() })),
  RecordTags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  CreatedTime: z.date(),
  UpdatedTime: z.date(),
});
const LaunchAnswer = z.object({ RecordDetail });
const RecordAnswer = z.object({
  RecordDetail,
  RecordOutputs: z.array(z.looseObject({ OutputKey: z.string(), OutputValue: z.string() })),
  NextPageToken: z.string().optional(),
});
const ProvisionedProductAnswer = z.object({
  ProvisionedProductDetail: z.looseObject({
    Status: z.string(),
    StatusMessage: z.string().optional(),
    LastRecordId: z.string(),
    LastSuccessfulProvisioningRecordId: z.string().optional(),
  }),
});

/** What a refusal looks like to whoever waits for the answer. */
export const refusal = (code: string, message: string | RegExp): object => ({
  code,
  message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
});
