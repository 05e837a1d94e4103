import type { Product } from '../../products/product';
import type { Template } from './aws/stacks';

/** A product as the sandbox puts it into the hub's portfolio. */
export interface SynthesizedProduct {
  readonly product: Product;
  readonly template: Template;
}

/** Synthesizes every product of the catalogue in this process; done once, without credentials. */
export const synthesizeProducts = (): readonly SynthesizedProduct[] => [];
