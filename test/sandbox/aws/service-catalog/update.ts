import type { UpdateProvisionedProductOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { NotModelled } from '../service';
import type { Template } from '../stacks';
import type { Product, Version } from './catalog';
import { launchRoleName, tagUpdatesAllowed, templateRules } from './constraint-parameters';
import { tainted } from './follow-stack';
import { launchMembers } from './launch-choice';
import { type Caller, type Operations, operation } from './operation';
import { chooseProduct, chooseVersion } from './product-choice';
import { chooseProvisionedProduct } from './provisioned-product-choice';
import {
  type Asked,
  newRecord,
  type ProvisionedProduct,
  type ProvisionRecord,
  recordDetail,
} from './provisioned-products';
import { invalidParameters } from './refusals';
import {
  AcceptLanguage,
  Id,
  ParameterKey,
  ParameterValue,
  ProvisionedProductNameOrArn,
  Tag,
  Token,
} from './shapes';
import {
  type StackRequestOptions,
  capabilities,
  launchRoleArn,
  missingLaunchRole,
  refusalInRecord,
  rightsOf,
  tagsOfStack,
} from './stack-request';
import { tagsForLaunch } from './tag-options';
import { updateParameters } from './update-parameters';

const UpdateInput = z.strictObject({
  AcceptLanguage,
  ProvisionedProductName: ProvisionedProductNameOrArn.optional(),
  ProvisionedProductId: Id.optional(),
  ...launchMembers,
  ProvisioningParameters: z
    .array(
      z.strictObject({
        Key: ParameterKey,
        Value: ParameterValue.optional(),
        UsePreviousValue: z.boolean().optional(),
      }),
    )
    .optional(),
  Tags: z.array(Tag).max(50).optional(),
  UpdateToken: Token,
});
type UpdateInput = z.infer<typeof UpdateInput>;

/** What is asked for, and what CloudFormation is given for it. */
interface Update {
  readonly asked: Asked;
  readonly stackId: string;
  readonly roleName: string | undefined;
  readonly template: Template;
  readonly previous: readonly string[];
}

export const updateOperations = (options: StackRequestOptions): Operations => {
  const { now, ids, stacks, roles, visibility, launchPaths, contentsOf, inventory, tokens } = options;

  const wishedProduct = (input: UpdateInput, of: ProvisionedProduct, caller: Caller): Product => {
    const { ProductId: id = input.ProductName === undefined ? of.product.id : undefined } = input;
    const product = chooseProduct({ id, name: input.ProductName }, caller, visibility);
    if (product.id !== of.product.id) throw new NotModelled('updating to another product');
    return product;
  };

  const wishedVersion = (input: UpdateInput, of: ProvisionedProduct, { versions }: Product): Version => {
    const { ProvisioningArtifactName: name } = input;
    const { ProvisioningArtifactId: id = name === undefined ? of.version.id : undefined } = input;
    const kept = ({ id: known }: Version): boolean => known === of.version.id;
    const version = chooseVersion(
      { id, name },
      versions.filter((candidate) => candidate.active || kept(candidate)),
    );
    // What runs in a deprecated version may be updated in it; whether another may be updated to it is not documented.
    if (version.guidance === 'DEPRECATED' && !kept(version))
      throw new NotModelled('updating to a deprecated version');
    return version;
  };

  /** Everything that can be refused, before anything changes. */
  const check = (input: UpdateInput, of: ProvisionedProduct, caller: Caller): Update => {
    if (of.type !== 'CFN_STACK') throw new NotModelled(`updating ${of.type} products`);
    if (of.stackId === undefined) throw new NotModelled('updating what has no stack');
    const product = wishedProduct(input, of, caller);
    const { PathName: pathName, PathId: pathId = pathName === undefined ? of.pathId : undefined } = input;
    const path = launchPaths.choose(product, caller, { PathId: pathId, PathName: pathName });
    const version = wishedVersion(input, of, product);
    const roleName = launchRoleName(path.constraints);
    const { template, parameters } = contentsOf(version);
    if (!template) throw new NotModelled('updating to a version without a template');
    const rules = templateRules(path.constraints);
    const given = input.ProvisioningParameters ?? [];
    const { values, previous } = updateParameters(given, of.parameters, parameters, rules);
    if (input.Tags && !tagUpdatesAllowed(path.constraints))
      throw invalidParameters(
        `Tags of ${of.id} cannot be updated: its product has no RESOURCE_UPDATE constraint that allows it.`,
      );
    return {
      asked: {
        ...{ product, version, pathId: path.id, parameters: values },
        launchRoleArn: launchRoleArn(roles, of.account, roleName),
        tags: input.Tags ? tagsForLaunch(input.Tags, path.tagChoices) : of.tags,
      },
      ...{ stackId: of.stackId, roleName, template, previous },
    };
  };

  /** @throws AwsError `InvalidParametersException` where CloudFormation refuses and that is to be answered */
  const start = (record: ProvisionRecord, update: Update, caller: Caller): void => {
    const { asked, stackId, roleName, template, previous } = update;
    const unassumable = missingLaunchRole(roles, caller.account, roleName);
    if (unassumable !== undefined) {
      options.progress.reach(record, tainted, { reason: unassumable });
      return;
    }
    try {
      stacks.update({
        ...{ stackId, template, previous, capabilities },
        parameters: Object.fromEntries(
          Object.entries(asked.parameters).filter(([key]) => !previous.includes(key)),
        ),
        tags: tagsOfStack(asked.tags),
        as: rightsOf(caller, roleName),
      });
    } catch (error) {
      options.progress.reach(record, tainted, { reason: refusalInRecord(error, options.badParameters) });
      return;
    }
    options.progress.follow(record);
  };

  return {
    UpdateProvisionedProduct: operation({
      input: UpdateInput,
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): UpdateProvisionedProductOutput => {
        const { ProvisionedProductId: id, ProvisionedProductName: name, UpdateToken: token } = input;
        const record = tokens.once(caller, token, input, () => {
          const of = chooseProvisionedProduct({ id, name }, inventory, caller);
          const update = check(input, of, caller);
          const begun = newRecord(
            { id: ids.next('rec'), type: 'UPDATE_PROVISIONED_PRODUCT', of, asked: update.asked },
            caller,
            now(),
          );
          start(begun, update, caller);
          inventory.records.set(begun.id, begun);
          of.status = 'UNDER_CHANGE';
          of.lastRecordId = begun.id;
          return begun;
        });
        return { RecordDetail: recordDetail(record) };
      },
    }),
  };
};
