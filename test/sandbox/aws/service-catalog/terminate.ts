import type { TerminateProvisionedProductOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { AwsError, NotModelled } from '../service';
import type { Stacks } from '../stacks';
import type { Ids } from './ids';
import { type Operations, operation } from './operation';
import type { Progress } from './progress';
import {
  type Inventory,
  type ProvisionRecord,
  productsOf,
  provisionedProductArn,
  recordDetail,
} from './provisioned-products';
import { notFound } from './refusals';
import { AcceptLanguage, Id, Token } from './shapes';
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
      ProvisionedProductName: z
        .string()
        .min(1)
        .max(1224)
        .regex(
          /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}|arn:[a-z0-9-.]{1,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[^/].{0,1023}$/,
        )
        .optional(),
      ProvisionedProductId: Id.optional(),
      TerminateToken: Token,
      IgnoreErrors: z.boolean().optional(),
      RetainPhysicalResources: z.boolean().optional(),
    }),
    refuses: ['ResourceNotFoundException'],
    answer: (input, caller): TerminateProvisionedProductOutput => {
      const { now, ids, stacks, inventory, tokens, progress } = options;
      const { ProvisionedProductId: id, ProvisionedProductName: name, TerminateToken: token } = input;
      if ((id === undefined) === (name === undefined))
        throw new AwsError(
          'ValidationException',
          "The provisioned product's name or id has to be given, but not both.",
        );
      const earlier = inventory.records.get(tokens.recall(caller, token, input) ?? '');
      if (earlier) return { RecordDetail: recordDetail(earlier) };
      const product = productsOf(inventory, caller).find((candidate) =>
        id === undefined
          ? candidate.name === name || provisionedProductArn(candidate) === name
          : candidate.id === id,
      );
      if (!product) throw notFound(`Provisioned product ${id ?? name ?? ''} not found.`);
      if (product.status === 'UNDER_CHANGE')
        throw new NotModelled('terminating a provisioned product that is under change');
      if (product.type !== 'CFN_STACK') throw new NotModelled(`terminating ${product.type} products`);
      const record: ProvisionRecord = {
        ...{ id: ids.next('rec'), type: 'TERMINATE_PROVISIONED_PRODUCT', of: product, status: 'CREATED' },
        ...{ roleArn: caller.roleArn, sessionArn: caller.sessionArn, createdAt: now(), updatedAt: now() },
        ...{ errors: [], outputs: [] },
      };
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
