import type { Clock } from '../../clock';
import { type AwsService, NotModelled, type Principal } from '../service';
import type { Stacks, TemplateStore } from '../stacks';
import { createAccessLevelKeys } from './access-level-keys';
import { adminOperations } from './admin-operations';
import { adminProductOperations } from './admin-product-operations';
import { type Administration, createAdministration } from './administration';
import { browseOperations } from './browse-operations';
import { emptyCatalog } from './catalog';
import { type EngineWorkflow, createEngine } from './engine';
import { createIds } from './ids';
import { createLaunchPaths } from './launch-paths';
import type { Caller, Operations } from './operation';
import { createOrganizationsAccess } from './organizations-access';
import type { Organization, Roles } from './ports';
import { createProgress } from './progress';
import { provisionOperations } from './provision';
import type { Inventory } from './provisioned-products';
import { provisionedProductOperations } from './provisioned-product-operations';
import { recordOperations } from './record-operations';
import { shareListOperations } from './share-list-operations';
import { shareOperations } from './share-operations';
import { type ShareTroubles, createSharing } from './sharing';
import type { BadParameters, StackRequestOptions } from './stack-request';
import { terminateOperations } from './terminate';
import { updateOperations } from './update';
import { updateVersionOperations } from './update-version';
import { createTokenMemory } from './token-memory';
import { createVersionContents } from './version-contents';
import { createVisibility } from './visibility';

export interface ServiceCatalogOptions {
  readonly clock: Clock;
  readonly stacks: Stacks;
  readonly templates: TemplateStore;
  /** Without one, every account stands alone: portfolios can be shared with accounts only. */
  readonly organization?: Organization;
  /** Without it, every role exists everywhere, without a path. */
  readonly roles?: Roles;
  /** Identifiers are the same in every run with the same seed. */
  readonly seed?: string;
  /** Milliseconds by which a record is behind its stack. 0, unless given: it knows as soon as the stack does. */
  readonly recordDelay?: number;
  /** Milliseconds until a provision or terminate token is forgotten; an hour unless given. */
  readonly tokenMemory?: number;
  /** The error for a name that is taken; InvalidParametersException unless given. */
  readonly nameTaken?: 'DuplicateResourceException' | 'InvalidParametersException';
  /** Where CloudFormation's refusal of a parameter shows; in ProvisionProduct's answer unless given. */
  readonly badParameters?: BadParameters;
}

export interface ServiceCatalog {
  readonly service: AwsService;
  readonly seed: Administration;
  /** Launches that wait for the hub's provisioning engine (EXTERNAL and Terraform products), oldest first. */
  readonly engineQueue: readonly EngineWorkflow[];
  /** What goes wrong with shares, as a test wants it. */
  readonly shareTroubles: ShareTroubles;
  /** The operations that the stand-in has, to be held against the API's model. */
  readonly operations: Operations;
}

const anHour = 3_600_000;

/** A Service Catalog that serves every account and region of the sandbox. */
export const createServiceCatalog = (options: ServiceCatalogOptions): ServiceCatalog => {
  const { clock, stacks, templates } = options;
  const roles: Roles = options.roles ?? {
    arnOf: (account, roleName) => `arn:aws:iam::${account}:role/${roleName}`,
  };
  const { recordDelay = 0, nameTaken = 'InvalidParametersException', badParameters = 'refused' } = options;
  const { now } = clock;
  const ids = createIds(options.seed ?? 'sandbox');
  const catalog = emptyCatalog();
  const inventory: Inventory = { products: new Map(), records: new Map() };
  const { organization } = options;
  const access = createOrganizationsAccess(clock, organization);
  const sharing = createSharing({ catalog, ids, clock, organization });
  access.onAdministratorGone((account) => sharing.endSharesOf(account));
  const visibility = createVisibility(catalog, organization);
  const launchPaths = createLaunchPaths(catalog, ids, visibility);
  const contentsOf = createVersionContents(stacks, templates);
  const progress = createProgress({ clock, stacks, recordDelay });
  const engine = createEngine(inventory, progress);
  const accessLevelKeys = createAccessLevelKeys(inventory);
  const tokens = createTokenMemory(now, options.tokenMemory ?? anHour);

  const stackRequests: StackRequestOptions = {
    ...{ now, ids, stacks, roles, visibility, launchPaths, contentsOf },
    ...{ inventory, tokens, progress, badParameters },
  };

  const operations: Operations = {
    ...browseOperations({ visibility, launchPaths, contentsOf }),
    ...provisionOperations({ ...stackRequests, engine, nameTaken }),
    ...updateOperations(stackRequests),
    ...terminateOperations({ now, ids, stacks, inventory, tokens, progress }),
    ...recordOperations(inventory),
    ...provisionedProductOperations(inventory),
    ...engine.operations,
    ...adminOperations(catalog, visibility),
    ...updateVersionOperations(catalog),
    ...access.operations,
    ...shareOperations(catalog, access, sharing),
    ...shareListOperations(catalog, access),
    ...adminProductOperations({ catalog, visibility, contentsOf }),
  };

  return {
    service: {
      handle: (call) =>
        new Promise((resolve) => {
          const operation = operations[call.operation];
          if (!operation) throw new NotModelled(`${call.operation} of Service Catalog`);
          resolve(operation.answer(call, callerOf(call.principal, call.region, roles)));
        }),
      conditionKeys: (call) => accessLevelKeys(call, callerOf(call.principal, call.region, roles)),
    },
    seed: createAdministration({ ...options, catalog, ids, roles, access, sharing }),
    engineQueue: engine.queue,
    shareTroubles: sharing.troubles,
    operations,
  };
};

const callerOf = (principal: Principal, region: string, roles: Roles): Caller => ({
  account: principal.account,
  region,
  roleArn:
    roles.arnOf(principal.account, principal.roleName) ??
    `arn:aws:iam::${principal.account}:role/${principal.roleName}`,
  sessionArn: principal.arn,
  session: principal,
});
