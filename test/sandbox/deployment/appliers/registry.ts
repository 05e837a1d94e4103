import { NotModelled } from '../../aws/service';
import type { Applier, Made, Place } from '../resource';
import type { World } from '../world';
import { applyCustomResource, isCustom } from './custom-resource';
import { eventAppliers } from './events';
import { httpApiAppliers } from './http-api';
import { iamAppliers } from './iam';
import { keyAppliers } from './keys';
import { lambdaAppliers } from './lambda';
import { serviceCatalogAppliers } from './service-catalog';
import { stackSet } from './stack-set';
import { storageAppliers } from './storage';
import { topicAppliers } from './topics';
import { withoutEffect } from './without-effect';

const appliers: ReadonlyMap<string, Applier<World>> = new Map(
  [
    ...serviceCatalogAppliers,
    ...iamAppliers,
    ...lambdaAppliers,
    ...httpApiAppliers,
    ...eventAppliers,
    ...storageAppliers,
    ...keyAppliers,
    ...topicAppliers,
    stackSet,
  ].map((applier) => [applier.type, applier]),
);

/**
 * Makes one resource in the sandbox.
 * @throws NotModelled for a type that has no applier and is not known to be without effect
 */
export const applyResource = async (
  type: string,
  properties: Readonly<Record<string, unknown>>,
  place: Place,
  world: World,
): Promise<Made> => {
  const applier = appliers.get(type);
  if (applier) return applier.apply(properties, place, world);
  if (isCustom(type)) return applyCustomResource(type, properties, place, world);
  const quiet = withoutEffect(type);
  if (quiet) return quiet.made(place, properties);
  throw new NotModelled(`resources of type ${type} in a deployment`);
};
