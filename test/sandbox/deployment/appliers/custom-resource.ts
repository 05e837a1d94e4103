import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { composeGuidance } from '../../../../infra/hub/guidance/compose';
import { composeShare } from '../../../../infra/hub/share/compose';
import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import { uuidOf } from '../../aws/cloudformation/deterministic-ids';
import { NotModelled } from '../../aws/service';
import type { DeclaredFunction } from '../functions';
import type { Made, Place } from '../resource';
import type { RoleEnvironment, World } from '../world';
import { callBySdk, SdkCall } from './sdk-call';

/** The code behind a provider's functions: what they answer, and whether that is all. */
interface Handlers {
  onEvent(event: unknown): Promise<object>;
  readonly isComplete?: (event: unknown) => Promise<{ readonly IsComplete: boolean }>;
}

type Compose = (client: ServiceCatalogClient, world: World) => Handlers;

/** The project's own custom resources, each with the very code that its functions run. */
const PROVIDERS: Readonly<Record<string, Compose | undefined>> = {
  'Custom::PortfolioShare': (client, { now, wait }) => composeShare(client, { now, wait }),
  'Custom::VersionGuidance': (client) => ({ onEvent: composeGuidance(client) }),
};

/** Milliseconds between two questions of the provider framework, and how often it asks before it gives up. */
const BETWEEN_QUESTIONS = 5_000;
const MOST_QUESTIONS = 720;

const Answer = z.looseObject({ PhysicalResourceId: z.string() });

export const isCustom = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** A custom resource's properties arrive as texts. */
const asTexts = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asTexts(member)]));
  return String(value);
};

const environmentOf = ({ roleArn, account, region }: DeclaredFunction, world: World): RoleEnvironment => ({
  ...world.environmentFor(roleArn.split('/').at(-1) ?? '', account),
  AWS_REGION: region,
});

/**
 * Makes a custom resource as its provider does: an SDK call, or the project's own functions behind CDK's provider
 * framework. What they call goes over the wire with the credentials of their roles.
 */
export const applyCustomResource = async (
  type: string,
  properties: Readonly<Record<string, unknown>>,
  place: Place,
  world: World,
): Promise<Made> => {
  const provider = world.functions.get(z.string().parse(properties['ServiceToken']));
  const call = SdkCall.safeParse(properties['Create'] ?? properties['Update']);
  if (call.success) {
    return { id: await callBySdk(call.data, environmentOf(provider, world)) };
  }
  const compose = PROVIDERS[type];
  if (!compose) throw new NotModelled(`the custom resource ${type}`);
  const { USER_ON_EVENT_FUNCTION_ARN: onEventArn, USER_IS_COMPLETE_FUNCTION_ARN: isCompleteArn } =
    provider.environment;
  const handlersOf = (functionArn: string | undefined): Handlers => {
    const environment = environmentOf(world.functions.get(functionArn ?? provider.arn), world);
    return compose(new ServiceCatalogClient(awsConfiguration(environment)), world);
  };
  const request = {
    RequestType: 'Create',
    RequestId: uuidOf(place.stackId, place.logicalId, 'request'),
    StackId: place.stackId,
    LogicalResourceId: place.logicalId,
    ResourceType: type,
    ResourceProperties: asTexts(properties),
  };
  const answer = Answer.parse(await handlersOf(onEventArn).onEvent(request));
  if (isCompleteArn !== undefined) {
    const { isComplete } = handlersOf(isCompleteArn);
    const event = { ...request, ...answer };
    for (let asked = 1; !(await isComplete?.(event))?.IsComplete; asked += 1) {
      if (asked === MOST_QUESTIONS) throw new Error('CloudFormation did not receive a response');
      await world.wait(BETWEEN_QUESTIONS);
    }
  }
  return { id: answer.PhysicalResourceId };
};
