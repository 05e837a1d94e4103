import * as z from 'zod';

/** What Service Catalog and CloudFormation answer, as far as it is used. */

export const LaunchPathsAnswer = z.object({
  LaunchPathSummaries: z.array(z.object({ Id: z.string(), Name: z.string().default('') })).default([]),
  NextPageToken: z.string().optional(),
});

export const ProvisionProductAnswer = z.object({
  RecordDetail: z.object({
    RecordId: z.string(),
    Status: z.string(),
    ProvisionedProductId: z.string(),
    ProvisionedProductType: z.string().optional(),
  }),
});

export const ProvisionedProductAnswer = z.object({
  ProvisionedProductDetail: z.object({
    Id: z.string(),
    Type: z.string().optional(),
    Status: z.string(),
    IdempotencyToken: z.string().optional(),
    LastRecordId: z.string().optional(),
  }),
});

export const RecordAnswer = z.object({
  RecordDetail: z.object({
    Status: z.string(),
    RecordErrors: z
      .array(z.object({ Code: z.string().default('Unknown'), Description: z.string().default('') }))
      .default([]),
  }),
  RecordOutputs: z
    .array(
      z.object({
        OutputKey: z.string(),
        OutputValue: z.string().default(''),
        Description: z.string().optional(),
      }),
    )
    .default([]),
  NextPageToken: z.string().optional(),
});
export type RecordAnswer = z.infer<typeof RecordAnswer>;

export const StackEventsAnswer = z.object({
  StackEvents: z
    .array(
      z.object({
        StackId: z.string(),
        LogicalResourceId: z.string().default(''),
        PhysicalResourceId: z.string().optional(),
        ResourceType: z.string().default(''),
        ResourceStatus: z.string().default(''),
        ResourceStatusReason: z.string().optional(),
      }),
    )
    .default([]),
  NextToken: z.string().optional(),
});
export type StackEventsAnswer = z.infer<typeof StackEventsAnswer>;
