import type { ProvisionProductOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { launchRoleName, templateRules } from './constraint-parameters';
import type { Engine } from './engine';
import {
  type StackRequestOptions,
  capabilities,
  launchRoleArn,
  missingLaunchRole,
  refusalInRecord,
  rightsOf,
  tagsOfStack,
} from './stack-request';
import { failed } from './follow-stack';
import { chooseLaunch, launchMembers } from './launch-choice';
import { launchParameters } from './launch-parameters';
import { type Caller, type Operations, operation } from './operation';
import { stackArnOutput } from './progress';
import {
  askedOf,
  newRecord,
  type ProvisionRecord,
  type ProvisionedProduct,
  productsOf,
  recordDetail,
  stackNameOf,
} from './provisioned-products';
import { duplicate, invalidParameters } from './refusals';
import { AcceptLanguage, ParameterKey, ParameterValue, ProvisionedProductName, Tag, Token } from './shapes';
import { tagsForLaunch } from './tag-options';

const ProvisionProductInput = z.strictObject({
  AcceptLanguage,
  ...launchMembers,
  ProvisionedProductName,
  ProvisioningParameters: z.array(z.strictObject({ Key: ParameterKey, Value: ParameterValue })).optional(),
  Tags: z.array(Tag).max(50).optional(),
  ProvisionToken: Token,
});
type ProvisionProductInput = z.infer<typeof ProvisionProductInput>;

interface ProvisionOptions extends StackRequestOptions {
  readonly engine: Engine;
  /** The error for a provisioned product's name that is taken; the real service is seen to answer either. */
  readonly nameTaken: 'DuplicateResourceException' | 'InvalidParametersException';
}

export const provisionOperations = (options: ProvisionOptions): Operations => {
  const { now, ids, stacks, roles, contentsOf, inventory, tokens } = options;

  /** Everything that can be refused, before anything exists. */
  const checkLaunch = (input: ProvisionProductInput, caller: Caller) => {
    const { product, path, version } = chooseLaunch(input, caller, options);
    if (version.guidance === 'DEPRECATED')
      throw invalidParameters(
        `Provisioning artifact ${version.id} is deprecated. New provisioned products cannot be launched from it.`,
      );
    const roleName = launchRoleName(path.constraints);
    if (product.type !== 'CLOUD_FORMATION_TEMPLATE' && roleName === undefined)
      throw invalidParameters('LaunchRoleArn is required and must be non empty');
    const name = input.ProvisionedProductName;
    if (productsOf(inventory, caller).some((existing) => existing.name === name))
      throw (options.nameTaken === 'DuplicateResourceException' ? duplicate : invalidParameters)(
        `A stack named ${name} already exists.`,
      );
    const { template, parameters: asked } = contentsOf(version);
    const rules = templateRules(path.constraints);
    const parameters = launchParameters(input.ProvisioningParameters ?? [], asked, rules);
    const tags = tagsForLaunch(input.Tags ?? [], path.tagChoices);
    return { product, path, version, roleName, template, parameters, tags };
  };
  type Launch = ReturnType<typeof checkLaunch>;

  const begin = (input: ProvisionProductInput, launch: Launch, caller: Caller): ProvisionRecord => {
    const { product, path, version, roleName, parameters, tags } = launch;
    const { account, region, roleArn, sessionArn } = caller;
    const recordId = ids.next('rec');
    const of: ProvisionedProduct = {
      ...{ id: ids.next('pp'), name: input.ProvisionedProductName, account, region, roleArn, sessionArn },
      ...{
        product,
        version,
        tags,
        parameters,
        pathId: path.id,
        createdAt: now(),
        token: input.ProvisionToken,
      },
      type: product.type === 'CLOUD_FORMATION_TEMPLATE' ? 'CFN_STACK' : product.type,
      launchRoleArn: launchRoleArn(roles, account, roleName),
      status: 'UNDER_CHANGE',
      statusMessage: undefined,
      stackId: undefined,
      outputs: [],
      lastRecordId: recordId,
      lastSuccessfulRecordId: undefined,
      terminated: false,
    };
    return newRecord({ id: recordId, type: 'PROVISION_PRODUCT', of, asked: askedOf(of) }, caller, now());
  };

  /** @throws AwsError `InvalidParametersException` where CloudFormation refuses and that is to be answered */
  const start = (record: ProvisionRecord, launch: Launch, caller: Caller): void => {
    const { roleName, template, parameters, tags } = launch;
    const { of } = record;
    const { account, region, launchRoleArn: role } = of;
    const unassumable = missingLaunchRole(roles, account, roleName);
    if (unassumable !== undefined) {
      options.progress.reach(record, failed, { reason: unassumable });
    } else if (template) {
      try {
        of.stackId = stacks.create({
          ...{ account, region, template, parameters, capabilities, stackName: stackNameOf(of) },
          tags: tagsOfStack(tags),
          as: rightsOf(caller, roleName),
        });
      } catch (error) {
        options.progress.reach(record, failed, { reason: refusalInRecord(error, options.badParameters) });
        return;
      }
      of.outputs = record.outputs = [stackArnOutput(of.stackId)];
      options.progress.follow(record);
    } else if (role !== undefined) {
      options.engine.enqueue(record, role, parameters);
    }
  };

  return {
    ProvisionProduct: operation({
      input: ProvisionProductInput,
      refuses: ['DuplicateResourceException', 'InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): ProvisionProductOutput => {
        const record = tokens.once(caller, input.ProvisionToken, input, () => {
          const launch = checkLaunch(input, caller);
          const begun = begin(input, launch, caller);
          start(begun, launch, caller);
          inventory.records.set(begun.id, begun);
          inventory.products.set(begun.of.id, begun.of);
          return begun;
        });
        return { RecordDetail: recordDetail(record) };
      },
    }),
  };
};
