import { NotModelled } from '../../service';
import type { ResourceModel } from '../resource-model';
import { alarm } from './alarm';
import { bucket, bucketPolicy } from './bucket';
import { edgeFunction, originAccessControl, responseHeadersPolicy } from './cloudfront-policies';
import { dbParameterGroup, dbSubnetGroup } from './database-groups';
import { dbInstance } from './database-instance';
import { distribution } from './distribution';
import { instance } from './instance';
import { gatewayAttachment, internetGateway } from './internet-gateway';
import { kmsKey } from './kms-key';
import { elasticIp, natGateway } from './nat-gateway';
import { queue, queuePolicy } from './queue';
import { instanceProfile, role } from './role';
import { route, routeTable, routeTableAssociation } from './route-table';
import { securityGroup } from './security-group';
import { subnet } from './subnet';
import { subscription, topic, topicPolicy } from './topic';
import { vpc } from './vpc';

const models: ReadonlyMap<string, ResourceModel> = new Map(
  [
    alarm,
    bucket,
    bucketPolicy,
    dbInstance,
    dbParameterGroup,
    dbSubnetGroup,
    distribution,
    edgeFunction,
    elasticIp,
    gatewayAttachment,
    instance,
    instanceProfile,
    internetGateway,
    kmsKey,
    natGateway,
    originAccessControl,
    queue,
    queuePolicy,
    responseHeadersPolicy,
    role,
    route,
    routeTable,
    routeTableAssociation,
    securityGroup,
    subnet,
    subscription,
    topic,
    topicPolicy,
    vpc,
  ].map((model) => [model.type, model]),
);

/** @throws NotModelled for a type of resource that the stand-in cannot create */
export const modelOf = (type: string): ResourceModel => {
  const model = models.get(type);
  if (!model) throw new NotModelled(`resources of type ${type}`);
  return model;
};
