import type { OrderFormView, ProductChoice, UsableAccount } from '../../pages/order-form/view';

type Open = Extract<OrderFormView, { ours: true }>;

/** What somebody has chosen so far; null where they have not. */
export interface Chosen {
  readonly product: string | null;
  readonly account: string | null;
  readonly region: string | null;
}

/** Where an order goes, as far as it is settled, and what there is to choose from. */
export interface Place {
  readonly products: readonly string[];
  readonly product: string | null;
  readonly accounts: readonly UsableAccount[];
  readonly account: UsableAccount | null;
  readonly regions: readonly string[];
  readonly region: string | null;
  /** The product in that region. */
  readonly choice: ProductChoice | null;
}

/**
 * A product is launched where its portfolio lies, so whoever chooses a region chooses among the products of one name. What
 * leaves no choice is chosen.
 */
export const placeOf = ({ products, accounts }: Open, chosen: Chosen): Place => {
  const names = [...new Set(products.map((product) => labelOf(product, products)))];
  const product = among(names, chosen.product);
  const candidates = products.filter((candidate) => labelOf(candidate, products) === product);
  const usable =
    product === null
      ? accounts
      : accounts.filter((account) => candidates.some(({ region }) => account.regions.includes(region)));
  const accountId = among(
    usable.map(({ id }) => id),
    chosen.account,
  );
  const account = usable.find(({ id }) => id === accountId) ?? null;
  const regions = candidates
    .map(({ region }) => region)
    .filter((region) => account === null || account.regions.includes(region));
  const region = among(regions, chosen.region);
  const choice = candidates.find((candidate) => candidate.region === region) ?? null;
  return { products: names, product, accounts: usable, account, regions, region, choice };
};

const among = (choices: readonly string[], chosen: string | null): string | null => {
  if (chosen !== null && choices.includes(chosen)) return chosen;
  return choices.length === 1 ? (choices[0] ?? null) : null;
};

/** Two of one name in one region are told apart by their ids. */
const labelOf = ({ id, name, region }: ProductChoice, all: readonly ProductChoice[]): string =>
  all.some((other) => other.id !== id && other.name === name && other.region === region)
    ? `${name} (${id})`
    : name;
