import { NotModelled } from '../../service';
import type { ResourceModel } from '../resource-model';
import { bucket, bucketPolicy } from './bucket';
import { instance } from './instance';
import { gatewayAttachment, internetGateway } from './internet-gateway';
import { kmsKey } from './kms-key';
import { elasticIp, natGateway } from './nat-gateway';
import { instanceProfile, role } from './role';
import { route, routeTable, routeTableAssociation } from './route-table';
import { securityGroup } from './security-group';
import { subnet } from './subnet';
import { vpc } from './vpc';

const models: ReadonlyMap<string, ResourceModel> = new Map(
  [
    bucket,
    bucketPolicy,
    elasticIp,
    gatewayAttachment,
    instance,
    instanceProfile,
    internetGateway,
    kmsKey,
    natGateway,
    role,
    route,
    routeTable,
    routeTableAssociation,
    securityGroup,
    subnet,
    vpc,
  ].map((model) => [model.type, model]),
);

/** @throws NotModelled for a type of resource that the stand-in cannot create */
export const modelOf = (type: string): ResourceModel => {
  const model = models.get(type);
  if (!model) throw new NotModelled(`resources of type ${type}`);
  return model;
};
