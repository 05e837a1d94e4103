import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** ARNs by name, for whoever must not depend on the resource itself. Stacks know their account and region. */
const arn = (scope: Construct, service: string, rest: string, region = Stack.of(scope).region): string =>
  `arn:aws:${service}:${region}:${Stack.of(scope).account}:${rest}`;

/** @param region the scope's own where left out */
export const functionArn = (scope: Construct, name: string, region?: string): string =>
  arn(scope, 'lambda', `function:${name}`, region);
export const queueArn = (scope: Construct, name: string): string => arn(scope, 'sqs', name);
export const logGroupArn = (scope: Construct, name: string): string =>
  arn(scope, 'logs', `log-group:${name}`);
export const tableArn = (scope: Construct, name: string, region?: string): string =>
  arn(scope, 'dynamodb', `table/${name}`, region);
