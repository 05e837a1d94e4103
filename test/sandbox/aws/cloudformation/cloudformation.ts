import type { DrivenClock } from '../../clock';
import type { Journal } from '../../journal';
import { type AwsService, type BusEvent, NotModelled } from '../service';
import type { Stacks, TemplateStore } from '../stacks';

export interface CloudFormationOptions {
  readonly clock: DrivenClock;
  /** Takes each stack status change. It has to return at once; whatever follows is an appointment of its own. */
  readonly emit: (event: BusEvent) => void;
  /** Where TemplateURL points to. */
  readonly templates: TemplateStore;
  /** Each stack status change is recorded there, as service `stack` and the status as operation. */
  readonly journal?: Journal;
}

/** The network that an account comes with in every region. */
export interface DefaultNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

export interface CloudFormation {
  /** What the HTTP front calls. */
  readonly service: AwsService;
  /** What Service Catalog calls. */
  readonly stacks: Stacks;
  /** VPC and subnets that exist before anything was created; each subnet in another zone. */
  defaultNetwork(account: string, region: string): DefaultNetwork;
  /** Somebody else in the world owns a bucket of this name. */
  takeBucketName(name: string): void;
  /** The next resource of this type in this account fails to create, with the reason that AWS would give. */
  failNext(fault: { readonly account: string; readonly resourceType: string; readonly reason: string }): void;
}

/** A CloudFormation that takes templates through their resources in simulated time. */
export const createCloudFormation = (_options: CloudFormationOptions): CloudFormation => {
  throw new NotModelled('CloudFormation');
};
