import { NotModelled } from '../service';
import { decideConditions } from './conditions';
import { evaluate, intrinsicOf, NO_VALUE, type Scope } from './intrinsics';
import { type ParameterValues, takeParameters } from './parameters';
import { referencesIn } from './references';
import { publicParameter, zonesOf } from './regions';
import { shapeOf } from './providers';
import { checkRules } from './rules';
import { ResourceRefused, validationError } from './refusals';
import type { ResourceDeclaration, Sections } from './template';

export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

export interface PlannedResource {
  readonly logicalId: string;
  readonly declaration: ResourceDeclaration;
  /** What has to be complete before it. */
  readonly dependsOn: ReadonlySet<string>;
}

/** What a resource that exists tells those that refer to it. */
export interface Reached {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A template with its parameters and conditions decided: what will be created, and after what. */
export interface Plan {
  readonly parameters: ParameterValues;
  readonly resources: ReadonlyMap<string, PlannedResource>;
  readonly outputs: Sections['Outputs'];
  /** Where expressions find parameters, conditions, mappings and the resources that exist by now. */
  scope(reached: (logicalId: string) => Reached): Scope;
}

/**
 * Decides everything about a stack that can be decided before anything is created.
 * @throws AwsError ValidationError for what CloudFormation refuses at once
 * @throws NotModelled for a type of resource, a property or an attribute that the stand-in does not have
 */
export const planStack = (
  sections: Sections,
  identity: Identity,
  given: Readonly<Record<string, string>>,
): Plan => {
  const parameters = takeParameters(sections.Parameters, given, (name) =>
    publicParameter(identity.region, name),
  );
  const pseudo = pseudoParameters(identity);
  const values = (name: string): unknown => parameters.get(name)?.value ?? pseudo.get(name);
  const apart = {
    ref: (name: string): unknown => values(name) ?? unresolved([name], 'Conditions'),
    attribute: (name: string): unknown => unresolved([name], 'Conditions'),
    mapped: (mapping: string, first: string, second: string) => sections.Mappings[mapping]?.[first]?.[second],
    zones: (region: string) => zonesOf(region || identity.region),
  };
  checkRules(sections.Rules, sections.Parameters, {
    ...apart,
    condition: (name) => {
      throw validationError(`Template format error: Rules may not refer to the condition ${name}`);
    },
  });
  const conditions = decideConditions(sections.Conditions, apart);
  const condition = (name: string): boolean => {
    const decided = conditions.get(name);
    if (decided !== undefined) return decided;
    throw validationError(
      `Template format error: Unresolved condition dependency ${name} in the Resources block of the template`,
    );
  };
  const wanted = (declaration: { readonly Condition?: string | undefined }): boolean =>
    declaration.Condition === undefined || condition(declaration.Condition);

  const scope: Plan['scope'] = (reached) => ({
    ...apart,
    ref: (name) => values(name) ?? reached(name).id,
    attribute: (logicalId, name) => {
      const value = reached(logicalId).attributes[name];
      if (value !== undefined) return value;
      // Only a custom resource can leave one out: its function decides which there are.
      throw new ResourceRefused(
        `CustomResource attribute error: Vendor response doesn't contain ${name} attribute in object ${logicalId}`,
      );
    },
    condition,
  });
  const resources = plannedResources(sections, wanted, condition, (name) => values(name) !== undefined);
  const outputs = Object.fromEntries(Object.entries(sections.Outputs).filter(([, output]) => wanted(output)));
  checkOutputs(outputs, resources, condition, (name) => values(name) !== undefined);
  rehearse(resources, outputs, scope);
  return { parameters, resources, outputs, scope };
};

/** What each resource waits for. */
export const dependencies = (plan: Plan): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map([...plan.resources.values()].map(({ logicalId, dependsOn }) => [logicalId, dependsOn]));

export const pseudoParameters = (identity: Identity): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ['AWS::AccountId', identity.account],
    ['AWS::Region', identity.region],
    ['AWS::StackName', identity.name],
    ['AWS::StackId', identity.id],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::NotificationARNs', []],
  ]);

const unresolved = (names: readonly string[], block: string): never => {
  throw validationError(
    block === 'Conditions'
      ? `Template format error: Unresolved dependencies [${names.join(', ')}]. Cannot reference resources in the Conditions block of the template`
      : `Template format error: Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`,
  );
};

