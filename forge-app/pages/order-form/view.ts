import type { Constraint, Version, VersionDescription } from '../../../aws-bridge/contract/catalog';

/** An account that the visitor may launch into. */
export interface UsableAccount {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly string[];
}

/** A product as it is chosen. Products of one name in several regions are one thing to people. */
export interface ProductChoice {
  readonly id: string;
  readonly name: string;
  readonly region: string;
}

export type OfferedVersion = Pick<Version, 'id' | 'name' | 'description' | 'createdAt'>;

/**
 * What a version asks for and creates, or why that is not known.
 *
 * - `too-large`: it can never be kept, so it cannot be ordered
 * - `awaited`: it has not arrived from AWS
 */
export type Described = VersionDescription | 'too-large' | 'awaited';

/** A product with what can be ordered of it. */
export interface ProductOffer extends ProductChoice {
  readonly description?: string;
  /** Its template constraints, which hold rules. */
  readonly constraints: readonly Constraint[];
  /** Newest first; at least one. */
  readonly versions: readonly OfferedVersion[];
  readonly described: { readonly versionId: string; readonly as: Described };
}

/** What `order-form.open` answers. */
export type OrderFormView =
  /** A request type that has nothing to do with AWS. */
  | { readonly ours: false }
  | {
      readonly ours: true;
      /** In the order of the settings; none where the visitor may use none, and then nothing else is told. */
      readonly accounts: readonly UsableAccount[];
      /** What this request type offers. */
      readonly products: readonly ProductChoice[];
      /** The product, where there is but one. */
      readonly offer: ProductOffer | null;
      /** The catalogue, or the product in it, has not arrived from AWS. */
      readonly awaited: boolean;
    };
