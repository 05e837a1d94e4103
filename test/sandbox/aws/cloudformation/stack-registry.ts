import type { DrivenClock } from '../../clock';
import type { RoleCaller } from '../iam/caller';
import { AwsError, NotModelled } from '../service';
import type { Template } from '../stacks';
import { checkCapabilities } from './capabilities';
import type { Chronicle } from './chronicle';
import type { Deletion } from './deletion';
import { uuidOf } from './deterministic-ids';
import { planStack } from './plan';
import { validationError } from './refusals';
import type { StackRecord } from './stack-record';
import { parseTemplate } from './template';

interface StackRequest {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly token?: string | undefined;
  readonly as?: RoleCaller | undefined;
}

/** Every stack of every account, also those that were deleted. */
export interface StackRegistry {
  /** @throws AwsError for what CreateStack refuses */
  create(request: StackRequest): StackRecord;
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

const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/;

export const createStackRegistry = (parts: {
  readonly clock: DrivenClock;
  readonly chronicle: Chronicle;
  readonly start: (stack: StackRecord) => void;
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
      const sections = parseTemplate(request.template);
      const plan = planStack(sections, identity, request.parameters);
      checkCapabilities(sections.Resources, request.capabilities);
      const stack: StackRecord = {
        identity,
        as: request.as,
        plan,
        template: request.template,
        tags: request.tags,
        capabilities: request.capabilities,
        description: sections.Description,
        createdAt: parts.clock.now(),
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
    delete: (stack) => {
      if (stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return;
      if (stack.status === 'ROLLBACK_IN_PROGRESS')
        throw new NotModelled('DeleteStack while a stack rolls back');
      parts.chronicle.stack(stack, 'DELETE_IN_PROGRESS', 'User Initiated');
      for (const resource of stack.resources.values()) {
        if (resource.status !== 'CREATE_IN_PROGRESS') continue;
        parts.chronicle.resource(stack, resource, 'CREATE_FAILED', 'Resource creation cancelled');
      }
      parts.deletion(stack, 'delete');
    },
  };
};
