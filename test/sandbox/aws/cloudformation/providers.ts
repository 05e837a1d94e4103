import type { Provider } from './provider';
import { modelOf } from './resource-types/registry';

const HANDLE = 'AWS::CloudFormation::WaitConditionHandle';
const CONDITION = 'AWS::CloudFormation::WaitCondition';

const SHAPES: Readonly<Record<string, Omit<ResourceShape, 'leavesSnapshot'> | undefined>> = {
  [HANDLE]: { properties: [], attributes: [] },
  [CONDITION]: { properties: ['Count', 'Handle', 'Timeout'], attributes: ['Data'] },
};

const isCustom = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** What a template may say of a type of resource, and ask of it; undefined where the stand-in cannot know. */
export interface ResourceShape {
  readonly properties: readonly string[] | undefined;
  readonly attributes: readonly string[] | undefined;
  /** Whether it can leave a snapshot behind. */
  readonly leavesSnapshot: boolean;
}

/** @throws NotModelled for a type of resource that the stand-in cannot create */
export const shapeOf = (type: string): ResourceShape => {
  const own = SHAPES[type];
  if (own) return { ...own, leavesSnapshot: false };
  if (isCustom(type)) return { properties: undefined, attributes: undefined, leavesSnapshot: false };
  const { properties, attributes, snapshot } = modelOf(type);
  return { properties, attributes, leavesSnapshot: snapshot !== undefined };
};

/** Who carries out what is wanted of a type of resource. */
export interface Providers {
  /** @throws NotModelled for a type of resource that the stand-in cannot create */
  of(type: string): Provider;
}

export const createProviders = (parts: {
  readonly handles: Provider;
  readonly conditions: Provider;
  readonly customResources: Provider;
  readonly modelled: (type: string) => Provider;
}): Providers => {
  const known = new Map([
    [HANDLE, parts.handles],
    [CONDITION, parts.conditions],
  ]);
  return {
    of: (type) => {
      if (isCustom(type)) return parts.customResources;
      const provider = known.get(type) ?? parts.modelled(type);
      known.set(type, provider);
      return provider;
    },
  };
};
