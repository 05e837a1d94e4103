import type { TerminateProvisionedProductOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { NotModelled } from '../service';
import type { Stacks } from '../stacks';
import { terminated } from './follow-stack';
import type { Ids } from './ids';
import { type Operations, operation } from './operation';
import type { Progress } from './progress';
import { chooseProvisionedProduct } from './provisioned-product-choice';
import { askedOf, type Inventory, newRecord, recordDetail } from './provisioned-products';
import { AcceptLanguage, Id, ProvisionedProductNameOrArn, Token } from './shapes';
import type { TokenMemory } from './token-memory';

interface TerminateOptions {
  readonly now: () => Date;
  readonly ids: Ids;
  readonly stacks: Stacks;
  readonly inventory: Inventory;
  readonly tokens: TokenMemory;
  readonly progress: Progress;
}

export const terminateOperations = (options: TerminateOptions): Operations => ({
  TerminateProvisionedProduct: operation({
    input: z.strictObject({
      AcceptLanguage,
      ProvisionedProductName: ProvisionedProductNameOrArn.optional(),
      ProvisionedProductId: Id.optional(),
      TerminateToken: Token,
      IgnoreErrors: z.boolean().optional(),
      RetainPhysicalResources: z.boolean().optional(),
    }),
    refuses: ['ResourceNotFoundException'],
    answer: (input, caller): TerminateProvisionedProductOutput => {
      const { now, ids, stacks, inventory, tokens, progress } = options;
      const { ProvisionedProductId: id, ProvisionedProductName: name, TerminateToken: token } = input;
      const record = tokens.once(caller, token, input, () => {
        const product = chooseProvisionedProduct({ id, name }, inventory, caller);
        if (product.type !== 'CFN_STACK') throw new NotModelled(`terminating ${product.type} products`);
        const begun = newRecord(
          {
            ...{ id: ids.next('rec'), type: 'TERMINATE_PROVISIONED_PRODUCT' },
            ...{ of: product, asked: askedOf(product) },
          },
          caller,
          now(),
        );
        inventory.records.set(begun.id, begun);
        product.status = 'UNDER_CHANGE';
        product.lastRecordId = begun.id;
        if (product.stackId === undefined || input.RetainPhysicalResources) progress.reach(begun, terminated);
        else {
          progress.follow(begun, { forgetStackThatStays: input.IgnoreErrors ?? false });
          stacks.delete(product.stackId);
        }
        return begun;
      });
      return { RecordDetail: recordDetail(record) };
    },
  }),
});
