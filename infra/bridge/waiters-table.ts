import { RemovalPolicy, Stack, aws_dynamodb as dynamodb, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { WAITERS_TABLE } from '../names';
import { mayDecrypt } from './decrypt';
import { tableArn } from './place';

/**
 * Which operation waits for which stack, and what was decided about gates. It goes with its stack: an entry is of use for
 * hours, and one that is lost costs a wait until the next look or a decision that has to be made anew, while a table that
 * stayed would be in the next one's way.
 */
export const createWaitersTable = (scope: Construct, id: string, key: kms.IKey): dynamodb.Table =>
  new dynamodb.Table(scope, id, {
    tableName: WAITERS_TABLE,
    partitionKey: { name: 'key', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 7 },
    removalPolicy: RemovalPolicy.DESTROY,
  });

/**
 * The right to some kinds of calls on the table, and to have its items decrypted on the way.
 * @param key the one that the table is encrypted with
 * @param region where the table lies; that of the scope where left out
 */
export const waitersRights = (
  scope: Construct,
  key: kms.IKey,
  actions: readonly ('dynamodb:GetItem' | 'dynamodb:PutItem' | 'dynamodb:UpdateItem')[],
  region = Stack.of(scope).region,
): readonly iam.PolicyStatement[] => [
  new iam.PolicyStatement({ actions: [...actions], resources: [tableArn(scope, WAITERS_TABLE, region)] }),
  mayDecrypt(key, { service: 'dynamodb', region }, { 'aws:dynamodb:tableName': WAITERS_TABLE }),
];
