import type { ProvisionedProductAttribute } from '@aws-sdk/client-service-catalog';
import { NotModelled } from '../service';
import { invalidParameters } from './refusals';

/** What a search query `key:value` may name, of what the API lists. */
const searchable = {
  arn: 'Arn',
  id: 'Id',
  idempotencyToken: 'IdempotencyToken',
  lastRecordId: 'LastRecordId',
  name: 'Name',
  physicalId: 'PhysicalId',
  productId: 'ProductId',
  productName: 'ProductName',
  provisioningArtifactId: 'ProvisioningArtifactId',
  provisioningArtifactName: 'ProvisioningArtifactName',
  status: 'Status',
  type: 'Type',
  userArn: 'UserArn',
  userArnSession: 'UserArnSession',
} as const satisfies Record<string, keyof ProvisionedProductAttribute>;

const sortable = ['arn', 'id', 'lastRecordId', 'name'] as const;

interface Search {
  readonly query: readonly string[];
  readonly sortBy: string | undefined;
  readonly descending: boolean;
}

/** @throws AwsError `InvalidParametersException` for a field that cannot be sorted by */
export const searchProvisionedProducts = (
  products: readonly ProvisionedProductAttribute[],
  { query, sortBy, descending }: Search,
): ProvisionedProductAttribute[] => {
  const [only, ...others] = query;
  if (others.length > 0) throw new NotModelled('several search queries at once');
  const matches = only === undefined ? () => true : matcher(only);
  const found = products.filter(matches);
  if (sortBy === undefined) return found;
  const field = sortable.find((candidate) => candidate === sortBy);
  if (!field) throw invalidParameters(`Provisioned products cannot be sorted by ${sortBy}`);
  const key = searchable[field];
  const sorted = found.toSorted((one, other) => ((one[key] ?? '') < (other[key] ?? '') ? -1 : 1));
  return descending ? sorted.reverse() : sorted;
};

const matcher = (query: string): ((product: ProvisionedProductAttribute) => boolean) => {
  const [, key = '', value] = /^(\w+):(.*)$/s.exec(query) ?? [];
  const field = Object.entries(searchable).find(([name]) => name === key)?.[1];
  if (value === undefined || !field || /[*?()"\\]| (AND|OR|NOT) /.test(value))
    throw new NotModelled(`the search query ${query}; name a key and an exact value, such as name:vpc-1`);
  return (product) => product[field] === value;
};
