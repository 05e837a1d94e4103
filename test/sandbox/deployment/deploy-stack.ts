import { z } from 'zod';
import { decideConditions } from '../aws/cloudformation/conditions';
import { suffixOf, uuidOf } from '../aws/cloudformation/deterministic-ids';
import { evaluate, type Scope } from '../aws/cloudformation/intrinsics';
import { takeParameters } from '../aws/cloudformation/parameters';
import { pseudoParameters } from '../aws/cloudformation/plan';
import { referencesIn } from '../aws/cloudformation/references';
import { zonesOf } from '../aws/cloudformation/regions';
import { checkRules } from '../aws/cloudformation/rules';
import { parseTemplate, type Sections } from '../aws/cloudformation/template';
import type { Template } from '../aws/stacks';
import type { Made, Place } from './resource';

/** A stack that is to be made, or has been. */
export interface StackPlace {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** A resource as it was made. */
export interface DeployedResource {
  readonly place: Place;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly made: Made;
}

/** Resource by resource, in the order in which they were made. */
export interface DeployedStack extends StackPlace {
  readonly resources: readonly DeployedResource[];
}

type Properties = Readonly<Record<string, unknown>>;

interface Surroundings {
  /** Makes one resource. */
  make(type: string, properties: Properties, place: Place): Promise<Made> | Made;
  /** What stacks of an account and region export, by name. */
  exportsOf(place: StackPlace): Map<string, string>;
  /** What every stack puts out, by account, region, stack and output. */
  readonly outputs: Map<string, string>;
}

/** A resource could not be made; the message is what `cdk deploy` would print for its stack. */
export class DeploymentFailed extends Error {
  override readonly name = 'DeploymentFailed';
  constructor(place: Place, type: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${place.stackName} | ${type} | ${place.logicalId} | CREATE_FAILED: ${reason}`, { cause });
  }
}

const Outputs = z
  .record(
    z.string(),
    z.object({
      Value: z.unknown(),
      Condition: z.string().optional(),
      Export: z.strictObject({ Name: z.unknown() }).optional(),
    }),
  )
  .default({});

interface Parsed {
  readonly sections: Sections;
  readonly exports: readonly { readonly output: string; readonly name: unknown }[];
}

const parsed = new WeakMap<Template, Parsed>();

/** A template's sections; parsed once, however many accounts and sandboxes it is deployed to. */
const parse = (template: Template): Parsed => {
  const known = parsed.get(template);
  if (known) return known;
  const outputs = Object.entries(Outputs.parse(template['Outputs']));
  const exports = outputs.flatMap(([output, { Export: named }]) =>
    named ? [{ output, name: named.Name }] : [],
  );
  const plain = Object.fromEntries(
    outputs.map(([name, { Value, Condition }]) => [
      name,
      { Value, ...(Condition !== undefined && { Condition }) },
    ]),
  );
  const sections = parseTemplate({ ...template, Outputs: plain });
  const result = { sections, exports };
  parsed.set(template, result);
  return result;
};

/** The only parameter that is looked up: CDK asks whether the account is bootstrapped. */
const bootstrapVersion = (name: string): string | undefined =>
  /^\/cdk-bootstrap\/[a-z0-9]+\/version$/.test(name) ? '32' : undefined;

/**
 * Makes a stack's resources, each after those that it refers to.
 * @throws DeploymentFailed for a resource that AWS would refuse or that the sandbox does not model
 */
export const deployStack = async (
  template: Template,
  stack: StackPlace,
  given: Readonly<Record<string, string>>,
  surroundings: Surroundings,
): Promise<DeployedStack> => {
  const { sections, exports } = parse(template);
  const { account, region, name: stackName } = stack;
  const stackId = `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/${uuidOf(account, region, stackName)}`;
  const parameters = takeParameters(sections.Parameters, given, bootstrapVersion);
  const pseudo = pseudoParameters({ id: stackId, name: stackName, account, region });
  const value = (name: string): unknown => parameters.get(name)?.value ?? pseudo.get(name);
  const made = new Map<string, Made>();
  const unresolved = (...logicalIds: readonly string[]): Error =>
    new Error(`Template format error: Unresolved resource dependencies [${logicalIds.join(', ')}]`);
  const reached = (logicalId: string): Made => {
    const resource = made.get(logicalId);
    if (resource) return resource;
    throw unresolved(logicalId);
  };
  const apart: Scope = {
    ref: (name) => value(name) ?? reached(name).id,
    attribute: (logicalId, name) => {
      const attribute = reached(logicalId).attributes?.[name];
      if (attribute === undefined) throw new Error(`The sandbox gives ${logicalId} no attribute ${name}`);
      return attribute;
    },
    condition: () => false,
    mapped: (mapping, first, second) => sections.Mappings[mapping]?.[first]?.[second],
    zones: (named) => zonesOf(named || region),
    exported: (name) => {
      const exported = surroundings.exportsOf(stack).get(name);
      if (exported === undefined) throw new Error(`No export named ${name} found.`);
      return exported;
    },
    outputOf: ({ name, region: elsewhere, output }) => {
      const found = surroundings.outputs.get(`${account}/${elsewhere ?? region}/${name}/${output}`);
      if (found === undefined) throw new Error(`Stack ${name} has no output ${output}`);
      return found;
    },
  };
  checkRules(sections.Rules, sections.Parameters, apart);
  const conditions = decideConditions(sections.Conditions, apart);
  const condition = (name: string): boolean => conditions.get(name) ?? false;
  const scope: Scope = { ...apart, condition };
  const wanted = ({ Condition: name }: { readonly Condition?: string | undefined }): boolean =>
    name === undefined || condition(name);

  const resources: DeployedResource[] = [];
  const open = new Set<string>();
  const make = async (logicalId: string): Promise<void> => {
    const declaration = sections.Resources[logicalId];
    if (!declaration || !wanted(declaration) || made.has(logicalId)) return;
    if (open.has(logicalId))
      throw new Error(`Circular dependency between resources: [${[...open].join(', ')}]`);
    open.add(logicalId);
    for (const before of declaration.DependsOn) {
      await make(before);
      if (!made.has(before)) throw unresolved(before);
    }
    for (const before of referencesIn(declaration.Properties, condition)) await make(before);
    const { Type: type } = declaration;
    const place = { account, region, stackName, stackId, logicalId };
    try {
      const properties = evaluate(declaration.Properties, scope) as Properties;
      const result = await surroundings.make(type, properties, place);
      made.set(logicalId, result);
      resources.push({ place, type, properties, made: result });
    } catch (error) {
      throw error instanceof DeploymentFailed ? error : new DeploymentFailed(place, type, error);
    }
    open.delete(logicalId);
  };
  for (const logicalId of Object.keys(sections.Resources)) await make(logicalId);

  for (const [output, declaration] of Object.entries(sections.Outputs)) {
    if (!wanted(declaration)) continue;
    const value = z.string().parse(evaluate(declaration.Value, scope));
    surroundings.outputs.set(`${account}/${region}/${stackName}/${output}`, value);
    const exported = exports.find((candidate) => candidate.output === output);
    if (exported) surroundings.exportsOf(stack).set(z.string().parse(evaluate(exported.name, scope)), value);
  }
  return { ...stack, resources };
};

/** The name that CloudFormation makes up where the template gives none. */
export const madeUpName = ({ stackName, stackId, logicalId }: Place, longest: number): string => {
  const suffix = suffixOf(stackId, logicalId);
  return `${`${stackName}-${logicalId}`.slice(0, longest - suffix.length - 1)}-${suffix}`;
};
