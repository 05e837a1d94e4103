import type { TerminateProvisionedProductOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { NotModelled } from '../service';
import type { Stacks } from '../stacks';
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

const gone = { record: 'SUCCEEDED', product: 'TERMINATED' } as const;

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
      const earlier = inventory.records.get(tokens.recall(caller, token, input) ?? '');
      if (earlier) return { RecordDetail: recordDetail(earlier) };
      const product = chooseProvisionedProduct({ id, name }, inventory, caller);
      if (product.type !== 'CFN_STACK') throw new NotModelled(`terminating ${product.type} products`);
      const record = newRecord(
        {
          ...{ id: ids.next('rec'), type: 'TERMINATE_PROVISIONED_PRODUCT' },
          ...{ of: product, asked: askedOf(product) },
        },
        caller,
        now(),
      );
      inventory.records.set(record.id, record);
      tokens.remember(caller, token, input, record.id);
      product.status = 'UNDER_CHANGE';
      product.lastRecordId = record.id;
      if (product.stackId === undefined || input.RetainPhysicalResources) progress.reach(record, gone);
      else {
        progress.follow(record, { forgetStackThatStays: input.IgnoreErrors ?? false });
        stacks.delete(product.stackId);
      }
      return { RecordDetail: recordDetail(record) };
    },
  }),
});
