import type { ProvisionProductOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { AwsError } from '../service';
import type { Stacks } from '../stacks';
import type { Version } from './catalog';
import { launchRoleName, templateRules } from './constraint-parameters';
import type { Engine } from './engine';
import {
  capabilities,
  inRecord,
  launchRoleArn,
  missingLaunchRole,
  rightsOf,
  tagsOfStack,
} from './stack-request';
import type { Ids } from './ids';
import { launchParameters } from './launch-parameters';
import type { LaunchPaths } from './launch-paths';
import { type Caller, type Operations, operation } from './operation';
import type { Roles } from './ports';
import { chooseProduct, chooseVersion } from './product-choice';
import { type Progress, stackArnOutput } from './progress';
import {
  askedOf,
  type Inventory,
  newRecord,
  type ProvisionRecord,
  type ProvisionedProduct,
  productsOf,
  recordDetail,
  stackNameOf,
} from './provisioned-products';
import { duplicate, invalidParameters } from './refusals';
import {
  AcceptLanguage,
  ArtifactName,
  Id,
  ParameterKey,
  ParameterValue,
  PathName,
  ProductName,
  ProvisionedProductName,
  Tag,
  Token,
} from './shapes';
import { tagsForLaunch } from './tag-options';
import type { TokenMemory } from './token-memory';
import type { VersionContents } from './version-contents';
import type { Visibility } from './visibility';

const ProvisionProductInput = z.strictObject({
  AcceptLanguage,
  ProductId: Id.optional(),
  ProductName: ProductName.optional(),
  ProvisioningArtifactId: Id.optional(),
  ProvisioningArtifactName: ArtifactName.optional(),
  PathId: Id.optional(),
  PathName: PathName.optional(),
  ProvisionedProductName,
  ProvisioningParameters: z.array(z.strictObject({ Key: ParameterKey, Value: ParameterValue })).optional(),
  Tags: z.array(Tag).max(50).optional(),
  ProvisionToken: Token,
});
type ProvisionProductInput = z.infer<typeof ProvisionProductInput>;

interface ProvisionOptions {
  readonly now: () => Date;
  readonly ids: Ids;
  readonly stacks: Stacks;
  readonly roles: Roles;
  readonly visibility: Visibility;
  readonly launchPaths: LaunchPaths;
  readonly contentsOf: (version: Version) => VersionContents;
  readonly inventory: Inventory;
  readonly tokens: TokenMemory;
  readonly progress: Progress;
  readonly engine: Engine;
  /** The error for a provisioned product's name that is taken; the real service is seen to answer either. */
  readonly nameTaken: 'DuplicateResourceException' | 'InvalidParametersException';
  /** Where CloudFormation's refusal of a parameter shows: in ProvisionProduct's answer, or in the record. */
  readonly badParameters: 'refused' | 'recorded';
}

const launchFailed = { record: 'FAILED', product: 'ERROR' } as const;

export const provisionOperations = (options: ProvisionOptions): Operations => {
  const { now, ids, stacks, roles, visibility, launchPaths, contentsOf, inventory, tokens } = options;

  /** Everything that can be refused, before anything exists. */
  const checkLaunch = (input: ProvisionProductInput, caller: Caller) => {
    const product = chooseProduct({ id: input.ProductId, name: input.ProductName }, caller, visibility);
    const path = launchPaths.choose(product, caller, input);
    const version = chooseVersion(
      { id: input.ProvisioningArtifactId, name: input.ProvisioningArtifactName },
      product.versions.filter(({ active }) => active),
    );
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
      options.progress.reach(record, launchFailed, { reason: unassumable });
    } else if (template) {
      try {
        of.stackId = stacks.create({
          ...{ account, region, template, parameters, capabilities, stackName: stackNameOf(of) },
          tags: tagsOfStack(tags),
          as: rightsOf(caller, roleName),
        });
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'ValidationError') throw error;
        if (options.badParameters === 'refused') throw invalidParameters(error.message);
        options.progress.reach(record, launchFailed, { reason: inRecord(error) });
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
        const request = { ...input, AcceptLanguage: undefined };
        const known = inventory.records.get(tokens.recall(caller, input.ProvisionToken, request) ?? '');
        if (known) return { RecordDetail: recordDetail(known) };
        const launch = checkLaunch(input, caller);
        const record = begin(input, launch, caller);
        start(record, launch, caller);
        inventory.records.set(record.id, record);
        inventory.products.set(record.of.id, record.of);
        tokens.remember(caller, input.ProvisionToken, request, record.id);
        return { RecordDetail: recordDetail(record) };
      },
    }),
  };
};
