import { z } from 'zod';
import { type Operations, operation } from './operation';
import type { Progress } from './progress';
import type { Inventory, ProvisionRecord } from './provisioned-products';
import { available, failed, isEnded, tainted, underWay } from './follow-stack';
import { invalidParameters, notFound } from './refusals';
import { Id, Tag, Token } from './shapes';

/**
 * A launch that waits for the hub's provisioning engine. The real service puts it into the engine's queue; the
 * engine answers with NotifyProvisionProductEngineWorkflowResult.
 */
export interface EngineWorkflow {
  readonly token: string;
  readonly recordId: string;
  readonly provisionedProductId: string;
  readonly productId: string;
  readonly provisioningArtifactId: string;
  readonly launchRoleArn: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Launches of EXTERNAL and Terraform products. No CloudFormation stack, hence no stack event, tells of them. */
export interface Engine {
  /** What waits to be answered, oldest first. */
  readonly queue: readonly EngineWorkflow[];
  enqueue(record: ProvisionRecord, launchRoleArn: string, parameters: Readonly<Record<string, string>>): void;
  readonly operations: Operations;
}

export const createEngine = (inventory: Inventory, progress: Progress): Engine => {
  const queue: EngineWorkflow[] = [];
  return {
    queue,
    enqueue: (record, launchRoleArn, parameters) => {
      queue.push({
        token: Buffer.from(`workflow of ${record.id}`).toString('base64'),
        recordId: record.id,
        provisionedProductId: record.of.id,
        productId: record.of.product.id,
        provisioningArtifactId: record.of.version.id,
        launchRoleArn,
        parameters,
      });
      progress.reach(record, underWay);
    },
    operations: {
      NotifyProvisionProductEngineWorkflowResult: operation({
        input: z.strictObject({
          WorkflowToken: z
            .string()
            .min(1)
            .max(20_000)
            .regex(/^[0-9A-Za-z+/=]+$/),
          RecordId: Id,
          Status: z.enum(['SUCCEEDED', 'FAILED']),
          FailureReason: z
            .string()
            .min(1)
            .max(2048)
            .regex(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]*$/)
            .optional(),
          ResourceIdentifier: z.strictObject({ UniqueTag: Tag.optional() }).optional(),
          Outputs: z
            .array(
              z.strictObject({
                OutputKey: z.string(),
                OutputValue: z.string(),
                Description: z.string().optional(),
              }),
            )
            .optional(),
          IdempotencyToken: Token,
        }),
        refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
        answer: (input, caller) => {
          const record = inventory.records.get(input.RecordId);
          if (!record || record.of.product.account !== caller.account)
            throw notFound(`Record ${input.RecordId} not found.`);
          const at = queue.findIndex(({ recordId }) => recordId === record.id);
          if (isEnded(record.status) || queue[at]?.token !== input.WorkflowToken)
            throw invalidParameters(`The workflow token is not valid for record ${record.id}.`);
          queue.splice(at, 1);
          const { Outputs: outputs = [] } = input;
          if (input.Status === 'SUCCEEDED') progress.reach(record, available, { outputs });
          else
            // With resources to point at, the provisioned product is there, only not as it was asked for.
            progress.reach(record, input.ResourceIdentifier ? tainted : failed, {
              reason: input.FailureReason,
              outputs,
            });
          return {};
        },
      }),
    },
  };
};
