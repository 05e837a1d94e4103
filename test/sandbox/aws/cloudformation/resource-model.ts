import { z } from 'zod';
import { NotModelled } from '../service';
import { ec2IdOf, suffixOf, uuidOf } from './deterministic-ids';
import type { Context } from '../iam/context';
import type { PolicyDocument } from '../iam/role';
import type { Existing, Inventory } from './inventory';
import { ResourceRefused } from './refusals';

/** Where a resource comes to be, and for which stack. */
export interface Site {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** How many the stack has made of this logical id before: one that replaces another has an id of its own. */
  readonly generation: number;
  /** The stack's tags; they go on whatever can carry tags. */
  readonly stackTags: Readonly<Record<string, string>>;
  readonly inventory: Inventory;
}

/** The region that the inventory gives to what belongs to no region. */
export const GLOBAL = 'aws-global';

export interface Created {
  /** Physical id, what `Ref` gives. */
  readonly id: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly facts?: Readonly<Record<string, string>>;
  /** Policies of resources' own that IAM weighs from now on, by ARN. */
  readonly policies?: Readonly<Record<string, PolicyDocument>>;
}

/** A call to the service behind a type of resource, made with the rights that the stack is created with. */
export interface ServiceCall {
  /** Such as `ec2:CreateVpc`. */
  readonly action: string;
  /** An ARN; `*` where the action has no resource. */
  readonly resource: string;
  /** What the service tells IAM beyond what is told of every call. */
  readonly context?: Context;
}

/** A resource as it will be once its calls have been let through. */
export interface Prepared extends Required<Created> {
  readonly tags: Readonly<Record<string, string>>;
  /** In the order in which the resource's handler makes them. */
  readonly calls: readonly ServiceCall[];
}

export interface Removal {
  readonly inventory: Inventory;
  /** Its DeletionPolicy is `Snapshot`. */
  readonly withSnapshot: boolean;
}

/** What the stand-in knows of one type of resource. */
export interface ResourceModel {
  readonly type: string;
  /** Properties that may appear in a template; any other is not modelled. */
  readonly properties: readonly string[];
  readonly attributes: readonly string[];
  /** Exists in no region but in all of them, as IAM's resources do. */
  readonly global: boolean;
  /** Simulated time that it takes, in milliseconds. */
  readonly createTime: number;
  readonly deleteTime: number;
  /**
   * @throws ResourceRefused for what the real service would refuse
   * @throws NotModelled for a nested property that the model does not know
   */
  create(properties: Readonly<Record<string, unknown>>, site: Site): Prepared;
  /** The calls that its deletion takes. */
  removal(resource: Existing, circumstances: Removal): readonly ServiceCall[];
  /** What is left of it where the template asks for a snapshot; undefined where the type has none. */
  readonly snapshot: ((resource: Existing) => Existing) | undefined;
  /** @throws ResourceRefused while something still needs it */
  checkDeletable(resource: Existing, inventory: Inventory): void;
}

