import type { AwsCall } from '../service';
import type { Caller } from './operation';
import { type Inventory, productsOf, provisionedProductArn, recordsOf } from './provisioned-products';

type Level = 'accountLevel' | 'roleLevel' | 'userLevel';
type Keys = Readonly<Record<string, string>>;

/** Operations that list, and the view of each without a filter. */
const LISTS: Readonly<Record<string, string>> = {
  ListRecordHistory: 'User',
  ScanProvisionedProducts: 'User',
  SearchProvisionedProducts: 'Account',
};
const LEVELS: Readonly<Record<string, Level>> = {
  Account: 'accountLevel',
  Role: 'roleLevel',
  User: 'userLevel',
};

const keys = (levels: readonly Level[]): Keys =>
  Object.fromEntries(levels.map((level) => [`servicecatalog:${level}`, 'self']));

const member = (input: object, ...names: readonly string[]): string | undefined => {
  const members = input as Readonly<Record<string, unknown>>;
  return names.map((name) => members[name]).find((value) => typeof value === 'string');
};

/**
 * The condition keys that tell in whose view a call is. A list is in the view that its filter names. What has an id is in the view of everybody it belongs to: the account that has it, the role and the
 * session that launched it; what there is not is in everybody's, so that the answer is that it is not there.
 * https://docs.aws.amazon.com/servicecatalog/latest/adminguide/permissions-examples.html
 */
export const createAccessLevelKeys =
  (inventory: Inventory) =>
  ({ operation, input }: AwsCall, caller: Caller): Keys => {
    const given = Object(input) as object;
    const unfiltered = LISTS[operation];
    if (unfiltered !== undefined) {
      const filter = (given as { AccessLevelFilter?: object }).AccessLevelFilter ?? {};
      const level = LEVELS[member(filter, 'Key') ?? unfiltered];
      return level === undefined ? {} : keys([level]);
    }
    const asked = soughtBy(inventory, operation, given, caller);
    return keys([
      'accountLevel',
      ...(asked === undefined || asked.roleArn === caller.roleArn ? (['roleLevel'] as const) : []),
      ...(asked === undefined || asked.sessionArn === caller.sessionArn ? (['userLevel'] as const) : []),
    ]);
  };

const soughtBy = (
  inventory: Inventory,
  operation: string,
  input: object,
  caller: Caller,
): { readonly roleArn: string; readonly sessionArn: string } | undefined => {
  if (operation === 'DescribeRecord') {
    return recordsOf(inventory, caller).find(({ id }) => id === member(input, 'Id'));
  }
  const id = member(input, 'Id', 'ProvisionedProductId');
  const name = member(input, 'Name', 'ProvisionedProductName');
  return productsOf(inventory, caller).find(
    (product) => product.id === id || product.name === name || provisionedProductArn(product) === name,
  );
};
