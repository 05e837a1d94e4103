import type { DynamoDb } from '../aws/dynamodb/dynamodb';
import type { EventBus } from '../aws/event-bus';
import type { CustomerKeys } from '../aws/iam/customer-keys';
import type { Keys } from '../aws/kms/kms';
import type { Organization } from '../aws/organizations/organization';
import type { Secrets } from '../aws/secrets-manager';
import type { Administration } from '../aws/service-catalog/administration';
import type { Topics } from '../aws/sns/topics';
import type { Template, TemplateStore } from '../aws/stacks';
import type { Functions } from './functions';
import type { HttpApis } from './http-apis';
import type { Roles } from './roles';

/** What a custom resource's provider or an SDK call of a deployment runs with. */
export type RoleEnvironment = Readonly<Record<string, string>>;

/** Everything that a deployment brings resources into. */
export interface World {
  readonly catalog: Administration;
  /** TagOptions by id. */
  readonly tagOptions: Map<string, { readonly key: string; readonly value: string }>;
  readonly templates: TemplateStore;
  readonly organization: Organization;
  readonly roles: Roles;
  readonly functions: Functions;
  readonly apis: HttpApis;
  readonly bus: EventBus;
  readonly secrets: Secrets;
  readonly customerKeys: CustomerKeys;
  readonly keys: Keys;
  readonly topics: Topics;
  readonly createTable: DynamoDb['createTable'];
  /** Hands an event to a function, as EventBridge does. */
  readonly invokeAsynchronously: (functionName: string, event: unknown) => void;
  /** What Lambda gives to a function that has the role. */
  environmentFor(roleName: string, account: string): RoleEnvironment;
  /** Deploys a stack set's template to one account and region. */
  deployInstance(
    template: Template,
    stack: { readonly name: string; readonly account: string; readonly region: string },
    parameters: Readonly<Record<string, string>>,
  ): Promise<void>;
  readonly now: () => Date;
  /** Lets simulated time pass, in milliseconds. */
  readonly wait: (span: number) => Promise<void>;
  /** Repeats every so many milliseconds of it. */
  every(period: number, what: string, run: () => Promise<void>): void;
}
