import * as z from 'zod/mini';

/** What Service Catalog and CloudFormation answer, as far as it is used. */

const Outputs = z._default(
  z.array(
    z.object({
      OutputKey: z.string(),
      OutputValue: z._default(z.string(), ''),
      Description: z.optional(z.string()),
    }),
  ),
  [],
);

export const LaunchPathsAnswer = z.object({
  LaunchPathSummaries: z._default(
    z.array(z.object({ Id: z.string(), Name: z._default(z.string(), '') })),
    [],
  ),
  NextPageToken: z.optional(z.string()),
});

export const ProvisionProductAnswer = z.object({
  RecordDetail: z.object({
    RecordId: z.string(),
    Status: z.string(),
    ProvisionedProductId: z.string(),
    ProvisionedProductType: z.optional(z.string()),
  }),
});

export const ProvisionedProductAnswer = z.object({
  ProvisionedProductDetail: z.object({
    Id: z.string(),
    Name: z.string(),
    Type: z.optional(z.string()),
    Status: z.string(),
    IdempotencyToken: z.optional(z.string()),
  }),
});

export const RecordHistoryAnswer = z.object({
  RecordDetails: z._default(
    z.array(z.object({ RecordId: z.string(), RecordType: z.optional(z.string()), Status: z.string() })),
    [],
  ),
  NextPageToken: z.optional(z.string()),
});

export const RecordAnswer = z.object({
  RecordDetail: z.object({
    Status: z.string(),
    RecordErrors: z._default(
      z.array(z.object({ Code: z._default(z.string(), 'Unknown'), Description: z._default(z.string(), '') })),
      [],
    ),
  }),
  RecordOutputs: Outputs,
  NextPageToken: z.optional(z.string()),
});
export type RecordAnswer = z.infer<typeof RecordAnswer>;

export const StackEventsAnswer = z.object({
  StackEvents: z._default(
    z.array(
      z.object({
        StackId: z.string(),
        LogicalResourceId: z._default(z.string(), ''),
        PhysicalResourceId: z.optional(z.string()),
        ResourceType: z._default(z.string(), ''),
        ResourceStatus: z._default(z.string(), ''),
        ResourceStatusReason: z.optional(z.string()),
      }),
    ),
    [],
  ),
  NextToken: z.optional(z.string()),
});
export type StackEventsAnswer = z.infer<typeof StackEventsAnswer>;

export const StacksAnswer = z.object({
  Stacks: z.tuple([z.object({ StackId: z.string(), StackStatus: z.string(), Outputs })]),
});

export const StackResourceAnswer = z.object({
  StackResourceDetail: z.object({ PhysicalResourceId: z.optional(z.string()) }),
});
