import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { awsConfiguration } from '../../../aws-bridge/runtime/environment';
import { composeShare } from '../../../infra/hub/share/compose';
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

/**
 * Somebody launches a product with a gate in the console, and no project takes the approval: the stack is told so, and
 * goes back.
 */
const waitsAtAGate = async ({ sandbox }: Journey): Promise<void> => {
  const { site, settings, clock, journal } = sandbox;
  await site.setProjectProperty({
    ...{ as: 'admin', property: 'gatehouse' },
    value: { ...settings, gates: undefined },
  });
  const { vpcId, subnetIds } = sandbox.cloudFormation.defaultNetwork(PAYMENTS_DEV, REGION);
  const before = journal.of('stack', 'ROLLBACK_COMPLETE').length;
  await sandbox.consoleOf(PAYMENTS_DEV).launch({
    ...{ product: 'wordpress', name: 'site' },
    parameters: {
      ...{ RequesterEmail: 'employee@example.com', AllowedRange: '10.0.0.0/16' },
      ...{ VpcId: vpcId, ServerSubnetId: subnetIds[0] ?? '', DatabaseSubnetIds: subnetIds.join(',') },
    },
  });
  const wentBack = () => journal.of('stack', 'ROLLBACK_COMPLETE').length > before;
  await clock.until(wentBack, HOUR, 'a stack whose approval nobody takes');
  await site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: settings });
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
    await waitsAtAGate(journey);
    await isAskedFor(journey);
    // The schedule of what measures the oldest operation.
    await journey.sandbox.clock.advance(15 * MINUTE);
    await changesAndRemovesTheShare(journey);
    return journey;
  } catch (error) {
    await journey.sandbox.close();
    throw error;
  }
};
