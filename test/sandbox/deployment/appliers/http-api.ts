import { z } from 'zod';
import { suffixOf } from '../../aws/cloudformation/deterministic-ids';
import { NotModelled } from '../../aws/service';
import { applierOf, flag, type Place, text } from '../resource';
import type { World } from '../world';

const idOf = ({ stackId, logicalId }: Place): string => suffixOf(stackId, logicalId).slice(0, 10);

const api = applierOf({
  type: 'AWS::ApiGatewayV2::Api',
  properties: z.object({ Name: text, ProtocolType: z.literal('HTTP') }),
  quiet: ['Description', 'Tags'],
  apply: (_, place, { apis }: World) => {
    const id = idOf(place);
    apis.create({ id, account: place.account, region: place.region });
    const endpoint = `https://${id}.execute-api.${place.region}.amazonaws.com`;
    return { id, attributes: { ApiId: id, ApiEndpoint: endpoint } };
  },
});

const integration = applierOf({
  type: 'AWS::ApiGatewayV2::Integration',
  properties: z.object({
    ApiId: text,
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: text,
    PayloadFormatVersion: z.literal('2.0'),
  }),
  quiet: ['Description', 'IntegrationMethod', 'TimeoutInMillis'],
  apply: (properties, place, { apis, functions }: World) => {
    functions.get(properties.IntegrationUri);
    apis.get(properties.ApiId).integrations.set(idOf(place), properties.IntegrationUri);
    return { id: idOf(place) };
  },
});

const route = applierOf({
  type: 'AWS::ApiGatewayV2::Route',
  properties: z.object({
    ApiId: text,
    RouteKey: text,
    Target: text,
    AuthorizationType: z.literal('NONE').default('NONE'),
  }),
  apply: (properties, place, { apis }: World) => {
    const { integrations, routes } = apis.get(properties.ApiId);
    const target = properties.Target.replace(/^integrations\//, '');
    if (!integrations.has(target)) throw new Error(`Invalid integration specified ${properties.Target}`);
    if (routes.has(properties.RouteKey))
      throw new Error(`Route with key ${properties.RouteKey} already exists for this API`);
    routes.set(properties.RouteKey, target);
    return { id: idOf(place) };
  },
});

const stage = applierOf({
  type: 'AWS::ApiGatewayV2::Stage',
  properties: z.object({ ApiId: text, StageName: text, AutoDeploy: flag.default(false) }),
  // Nothing in the sandbox sends enough to be throttled; a test plans a fault where it wants one.
  quiet: ['AccessLogSettings', 'DefaultRouteSettings', 'Description', 'RouteSettings', 'Tags'],
  apply: (properties, _, { apis }: World) => {
    if (properties.StageName !== '$default') throw new NotModelled(`a stage ${properties.StageName}`);
    if (!properties.AutoDeploy) throw new NotModelled('a stage that has to be deployed apart');
    apis.get(properties.ApiId).served = true;
    return { id: properties.StageName };
  },
});

export const httpApiAppliers = [api, integration, route, stage];
