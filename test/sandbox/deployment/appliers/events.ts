import { z } from 'zod';
import { EventRefused } from '../../aws/event-bus';
import { type BusEvent, NotModelled } from '../../aws/service';
import { madeUpName } from '../deploy-stack';
import { applierOf, document, type Place, text } from '../resource';
import type { World } from '../world';

const busArn = (nameOrArn: string, { account, region }: Place): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:events:${region}:${account}:event-bus/${nameOrArn}`;

const eventBus = applierOf({
  type: 'AWS::Events::EventBus',
  properties: z.object({ Name: text, Policy: document.optional() }),
  quiet: ['DeadLetterConfig', 'Description', 'KmsKeyIdentifier', 'LogConfig', 'Tags'],
  apply: (properties, place, { roles }: World) => {
    const arn = busArn(properties.Name, place);
    if (properties.Policy) roles.putResourcePolicy(arn, properties.Policy);
    return { id: properties.Name, attributes: { Arn: arn, Name: properties.Name } };
  },
});

const eventBusPolicy = applierOf({
  type: 'AWS::Events::EventBusPolicy',
  properties: z.object({ EventBusName: text.default('default'), StatementId: text, Statement: document }),
  apply: (properties, place, { roles }: World) => {
    roles.putResourcePolicy(busArn(properties.EventBusName, place), {
      Version: '2012-10-17',
      Statement: [{ Sid: properties.StatementId, ...properties.Statement }],
    });
    return { id: `${properties.EventBusName}-${properties.StatementId}` };
  },
});

const Target = z.object({ Arn: text, Id: text, RoleArn: text.optional() });
const quietOfTarget = ['DeadLetterConfig', 'RetryPolicy'];

const deliveryTo = (
  target: z.infer<typeof Target>,
  ruleArn: string,
  world: World,
): ((event: BusEvent) => Promise<void>) => {
  const [, , service = ''] = target.Arn.split(':');
  if (service === 'lambda') {
    const { name } = world.functions.get(target.Arn);
    return (event) => {
      const permission = { principal: 'events.amazonaws.com', sourceArn: ruleArn, functionArn: target.Arn };
      if (!world.functions.permits(permission))
        return Promise.reject(new EventRefused(`${ruleArn} may not invoke ${target.Arn}`));
      world.invokeAsynchronously(name, event);
      return Promise.resolve();
    };
  }
  if (service === 'events') {
    const { RoleArn: roleArn } = target;
    if (roleArn === undefined) throw new Error(`RoleArn is required for target ${target.Arn}.`);
    world.roles.demand(roleArn, 'events.amazonaws.com');
    return async (event) => {
      if (!(await world.roles.mayDo(roleArn, 'events:PutEvents', target.Arn)))
        throw new EventRefused(`${roleArn} may not put events on ${target.Arn}`);
      await world.bus.forward(event, target.Arn);
    };
  }
  return () => Promise.reject(new NotModelled(`an event for ${target.Arn}`));
};

const rule = applierOf({
  type: 'AWS::Events::Rule',
  properties: z.object({
    Name: text.optional(),
    EventBusName: text.default('default'),
    EventPattern: document,
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z.array(z.record(z.string(), z.unknown())).default([]),
  }),
  quiet: ['Description'],
  apply: (properties, place, world: World) => {
    const name = properties.Name ?? madeUpName(place, 64);
    const bus = busArn(properties.EventBusName, place);
    const within = bus.endsWith('/default') ? '' : `${bus.split('/').at(-1) ?? ''}/`;
    const arn = `arn:aws:events:${place.region}:${place.account}:rule/${within}${name}`;
    for (const given of properties.Targets) {
      const beyond = Object.keys(given).find((key) => !(key in Target.shape) && !quietOfTarget.includes(key));
      if (beyond !== undefined) throw new NotModelled(`a rule's target with ${beyond}`);
      const target = deliveryTo(Target.parse(given), arn, world);
      if (properties.State === 'ENABLED')
        world.bus.addRule({ name, bus, pattern: properties.EventPattern, target });
    }
    return { id: within + name, attributes: { Arn: arn } };
  },
});

export const eventAppliers = [eventBus, eventBusPolicy, rule];
