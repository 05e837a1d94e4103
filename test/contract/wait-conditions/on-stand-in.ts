import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { startAws } from '../../sandbox/aws/aws';
import { createCloudFormation } from '../../sandbox/aws/cloudformation/cloudformation';
import { createTemplateStore } from '../../sandbox/aws/cloudformation/template-store';
import type { Role } from '../../sandbox/aws/iam/role';
import { NotModelled } from '../../sandbox/aws/service';
import { DrivenClock } from '../../sandbox/clock';
import { Faults } from '../../sandbox/faults';
import { Journal } from '../../sandbox/journal';
import { PAYMENTS_DEV, REGION } from '../../sandbox/organization';
import type { Implementation } from './subject';

const DEVELOPER: Role = {
  account: PAYMENTS_DEV,
  name: 'Developer',
  trust: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  },
  policies: {
    stacks: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' }],
    },
  },
};

/** The sandbox's CloudFormation over the wire. */
export const startStandIn = async (): Promise<
  Implementation & { readonly clock: DrivenClock; readonly journal: Journal; close(): Promise<void> }
> => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const cloudFormation = createCloudFormation({
    ...{ clock, journal, templates: createTemplateStore(), emit: () => undefined },
  });
  const aws = await startAws({
    ...{ clock, journal, faults: new Faults(), roles: [DEVELOPER] },
    services: {
      servicecatalog: { handle: () => Promise.reject(new NotModelled('Service Catalog')) },
      cloudformation: cloudFormation.service,
      preSigned: cloudFormation.uploads,
    },
  });
  const client = new CloudFormationClient({
    ...{ region: REGION, endpoint: aws.endpoint, maxAttempts: 1 },
    credentials: aws.credentialsFor(DEVELOPER.name, DEVELOPER.account),
  });
  return {
    ...{ client, clock, journal },
    until: (holds, seconds) => clock.until(holds, seconds * 1000),
    pass: (seconds) => clock.advance(seconds * 1000),
    send: async (url, request) => {
      const { pathname, search } = new URL(url);
      const { status } = await fetch(`${aws.endpoint}${pathname}${search}`, request);
      return status;
    },
    close: async () => {
      client.destroy();
      await aws.close();
    },
  };
};
