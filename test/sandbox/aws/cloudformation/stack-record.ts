import type { RoleCaller } from '../iam/caller';
import type { Stack, Template } from '../stacks';
import type { Existing } from './inventory';
import type { Identity, Plan } from './plan';
import type { Standing } from './provider';

interface StackEventRecord {
  readonly id: string;
  readonly at: Date;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
}

/** A resource of a stack from the moment on that CloudFormation begins with it. */
export interface ResourceRecord {
  readonly logicalId: string;
  readonly type: string;
  status: string;
  reason: string | undefined;
  at: Date;
  /** What exists of it; undefined before its creation was initiated and after its deletion. */
  existing: Existing | undefined;
  /** What it was last asked to be, with everything resolved. */
  properties: Readonly<Record<string, unknown>>;
}

/** Whether anything exists of it. */
export const isStanding = (record: ResourceRecord): record is ResourceRecord & Standing =>
  record.existing !== undefined;

/** What a stack is asked to be. */
export interface Design {
  readonly template: Template;
  readonly plan: Plan;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly description: string | undefined;
}

export interface StackRecord {
  readonly identity: Identity;
  /** With whose rights its resources are created and deleted. */
  as: RoleCaller | undefined;
  /** As it was last asked to be; the one of before once an update is rolled back. */
  design: Design;
  readonly createdAt: Date;
  updatedAt: Date | undefined;
  token: string | undefined;
  deletedAt: Date | undefined;
  status: string;
  reason: string | undefined;
  outputs: Stack['outputs'];
  /** Oldest first. */
  readonly events: StackEventRecord[];
  readonly resources: Map<string, ResourceRecord>;
}

/** A stack as others may see it. */
export const viewOf = (record: StackRecord): Stack => ({
  ...record.identity,
  status: record.status,
  statusReason: record.reason,
  outputs: record.outputs,
});
