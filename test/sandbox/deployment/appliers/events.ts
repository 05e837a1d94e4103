import { randomUUID } from 'node:crypto';
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
  properties: z.object({ Name: text }),
  quiet: ['DeadLetterConfig', 'Description', 'KmsKeyIdentifier', 'LogConfig', 'Tags'],
  apply: (properties, place) => {
    const arn = busArn(properties.Name, place);
    return { id: properties.Name, attributes: { Arn: arn, Name: properties.Name } };
  },
});

const eventBusPolicy = applierOf({
  type: 'AWS::Events::EventBusPolicy',
  properties: z.object({ EventBusName: text.default('default'), StatementId: text, Statement: document }),
  apply: (properties, place, { roles }: World) => {
    roles.addStatement(busArn(properties.EventBusName, place), {
      Sid: properties.StatementId,
      ...properties.Statement,
    });
    return { id: `${properties.EventBusName}-${properties.StatementId}` };
  },
});

const Target = z.object({ Arn: text, Id: text, RoleArn: text.optional() });
const quietOfTarget = ['DeadLetterConfig', 'RetryPolicy'];

/** How a rule hands an event to a target. @throws Error for a target that EventBridge would not take */
const deliveryTo = async (
  target: z.infer<typeof Target>,
  rule: { readonly arn: string; readonly account: string },
  { roles, functions, bus, invokeAsynchronously }: World,
): Promise<(event: BusEvent) => Promise<void>> => {
  const [, , service = ''] = target.Arn.split(':');
  const by = { service: 'events.amazonaws.com', sourceArn: rule.arn, sourceAccount: rule.account };
  if (service === 'lambda') {
    const { name } = functions.get(target.Arn);
    return async (event) => {
      if (!(await roles.mayDo(by, 'lambda:InvokeFunction', target.Arn)))
        throw new EventRefused(`${rule.arn} may not invoke ${target.Arn}`);
      invokeAsynchronously(name, event);
    };
  }
  if (service === 'events') {
    const { RoleArn: roleArn } = target;
    if (roleArn === undefined) throw new Error(`RoleArn is required for target ${target.Arn}.`);
    await roles.demandAssumable(roleArn, by);
    return async (event) => {
      const context = { 'events:source': event.source, 'events:detail-type': event['detail-type'] };
      if (!(await roles.mayDo({ roleArn }, 'events:PutEvents', target.Arn, context)))
        throw new EventRefused(`${roleArn} may not put events on ${target.Arn}`);
      await bus.forward(event, target.Arn);
    };
  }
  return () => Promise.reject(new NotModelled(`an event for ${target.Arn}`));
};

/** Milliseconds. */
const periodOf = (schedule: string): number => {
  const [, minutes] = /^rate\((\d+) minutes\)$/.exec(schedule) ?? [];
  if (minutes === undefined) throw new NotModelled(`the schedule ${schedule}`);
  return Number(minutes) * 60_000;
};

const scheduled = (arn: string, { account, region }: Place, { now }: World): BusEvent => ({
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: now().toISOString(),
  region,
  resources: [arn],
  detail: {},
});

const rule = applierOf({
  type: 'AWS::Events::Rule',
  properties: z.object({
    Name: text.optional(),
    EventBusName: text.default('default'),
    EventPattern: document.optional(),
    ScheduleExpression: text.optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z.array(z.record(z.string(), z.unknown())).default([]),
  }),
  quiet: ['Description'],
  apply: async (properties, place, world: World) => {
    const name = properties.Name ?? madeUpName(place, 64);
    const bus = busArn(properties.EventBusName, place);
    const within = bus.endsWith('/default') ? '' : `${bus.split('/').at(-1) ?? ''}/`;
    const arn = `arn:aws:events:${place.region}:${place.account}:rule/${within}${name}`;
    for (const given of properties.Targets) {
      const beyond = Object.keys(given).find((key) => !(key in Target.shape) && !quietOfTarget.includes(key));
      if (beyond !== undefined) throw new NotModelled(`a rule's target with ${beyond}`);
      const target = await deliveryTo(Target.parse(given), { arn, account: place.account }, world);
      if (properties.State === 'DISABLED') continue;
      const { EventPattern: pattern, ScheduleExpression: schedule } = properties;
      if (pattern) world.bus.addRule({ name, bus, pattern, target });
      if (schedule !== undefined) {
        world.every(periodOf(schedule), `the schedule ${name}`, () =>
          world.bus.tick(scheduled(arn, place, world), { name, target }),
        );
      }
    }
    return { id: within + name, attributes: { Arn: arn } };
  },
});

export const eventAppliers = [eventBus, eventBusPolicy, rule];
