import { principalOf } from '../iam/caller';
import type { Iam } from '../iam/iam';
import { type Prepared, refusedBy } from './resource-model';
import type { StackRecord } from './stack-record';

/** Whether a stack may have what its resources take. */
export interface ResourceRights {
  /**
   * Weighs a resource's calls, one after the other, as those of whoever the stack is created as. Policies that the
   * resource brings along count from then on.
   * @throws ResourceRefused for the first that IAM denies
   */
  demand(
    stack: Pick<StackRecord, 'as' | 'identity'>,
    logicalId: string,
    resource: Pick<Prepared, 'calls'> & Partial<Pick<Prepared, 'policies'>>,
  ): Promise<void>;
}

/** CloudFormation makes the calls in its caller's name. */
const VIA_CLOUDFORMATION = {
  'aws:ViaAWSService': 'true',
  'aws:CalledVia': ['cloudformation.amazonaws.com'],
  'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
  'aws:CalledViaLast': 'cloudformation.amazonaws.com',
};

/** Names of services as the SDK for Java spells them, by the prefix of their actions. */
const SERVICE: Readonly<Record<string, string | undefined>> = {
  cloudfront: 'CloudFront',
  cloudwatch: 'CloudWatch',
  ec2: 'Ec2',
  iam: 'Iam',
  kms: 'Kms',
  lambda: 'Lambda',
  rds: 'Rds',
  s3: 'S3',
  secretsmanager: 'SecretsManager',
  sns: 'Sns',
  sqs: 'Sqs',
  ssm: 'Ssm',
};

/**
 * Each type of resource names the calls of its handlers: the principal ones of `handlers.create` and `handlers.delete`
 * in the type's schema of the CloudFormation registry. Left out are calls for properties that the stand-in does not
 * model, and the reading back of settings. All calls of a creation are weighed before anything of the resource exists,
 * so a resource of which only the second call is denied leaves nothing behind, where AWS would have to take it back.
 * @param iam without it nothing is weighed
 */
export const createResourceRights = (
  iam: Pick<Iam, 'authorize' | 'putResourcePolicy'> | undefined,
): ResourceRights => ({
  demand: async ({ as, identity }, logicalId, { calls, policies = {} }) => {
    if (!iam) return;
    if (!as) throw new Error(`Nobody is named whose rights the stack ${identity.name} is created with`);
    for (const [arn, document] of Object.entries(policies)) iam.putResourcePolicy(arn, document);
    for (const { action, resource, context } of calls) {
      const verdict = await iam.authorize({
        ...{ as, action, resource, region: identity.region },
        context: { ...VIA_CLOUDFORMATION, ...context },
      });
      if (verdict.allowed) continue;
      const [prefix = ''] = action.split(':');
      const on = resource === '*' ? '' : ` on resource: ${resource}`;
      const opening = prefix === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
      throw refusedBy(
        { stackId: identity.id, logicalId },
        {
          service: SERVICE[prefix] ?? prefix,
          message: `${opening}User: ${principalOf(as)} is not authorized to perform: ${action}${on} ${verdict.reason ?? ''}`,
          status: 403,
          code: 'AccessDenied',
        },
      );
    }
  },
});
