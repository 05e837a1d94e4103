import { HUB, ORGANIZATION_ID } from '../../organization';
import type { FrontCall } from '../front';

/** Of which resources a call is, as the Service Authorization Reference has it for the operations of the stand-ins. */

export const member = (input: object, name: string): string | undefined => {
  const value: unknown = (input as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

/** Operations on one product, by the member that names it. */
const ON_PRODUCT: Readonly<Record<string, string>> = {
  DescribeProduct: 'Id',
  DescribeProductAsAdmin: 'Id',
  DescribeProvisioningArtifact: 'ProductId',
  DescribeProvisioningParameters: 'ProductId',
  ListLaunchPaths: 'ProductId',
  ListPortfoliosForProduct: 'ProductId',
  ListProvisioningArtifacts: 'ProductId',
  ProvisionProduct: 'ProductId',
  UpdateProvisioningArtifact: 'ProductId',
};

/** Operations on one portfolio, by the member that names it. */
const ON_PORTFOLIO: Readonly<Record<string, string>> = {
  AssociatePrincipalWithPortfolio: 'PortfolioId',
  CreatePortfolioShare: 'PortfolioId',
  DeletePortfolioShare: 'PortfolioId',
  DescribePortfolio: 'Id',
  DescribePortfolioShares: 'PortfolioId',
  DisassociatePrincipalFromPortfolio: 'PortfolioId',
  ListPortfolioAccess: 'PortfolioId',
  ListPrincipalsForPortfolio: 'PortfolioId',
  UpdatePortfolioShare: 'PortfolioId',
};

/**
 * AWS does not say whose account stands in the ARN of a product that is shared with the caller, so a policy has to
 * name both: the caller's and the hub's.
 */
const products = (id: string, { region, account }: FrontCall): readonly string[] =>
  [...new Set([account, HUB])].map((owner) => `arn:aws:catalog:${region}:${owner}:product/${id}`);

export const serviceCatalogResource = (call: FrontCall): string | readonly string[] => {
  const { operation, input, region, account } = call;
  const product = member(input, ON_PRODUCT[operation] ?? '');
  if (product !== undefined) return products(product, call);
  const portfolio = member(input, ON_PORTFOLIO[operation] ?? '');
  return portfolio === undefined ? '*' : `arn:aws:catalog:${region}:${account}:portfolio/${portfolio}`;
};

export const cloudFormationResource = ({ input, region, account }: FrontCall): string => {
  const stack = member(input, 'StackName');
  if (stack === undefined || stack.startsWith('arn:')) return stack ?? '*';
  return `arn:aws:cloudformation:${region}:${account}:stack/${stack}/*`;
};

const IN_S3 = /^https:\/\/s3\.[a-z0-9-]+\.amazonaws\.com\/(.+)$/;

/** The object that a template is read from, with the caller's rights. */
export const templateObject = ({ input }: FrontCall): string | undefined => {
  const [, object] = IN_S3.exec(member(input, 'TemplateURL') ?? '') ?? [];
  return object === undefined ? undefined : `arn:aws:s3:::${object}`;
};

/** The ARN that a secret has, or would have: whatever it ends in. */
export const secretResource = ({ input, region, account }: FrontCall, known: string | undefined): string => {
  const id = member(input, 'SecretId') ?? '';
  if (known !== undefined || id.startsWith('arn:')) return known ?? id;
  return `arn:aws:secretsmanager:${region}:${account}:secret:${id}-??????`;
};

export const tableResource = ({ input, region, account }: FrontCall): string => {
  const table = member(input, 'TableName');
  if (table === undefined || table.startsWith('arn:')) return table ?? '*';
  return `arn:aws:dynamodb:${region}:${account}:table/${table}`;
};

export const topicResource = ({ input }: FrontCall): string => member(input, 'TopicArn') ?? '*';

/** Operations of Organizations on one account. Its ARN names the management account and the organization. */
const ON_ACCOUNT = ['DeregisterDelegatedAdministrator', 'RegisterDelegatedAdministrator'];

export const organizationsResource = ({ operation, input, account }: FrontCall): string => {
  const id = member(input, 'AccountId');
  if (id === undefined || !ON_ACCOUNT.includes(operation)) return '*';
  return `arn:aws:organizations::${account}:account/${ORGANIZATION_ID}/${id}`;
};
