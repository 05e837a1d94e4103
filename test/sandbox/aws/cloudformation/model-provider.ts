import { isDeepStrictEqual } from 'node:util';
import { NotModelled } from '../service';
import type { Existing, Inventory } from './inventory';
import { FIRST_CALL, type Provider, type Wanted } from './provider';
import { ResourceRefused } from './refusals';
import { GLOBAL, type ResourceModel, type Site } from './resource-model';
import type { ResourceRights } from './resource-rights';
import type { StackRecord } from './stack-record';
import { replacingProperties } from './update-behaviours';

/** Milliseconds of simulated time that a change in place takes. */
const CHANGE_TIME = 5_000;

/** Carries out what a resource's model says, with the rights that the stack has. */
export const createModelProvider = (
  model: ResourceModel,
  parts: { readonly inventory: Inventory; readonly rights: ResourceRights },
): Provider => {
  const { inventory, rights } = parts;
  /** How many of a logical id a stack has made: each has an id of its own. */
  const made = new WeakMap<StackRecord, Map<string, number>>();

  const prepare = (wanted: Wanted, generation: number, around: Inventory) => {
    const { stack, logicalId, properties } = wanted;
    const { account, region, name: stackName, id: stackId } = stack.identity;
    const site: Site = {
      ...{ account, region, stackName, stackId, logicalId, generation },
      ...{ stackTags: stack.design.tags, inventory: around },
    };
    const prepared = model.create(properties, site);
    const { id, attributes, facts, tags } = prepared;
    const place = { type: model.type, account, region: model.global ? GLOBAL : region };
    return { prepared, resource: { ...place, id, attributes, facts, tags } };
  };

  const create: Provider['create'] = async (wanted, run, done) => {
    const { stack, logicalId } = wanted;
    const generations = made.get(stack) ?? new Map<string, number>();
    made.set(stack, generations);
    const generation = generations.get(logicalId) ?? 0;
    const { prepared, resource } = prepare(wanted, generation, inventory);
    if (generation > 0 && inventory.find(resource.type, resource, resource.id)) {
      throw new NotModelled(`a second ${resource.type} beside the one that it replaces`);
    }
    await rights.demand(stack, logicalId, prepared);
    // Whoever deletes the stack in this moment finds nothing of it.
    if (!run.isCurrent()) return undefined;
    generations.set(logicalId, generation + 1);
    inventory.add(resource);
    run.later(model.createTime, `completion of ${logicalId}`, () => done({ existing: resource }));
    return resource;
  };

  return {
    takesBack: true,
    create,
    update: async (wanted, { existing, properties }, run, done) => {
      const replacing = replacingProperties(model.type);
      if (replacing.some((name) => !isDeepStrictEqual(properties[name], wanted.properties[name]))) {
        return create(wanted, run, done);
      }
      const { stack, logicalId } = wanted;
      const { prepared, resource } = prepare(
        wanted,
        (made.get(stack)?.get(logicalId) ?? 1) - 1,
        without(inventory, existing),
      );
      await rights.demand(stack, logicalId, prepared);
      if (!run.isCurrent()) return undefined;
      const changed: Existing = { ...existing, facts: resource.facts, tags: resource.tags };
      inventory.remove(existing);
      inventory.add(changed);
      run.later(CHANGE_TIME, `change of ${logicalId}`, () => done({ existing: changed }));
      return changed;
    },
    remove: ({ stack, logicalId, existing, withSnapshot }, run, done) =>
      run.later(FIRST_CALL + model.deleteTime, `deletion of ${logicalId}`, async () => {
        try {
          const calls = model.removal(existing, { inventory, withSnapshot });
          await rights.demand(stack, logicalId, { calls });
          model.checkDeletable(existing, inventory);
        } catch (error) {
          if (!(error instanceof ResourceRefused)) throw error;
          done(error.message);
          return;
        }
        inventory.remove(existing);
        if (withSnapshot && model.snapshot) inventory.add(model.snapshot(existing));
        done(undefined);
      }),
  };
};

/** A resource that changes is not in its own way. */
const without = (inventory: Inventory, own: Existing): Inventory => ({
  ...inventory,
  find: (type, where, id) => inventory.all(type, where).find((other) => other !== own && other.id === id),
  all: (type, where) => inventory.all(type, where).filter((other) => other !== own),
  findAnywhere: (type, id) => {
    const found = inventory.findAnywhere(type, id);
    return found === own ? undefined : found;
  },
});