export const defineModel = <Shape extends z.ZodRawShape, Attribute extends string = never>(model: {
  readonly type: string;
  readonly properties: z.ZodObject<Shape, z.core.$strict>;
  readonly attributes?: readonly Attribute[];
  readonly global?: boolean;
  /** Simulated seconds. */
  readonly takes: { readonly create: number; readonly delete: number };
  readonly create: (
    properties: z.infer<z.ZodObject<Shape, z.core.$strict>>,
    site: Site,
  ) => Created & { readonly attributes?: Readonly<Record<Attribute, string>> };
  readonly checkDeletable?: (resource: Existing, inventory: Inventory) => void;
  readonly calls: {
    readonly create: (
      properties: z.infer<z.ZodObject<Shape, z.core.$strict>>,
      resource: Existing,
      site: Site,
    ) => readonly ServiceCall[];
    readonly remove: (resource: Existing, circumstances: Removal) => readonly ServiceCall[];
  };
  readonly snapshot?: (resource: Existing) => Existing;
}): ResourceModel => ({
  type: model.type,
  properties: Object.keys(model.properties.shape),
  attributes: model.attributes ?? [],
  global: model.global ?? false,
  createTime: model.takes.create * 1000,
  deleteTime: model.takes.delete * 1000,
  create: (properties, site) => {
    const parsed = model.properties.safeParse(properties);
    if (parsed.success) {
      const { id, attributes = {}, facts = {}, policies = {} } = model.create(parsed.data, site);
      const own = tags.safeParse((parsed.data as { readonly Tags?: unknown }).Tags).data ?? [];
      const carried = Object.hasOwn(model.properties.shape, 'Tags')
        ? { ...site.stackTags, ...Object.fromEntries(own.map(({ Key, Value }) => [Key, Value])) }
        : {};
      const resource: Existing = {
        ...{ type: model.type, account: site.account, region: model.global ? GLOBAL : site.region },
        ...{ id, attributes, facts, tags: carried },
      };
      const calls = model.calls.create(parsed.data, resource, site);
      return { id, attributes, facts, policies, tags: carried, calls };
    }
    const unknown = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys');
    if (unknown) {
      throw new NotModelled(`${model.type} with ${[...unknown.path, unknown.keys.join(', ')].join('.')}`);
    }
    const problems = parsed.error.issues.map((issue) => `#/${issue.path.join('/')}: ${issue.message}`);
    throw new ResourceRefused(
      `Properties validation failed for resource ${site.logicalId} with message:\n${problems.join('\n')}`,
    );
  },
  removal: (resource, circumstances) => model.calls.remove(resource, circumstances),
  snapshot: model.snapshot,
  checkDeletable: model.checkDeletable ?? (() => undefined),
});

/** Scalars as CloudFormation takes them: each may come as text. */
export const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
export const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
export const tags = z.array(z.strictObject({ Key: text, Value: text })).default([]);
/** A policy document. */
export const policy = z.record(z.string(), z.unknown());

/** An id as EC2 gives, the same in every run. */
export const ec2Id = (prefix: string, site: Site): string => ec2IdOf(prefix, ...seedOf(site));

/** A UUID of the resource's own, by what it is for; the same in every run. */
export const uuidFor = (site: Site, ...purpose: readonly string[]): string =>
  uuidOf(...seedOf(site), ...purpose);

/** Twelve letters and digits of the resource's own, by what they are for; the same in every run. */
export const suffixFor = (site: Site, ...purpose: readonly string[]): string =>
  suffixOf(...seedOf(site), ...purpose);

const seedOf = ({ stackId, logicalId, generation }: Site): readonly (string | number)[] =>
  generation === 0 ? [stackId, logicalId] : [stackId, logicalId, generation];

/** The id that CloudFormation makes up for what never got one of its own. */
export const madeUpPhysicalId = (
  stack: { readonly id: string; readonly name: string },
  logicalId: string,
): string => `${stack.name}-${logicalId}-${suffixOf(stack.id, logicalId).toUpperCase()}`;

/** The name that CloudFormation makes up where the template gives none. */
export const madeUpName = (site: Site, longest: number): string => {
  const suffix = suffixFor(site);
  return `${`${site.stackName}-${site.logicalId}`.slice(0, longest - suffix.length - 1)}-${suffix}`;
};

/** A refusal as the handlers of CloudFormation's registry word it. */
export const refusedBy = (
  site: Pick<Site, 'stackId' | 'logicalId'>,
  refusal: {
    /** As the SDK for Java spells it: `Ec2`, `S3`. */
    readonly service: string;
    readonly message: string;
    readonly code:
      'AccessDenied' | 'AlreadyExists' | 'InvalidRequest' | 'NotFound' | 'GeneralServiceException';
    readonly status?: number;
  },
): ResourceRefused => {
  const request = uuidOf(site.stackId, site.logicalId, 'request');
  const token = uuidOf(site.stackId, site.logicalId, 'token');
  return new ResourceRefused(
    `Resource handler returned message: "${refusal.message} (Service: ${refusal.service}, Status Code: ${refusal.status ?? 400}, ` +
      `Request ID: ${request})" (RequestToken: ${token}, HandlerErrorCode: ${refusal.code})`,
  );
};
