import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { ChoosableType } from '../../../aws-bridge/contract/choices';
import { awsConfiguration } from '../../../aws-bridge/runtime/environment';
import { composeShare } from '../../../infra/hub/share/compose';
import { atTheConsole } from '../../journeys/gate-journey';
import { HOUR, type Journey, MINUTE, startJourney } from '../../journeys/journey';
import { createPosts, send } from '../../journeys/signed-post';
import { PAYMENTS_DEV, REGION } from '../../sandbox/organization';
import { SITE_ID } from '../../sandbox/site';

/** Whatever makes the functions call AWS in another way than a launch that goes well. */
const approved = async (journey: Journey, state: string): Promise<void> => {
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, state, 6 * HOUR);
};

const failsInItsStack = async (journey: Journey): Promise<void> => {
  journey.sandbox.cloudFormation.failNext({
    account: PAYMENTS_DEV,
    resourceType: 'AWS::S3::Bucket',
    reason: 'Service limit reached',
  });
  await approved(journey, 'failed');
};

/** The token is forgotten by then, so the launch is found by its name. */
const losesItsAnswer = async (journey: Journey): Promise<void> => {
  journey.sandbox.faults.plan('servicecatalog', 'ProvisionProduct', 'answer lost');
  await approved(journey, 'succeeded');
};

/** As the app's sweep asks for operations that it has not heard of for long. */
const isAskedFor = async ({ sandbox }: Journey): Promise<void> => {
  const operationIds = [...sandbox.aws.lambda.engine.executions].map(({ name }) => name);
  const content = {
    type: 'operations.requested',
    timestamp: sandbox.clock.now().toISOString(),
    data: { site: SITE_ID, operationIds },
  };
  const { status } = await send(createPosts(sandbox).toBridge('/webhook', content, { id: 'asked' }));
  if (status !== 200) throw new Error(`the ingress answered ${status} to operations.requested`);
};

/** As the order form asks what an account has to choose from. */
const hasItsChoicesLookedUp = async ({ sandbox }: Journey): Promise<void> => {
  const content = {
    type: 'choices.requested',
    timestamp: sandbox.clock.now().toISOString(),
    data: { site: SITE_ID, account: PAYMENTS_DEV, region: REGION, types: ChoosableType.options },
  };
  const { status } = await send(createPosts(sandbox).toBridge('/catalog', content, { id: 'choices' }));
  if (status !== 200) throw new Error(`the catalog function answered ${status} to choices.requested`);
};

/** Stacks from the console of which one is approved, one declined and one deleted while it waits. */
const waitAtTheirGates = async (journey: Journey): Promise<void> => {
  const console = atTheConsole(journey);
  const approved = await console.launch('approved');
  await journey.approve(approved);
  await journey.reaches(approved, 'succeeded');
  const declined = await console.launch('declined');
  // The app hears neither that its decision was taken nor what came of it. It tells it again, and the ingress looks up
  // what was decided.
  journey.sandbox.faults.plan('bridge', 'POST /webhook', 'answer lost');
  journey.sandbox.faults.plan('web trigger', 'bridge-callback', 'unreachable', 8);
  await journey.decline(declined);
  await journey.reaches(declined, 'declined');
  const deleted = await console.launch('deleted');
  await console.person.deleteStack('deleted');
  await journey.reaches(deleted, 'withdrawn');
};

/** No project takes the approval of a stack from the console: the stack is told so, and goes back. */
const isTakenByNobody = async (journey: Journey): Promise<void> => {
  const { site, settings, cloudFormation } = journey.sandbox;
  const { person, stackIs } = atTheConsole(journey);
  const set = (value: unknown) => site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });
  const { vpcId, subnetIds } = cloudFormation.defaultNetwork(PAYMENTS_DEV, REGION);
  await set({ ...settings, gates: undefined });
  await person.launch({
    ...{ product: 'wordpress', name: 'taken-by-nobody' },
    parameters: {
      ...{ RequesterEmail: 'employee@example.com', AllowedRange: '10.0.0.0/16' },
      ...{ VpcId: vpcId, ServerSubnetId: subnetIds[0] ?? '', DatabaseSubnetIds: subnetIds.join(',') },
    },
  });
  await stackIs('ROLLBACK_COMPLETE', HOUR, 'taken-by-nobody');
  await set(settings);
};

/** The share is made with the deployment; here its flags change, and it is removed. */
const changesAndRemovesTheShare = async ({ sandbox }: Journey): Promise<void> => {
  const { deployment, clock, aws } = sandbox;
  const functions = deployment.of('AWS::Lambda::Function');
  const functionAt = (arn: unknown) => {
    const found = functions.find(({ made }) => made.attributes?.['Arn'] === arn);
    if (!found) throw new Error(`nothing was deployed as ${String(arn)}`);
    const { Role, Environment } = z
      .looseObject({
        Role: z.string(),
        Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
      })
      .parse(found.properties);
    return { role: Role, account: found.place.account, variables: Environment?.Variables ?? {} };
  };
  const [share] = deployment.of('Custom::PortfolioShare');
  const { ServiceToken, ...properties } = share?.properties ?? {};
  const { variables } = functionAt(ServiceToken);
  const handlersOf = (arn: string | undefined) => {
    const { role, account } = functionAt(arn);
    const environment = aws.environmentFor(role.split('/').at(-1) ?? '', account);
    const wait = (span: number) => clock.advance(span);
    return composeShare(new ServiceCatalogClient(awsConfiguration(environment)), { now: clock.now, wait });
  };
  const { onEvent } = handlersOf(variables['USER_ON_EVENT_FUNCTION_ARN']);
  const { isComplete } = handlersOf(variables['USER_IS_COMPLETE_FUNCTION_ARN']);
  for (const RequestType of ['Update', 'Delete']) {
    const event = {
      RequestType,
      PhysicalResourceId: share?.made.id,
      ResourceProperties: { ...properties, SharePrincipals: 'false', ShareTagOptions: 'true' },
    };
    const started = { ...event, ...(await onEvent(event)) };
    while (!(await isComplete(started)).IsComplete) await clock.advance(15_000);
  }
};

/**
 * One sandbox, from the deployment to the end of its share, in which the functions make every call that they can make.
 * A call that its role may not make ends the walk: what it stands in the way of is not reached.
 */
export const walked = async (): Promise<Journey> => {
  const journey = await startJourney({ serviceCatalog: { tokenMemory: 0 } });
  try {
    await approved(journey, 'succeeded');
    await failsInItsStack(journey);
    await losesItsAnswer(journey);
    await waitAtTheirGates(journey);
    await isTakenByNobody(journey);
    await isAskedFor(journey);
    await hasItsChoicesLookedUp(journey);
    // The schedule of what measures the oldest operation.
    await journey.sandbox.clock.advance(15 * MINUTE);
    await changesAndRemovesTheShare(journey);
    return journey;
  } catch (error) {
    await journey.sandbox.close();
    throw error;
  }
};
