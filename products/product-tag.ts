import { Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * On everything that a product creates and that can carry a tag: its value is the product's key. Launch rights name
 * by it what has no name before it exists, such as a subnet.
 */
export const PRODUCT_TAG = 'gatehouse:product';

/** Tags all that the stack creates as that product's. */
export const tagAs = (stack: Construct, productKey: string): void => {
  Tags.of(stack).add(PRODUCT_TAG, productKey);
};
