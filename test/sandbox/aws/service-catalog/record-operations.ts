import type { DescribeRecordOutput, ListRecordHistoryOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { withinAccess } from './access-level';
import { type Operations, operation } from './operation';
import { pageOf } from './paging';
import { type Inventory, type ProvisionRecord, recordDetail, recordsOf } from './provisioned-products';
import { invalidParameters, notFound } from './refusals';
import { AcceptLanguage, AccessLevelFilter, Id, paged } from './shapes';

/** What became of requests. */
export const recordOperations = (inventory: Inventory): Operations => ({
  DescribeRecord: operation({
    input: z.strictObject({ AcceptLanguage, Id, ...paged(20) }),
    refuses: ['ResourceNotFoundException'],
    answer: (input, caller): DescribeRecordOutput => {
      const record = recordsOf(inventory, caller).find(({ id }) => id === input.Id);
      if (!record) throw notFound(`Record ${input.Id} not found.`);
      const page = pageOf(`DescribeRecord ${record.id}`, record.outputs, input);
      return { RecordDetail: recordDetail(record), RecordOutputs: page.items, NextPageToken: page.next };
    },
  }),

  ListRecordHistory: operation({
    input: z.strictObject({
      AcceptLanguage,
      AccessLevelFilter: AccessLevelFilter.optional(),
      SearchFilter: z.strictObject({ Key: z.string(), Value: z.string() }).optional(),
      ...paged(20),
    }),
    refuses: ['InvalidParametersException'],
    answer: (input, caller): ListRecordHistoryOutput => {
      const { SearchFilter: filter, AccessLevelFilter: level = { Key: 'User', Value: 'self' } } = input;
      const seen = withinAccess(recordsOf(inventory, caller), level, caller);
      const found = filter ? seen.filter((record) => keyOf(record, filter.Key) === filter.Value) : seen;
      const page = pageOf('ListRecordHistory', found.reverse(), input);
      return { RecordDetails: page.items.map(recordDetail), NextPageToken: page.next };
    },
  }),
});

const keyOf = (record: ProvisionRecord, key: string): string => {
  if (key === 'product') return record.of.product.id;
  if (key === 'provisionedproduct') return record.of.id;
  throw invalidParameters(`Records cannot be searched by ${key}; use product or provisionedproduct.`);
};