const plannedResources = (
  sections: Sections,
  wanted: (declaration: ResourceDeclaration) => boolean,
  condition: (name: string) => boolean,
  isValue: (name: string) => boolean,
): ReadonlyMap<string, PlannedResource> => {
  const declared = Object.entries(sections.Resources);
  const there = new Set(declared.filter(([, declaration]) => wanted(declaration)).map(([name]) => name));
  const planned = new Map<string, PlannedResource>();
  for (const [logicalId, declaration] of declared) {
    checkModelled(declaration);
    if (!there.has(logicalId)) continue;
    const named = [...referencesIn([declaration.Properties, declaration.Metadata], condition)].filter(
      (name) => name !== 'AWS::NoValue' && !isValue(name),
    );
    const missing = [
      ...named.filter((name) => !there.has(name)),
      // A resource whose condition does not hold is as good as undeclared.
      ...declaration.DependsOn.filter((name) => !there.has(name)),
    ];
    if (missing.length > 0) unresolved(missing, 'Resources');
    const dependsOn = new Set([...named, ...declaration.DependsOn]);
    planned.set(logicalId, { logicalId, declaration, dependsOn });
  }
  checkAcyclic(planned);
  return planned;
};

const checkModelled = (declaration: ResourceDeclaration): void => {
  const { Type: type, Properties: properties, DeletionPolicy: policy } = declaration;
  const { properties: known, leavesSnapshot } = shapeOf(type);
  const beyond = Object.keys(properties).find((name) => known && !known.includes(name));
  if (beyond) throw new NotModelled(`${type} with ${beyond}`);
  const policies = ['Delete', 'Retain', 'RetainExceptOnCreate', ...(leavesSnapshot ? ['Snapshot'] : [])];
  if (!policies.includes(policy)) {
    throw new NotModelled(`DeletionPolicy ${policy}`);
  }
};

const checkAcyclic = (planned: ReadonlyMap<string, PlannedResource>): void => {
  const left = new Map([...planned].map(([name, { dependsOn }]) => [name, new Set(dependsOn)]));
  for (;;) {
    const free = [...left].filter(([, dependsOn]) => dependsOn.size === 0).map(([name]) => name);
    if (free.length === 0) break;
    for (const name of free) left.delete(name);
    for (const dependsOn of left.values()) free.forEach((name) => dependsOn.delete(name));
  }
  if (left.size > 0) {
    throw validationError(`Circular dependency between resources: [${[...left.keys()].join(', ')}]`);
  }
};

const checkOutputs = (
  outputs: Sections['Outputs'],
  resources: ReadonlyMap<string, PlannedResource>,
  condition: (name: string) => boolean,
  isValue: (name: string) => boolean,
): void => {
  const missing = Object.values(outputs)
    .flatMap(({ Value: value }) => [...referencesIn(value, condition)])
    .filter((name) => !isValue(name) && !resources.has(name));
  if (missing.length > 0) unresolved([...new Set(missing)], 'Outputs');
};

/** Thrown by the rehearsal where an expression needs what only a created resource can tell. */
class NotYetKnown extends Error {
  override readonly name = 'NotYetKnown';
}

/** Resolves whatever does not need a created resource, so that a template's errors come before the stack. */
const rehearse = (
  resources: ReadonlyMap<string, PlannedResource>,
  outputs: Sections['Outputs'],
  scopeWith: Plan['scope'],
): void => {
  const scope: Scope = {
    ...scopeWith(() => {
      throw new NotYetKnown();
    }),
    attribute: (logicalId, name) => {
      const type = resources.get(logicalId)?.declaration.Type ?? '';
      if (shapeOf(type).attributes?.includes(name) === false) {
        throw new NotModelled(`attribute ${name} of ${type}`);
      }
      throw new NotYetKnown();
    },
  };
  const walk = (node: unknown): void => {
    if (intrinsicOf(node)) {
      try {
        if (evaluate(node, scope) !== NO_VALUE) return;
      } catch (error) {
        if (!(error instanceof NotYetKnown)) throw error;
      }
    } else if (typeof node === 'object' && node !== null) {
      Object.values(node).forEach(walk);
    }
  };
  for (const { declaration } of resources.values()) walk(declaration.Properties);
  for (const output of Object.values(outputs)) walk(output.Value);
};
