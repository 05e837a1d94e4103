import { uuidOf } from '../deterministic-ids';
import type { Existing, Inventory } from '../inventory';
import { ResourceRefused } from '../refusals';
import { refusedBy, type Site } from '../resource-model';

/**
 * Nothing is deleted that something else lives in or makes use of.
 * @throws ResourceRefused while a resource of one of the types names `resource` in its facts, alone or among others
 */
export const checkNothingIn = (
  resource: Existing,
  inventory: Inventory,
  dependants: {
    readonly fact: string;
    readonly types: readonly string[];
    readonly message: string;
    /** As the SDK for Java spells it; EC2 where not given. */
    readonly service?: string;
  },
): void => {
  const inside = dependants.types
    .flatMap((type) => inventory.all(type, resource))
    .find((other) => other.facts[dependants.fact]?.split(' ').includes(resource.id));
  if (!inside) return;
  const request = uuidOf(resource.id, inside.id);
  throw new ResourceRefused(
    `Resource handler returned message: "${dependants.message} (Service: ${dependants.service ?? 'Ec2'}, Status Code: 400, Request ID: ${request})" ` +
      `(RequestToken: ${uuidOf(request)}, HandlerErrorCode: InvalidRequest)`,
  );
};

const WORDS: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'vpc',
  'AWS::EC2::Subnet': 'subnet',
  'AWS::EC2::RouteTable': 'routeTable',
  'AWS::EC2::InternetGateway': 'internetGateway',
  'AWS::EC2::NatGateway': 'NatGateway',
};

/** @throws ResourceRefused when the account has no such resource in this region */
export const present = (site: Site, type: string, id: string): Existing => {
  const found = site.inventory.find(type, site, id);
  if (found) return found;
  const message = `The ${WORDS[type] ?? type} ID '${id}' does not exist`;
  throw refusedBy(site, { service: 'Ec2', message, code: 'NotFound' });
};
