import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock';
import type { RoleCaller } from '../iam/caller';
import { AwsError, NotModelled } from '../service';
import type { Template } from '../stacks';
import { checkCapabilities } from './capabilities';
import type { Chronicle } from './chronicle';
import type { Deletion } from './deletion';
import { uuidOf } from './deterministic-ids';
import { type Identity, planStack } from './plan';
import { validationError } from './refusals';
import type { Design, StackRecord } from './stack-record';
import { parseTemplate } from './template';
import type { Updates } from './update';

interface DesignRequest {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly token?: string | undefined;
  readonly as?: RoleCaller | undefined;
}

interface StackRequest extends DesignRequest {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

interface UpdateRequest extends DesignRequest {
  /** Parameters that keep the value they have. */
  readonly previous?: readonly string[] | undefined;
}

/** Every stack of every account, also those that were deleted. */
export interface StackRegistry {
  /** @throws AwsError for what CreateStack refuses */
  create(request: StackRequest): StackRecord;
  /** @throws AwsError for what UpdateStack refuses */
  update(stack: StackRecord, request: UpdateRequest): void;
  /** @throws AwsError for what CancelUpdateStack refuses */
  cancelUpdate(stack: StackRecord): void;
  /** @throws AwsError for what DeleteStack refuses */
  delete(stack: StackRecord): void;
  byId(id: string): StackRecord | undefined;
  /** By id, or by the name of a stack that is not deleted, in one account and region. */
  find(
    where: { readonly account: string; readonly region: string },
    nameOrId: string,
  ): StackRecord | undefined;
  /** Newest first. */
  all(where: { readonly account: string; readonly region: string }): readonly StackRecord[];
}

const UPDATABLE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);

/** @throws AwsError for what CloudFormation refuses at once */
const designOf = (identity: Identity, request: DesignRequest): Design => {
  const { template, parameters, tags, capabilities } = request;
  const sections = parseTemplate(template);
  const plan = planStack(sections, identity, parameters);
  checkCapabilities(sections.Resources, capabilities);
  return { template, plan, tags, capabilities, description: sections.Description };
};

const keptParameters = ({ plan }: Design, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.map((name) => {
      const parameter = plan.parameters.get(name);
      if (parameter) return [name, parameter.given];
      throw validationError(
        `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    }),
  );

const checkTypes = (before: Design, next: Design): void => {
  const changed = [...next.plan.resources.values()].filter(({ logicalId, declaration }) => {
    const former = before.plan.resources.get(logicalId)?.declaration.Type;
    return former !== undefined && former !== declaration.Type;
  });
  if (changed.length === 0) return;
  const names = changed.map(({ logicalId }) => logicalId).join(', ');
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names}]`,
  );
};

const isSame = (before: Design, next: Design): boolean => {
  const values = ({ plan }: Design) =>
    Object.fromEntries([...plan.parameters].map(([name, { value }]) => [name, value]));
  return (
    isDeepStrictEqual(before.template, next.template) &&
    isDeepStrictEqual(before.tags, next.tags) &&
    isDeepStrictEqual(values(before), values(next))
  );
};

const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/;

export const createStackRegistry = (parts: {
  readonly clock: Clock;
  readonly chronicle: Chronicle;
  readonly start: (stack: StackRecord) => void;
  readonly updates: Updates;
  readonly deletion: Deletion;
  /** Called before anything happens in an account and region. */
  readonly open: (account: string, region: string) => void;
}): StackRegistry => {
  const stacks: StackRecord[] = [];

  const all: StackRegistry['all'] = ({ account, region }) =>
    stacks.filter(({ identity }) => identity.account === account && identity.region === region).reverse();
  const find: StackRegistry['find'] = (where, nameOrId) =>
    all(where).find(
      ({ identity, deletedAt }) => identity.id === nameOrId || (identity.name === nameOrId && !deletedAt),
    );

  return {
    all,
    find,
    byId: (id) => stacks.find(({ identity }) => identity.id === id),
    create: (request) => {
      const { account, region, stackName: name } = request;
      if (!STACK_NAME.test(name)) {
        throw validationError(
          `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
        );
      }
      if (find({ account, region }, name)) {
        throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
      }
      parts.open(account, region);
      const uuid = uuidOf(account, region, name, stacks.length);
      const identity = {
        id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${uuid}`,
        name,
        account,
        region,
      };
      const design = designOf(identity, request);
      const stack: StackRecord = {
        identity,
        as: request.as,
        design,
        createdAt: parts.clock.now(),
        updatedAt: undefined,
        token: request.token,
        deletedAt: undefined,
        status: '',
        reason: undefined,
        outputs: [],
        events: [],
        resources: new Map(),
      };
      stacks.push(stack);
      parts.start(stack);
      return stack;
    },
    update: (stack, request) => {
      const { identity, design: before, status } = stack;
      if (!UPDATABLE.has(status)) {
        throw validationError(`Stack:${identity.id} is in ${status} state and can not be updated.`);
      }
      const parameters = { ...request.parameters, ...keptParameters(before, request.previous ?? []) };
      const design = designOf(identity, { ...request, parameters });
      checkTypes(before, design);
      if (isSame(before, design)) throw validationError('No updates are to be performed.');
      stack.as = request.as ?? stack.as;
      stack.token = request.token;
      stack.updatedAt = parts.clock.now();
      parts.updates.start(stack, design);
    },
    cancelUpdate: (stack) => parts.updates.cancel(stack),
    delete: (stack) => {
      const { identity, status } = stack;
      if (status === 'DELETE_COMPLETE' || status === 'DELETE_IN_PROGRESS') return;
      if (status === 'ROLLBACK_IN_PROGRESS') throw new NotModelled('DeleteStack while a stack rolls back');
      if (status.startsWith('UPDATE_') && status.endsWith('_IN_PROGRESS')) {
        throw validationError(`Stack [${identity.id}] cannot be deleted while in status ${status}`);
      }
      parts.chronicle.stack(stack, 'DELETE_IN_PROGRESS', 'User Initiated');
      parts.chronicle.cancel(stack);
      parts.deletion(stack, 'delete');
    },
  };
};
