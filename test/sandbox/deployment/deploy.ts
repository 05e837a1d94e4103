import { applyResource } from './appliers/registry';
import type { Assembly } from './assembly';
import { type DeployedResource, deployStack, type StackPlace } from './deploy-stack';
import type { World } from './world';

/** Milliseconds between two stacks: what the first has switched on counts everywhere by then. */
const SETTLING = 30_000;

/** What came of deploying an assembly. */
export interface Deployment {
  /** Resources of one type, of all stacks and accounts, in the order in which they were made. */
  of(type: string): readonly DeployedResource[];
}

/**
 * Deploys every stack of an assembly, one after the other, as a platform engineer would into an organization in which
 * nothing of it exists.
 * @throws DeploymentFailed for the first resource that AWS would refuse or that the sandbox does not model
 */
export const deploy = async (
  { stacks, templates, texts }: Assembly,
  world: Omit<World, 'deployInstance'>,
): Promise<Deployment> => {
  const resources: DeployedResource[] = [];
  const exported = new Map<string, Map<string, string>>();
  const exportsOf = ({ account, region }: StackPlace): Map<string, string> => {
    const place = `${account}/${region}`;
    const known = exported.get(place) ?? new Map<string, string>();
    exported.set(place, known);
    return known;
  };
  const surroundings: Parameters<typeof deployStack>[3] = {
    make: (type, properties, place) => applyResource(type, properties, place, whole),
    exportsOf,
    outputs: new Map(),
  };
  const whole: World = {
    ...world,
    deployInstance: async (template, stack, parameters) => {
      resources.push(...(await deployStack(template, stack, parameters, surroundings)).resources);
    },
  };
  for (const [url, template] of templates) world.templates.put(url, template, texts.get(url));
  for (const { template, ...stack } of stacks) {
    resources.push(...(await deployStack(template, stack, {}, surroundings)).resources);
    await world.wait(SETTLING);
  }
  return { of: (type) => resources.filter((resource) => resource.type === type) };
};
