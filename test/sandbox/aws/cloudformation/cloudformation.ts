import type { Clock } from '../../clock';
import type { Journal } from '../../journal';
import type { Iam } from '../iam/iam';
import type { AwsService, BusEvent } from '../service';
import type { Stack, Stacks, TemplateStore } from '../stacks';
import { createChronicle } from './chronicle';
import { createCleanUp } from './clean-up';
import { createCreation } from './creation';
import { addDefaultNetwork, type DefaultNetwork } from './default-network';
import { createDeletion } from './deletion';
import { createDemolition } from './demolition';
import { createInventory, type Inventory } from './inventory';
import { createMaking } from './making';
import { createModelProvider } from './model-provider';
import { createOperations } from './operations';
import type { TrustingOrganization } from './organizations-access';
import { createProviders } from './providers';
import { validationError } from './refusals';
import { createResourceRights } from './resource-rights';
import { modelOf } from './resource-types/registry';
import { createRuns } from './runs';
import { viewOf, type StackRecord } from './stack-record';
import { createStackRegistry } from './stack-registry';
import { summarize } from './summary';
import { createUpdates } from './update';
import { createUpdateRollback } from './update-rollback';
import { createCustomResources } from './waiting/custom-resource';
import { createUploads, type Uploads } from './waiting/uploads';
import { createWaiting } from './waiting/wait-condition';

export interface CloudFormationOptions {
  readonly clock: Clock;
  /** Takes each stack status change. It has to return at once; whatever follows is an appointment of its own. */
  readonly emit: (event: BusEvent) => void;
  /** Where TemplateURL points to. */
  readonly templates: TemplateStore;
  /** Each stack status change is recorded there, as service `stack` and the status as operation. */
  readonly journal?: Journal;
  /** Without it, stack sets cannot be let into an organization. */
  readonly organization?: TrustingOrganization;
  /** Weighs what a stack's resources take; without it, every stack may create whatever it wants. */
  readonly iam?: Pick<Iam, 'authorize' | 'putResourcePolicy'>;
  /** Invokes the functions behind custom resources; without it there are none. */
  readonly lambda?: AwsService;
}

export interface CloudFormation {
  /** What the HTTP front calls. */
  readonly service: AwsService;
  /** Where signals of wait conditions and answers of custom resources are put: the HTTP front hands them over. */
  readonly uploads: Pick<Uploads, 'answer' | 'bucketOf' | 'concerns' | 'urls'>;
  /** What Service Catalog calls. */
  readonly stacks: Stacks;
  /** What exists in the accounts, which other services show and people add to. */
  readonly inventory: Inventory;
  /** VPC and subnets that exist before anything was created; each subnet in another zone. */
  defaultNetwork(account: string, region: string): DefaultNetwork;
  /** Somebody else in the world owns a bucket of this name. */
  takeBucketName(name: string): void;
  /** The next resource of this type in this account fails to create, with the reason that AWS would give. */
  failNext(fault: { readonly account: string; readonly resourceType: string; readonly reason: string }): void;
}

/** A CloudFormation that takes templates through their resources in simulated time. */
export const createCloudFormation = (options: CloudFormationOptions): CloudFormation => {
  const { clock, emit, templates, journal } = options;
  const inventory = createInventory();
  const listeners: ((stack: Stack) => void)[] = [];
  const failures: { readonly account: string; readonly resourceType: string; readonly reason: string }[] = [];
  const networks = new Map<string, DefaultNetwork>();

  const defaultNetwork = (account: string, region: string): DefaultNetwork => {
    const place = `${account}/${region}`;
    const network = networks.get(place) ?? addDefaultNetwork(inventory, { account, region });
    networks.set(place, network);
    return network;
  };

  const chronicle = createChronicle({
    clock,
    emit,
    journal,
    tell: (stack) => listeners.forEach((listener) => listener(stack)),
  });
  const rights = createResourceRights(options.iam);
  const runs = createRuns(clock);
  const uploads = createUploads(clock.now);
  const providers = createProviders({
    ...createWaiting(uploads),
    customResources: createCustomResources({ uploads, rights, lambda: options.lambda }),
    modelled: (type) => createModelProvider(modelOf(type), { inventory, rights }),
  });
  const making = createMaking({
    ...{ clock, chronicle, providers },
    plannedFailure: (account, type) => {
      const index = failures.findIndex((fault) => fault.account === account && fault.resourceType === type);
      return index < 0 ? undefined : failures.splice(index, 1)[0]?.reason;
    },
  });
  const demolition = createDemolition({ chronicle, providers });
  const deletion = createDeletion({ clock, runs, chronicle, demolition });
  const cleanUp = createCleanUp({ runs, chronicle, demolition });
  const rollBack = createUpdateRollback({ runs, chronicle, making, providers, cleanUp });
  const stacks = createStackRegistry({
    ...{ clock, chronicle, deletion, open: defaultNetwork },
    start: createCreation({ runs, inventory, chronicle, making, deletion }),
    updates: createUpdates({ runs, inventory, chronicle, making, cleanUp, rollBack }),
  });

  const existing = (stackId: string): StackRecord => {
    const stack = stacks.byId(stackId);
    if (!stack) throw validationError(`Stack with id ${stackId} does not exist`);
    return stack;
  };

  return {
    service: createOperations({ stacks, templates, organization: options.organization }),
    stacks: {
      create: (request) => stacks.create(request).identity.id,
      update: ({ stackId, ...request }) => stacks.update(existing(stackId), request),
      delete: (stackId) => stacks.delete(existing(stackId)),
      describe: (stackId) => viewOf(existing(stackId)),
      onStatus: (listener) => void listeners.push(listener),
      summarize,
    },
    uploads,
    inventory,
    defaultNetwork,
    takeBucketName: (name) =>
      inventory.add({
        type: 'AWS::S3::Bucket',
        account: '999999999999',
        region: 'us-east-1',
        id: name,
        attributes: {},
        facts: {},
      }),
    failNext: (fault) => {
      providers.of(fault.resourceType);
      failures.push(fault);
    },
  };
};
