import { aws_iam as iam } from 'aws-cdk-lib';

/**
 * Lets a function's role have AWS decrypt what is stored under a key, for one purpose: the encryption context says
 * which secret, table, queue or function it is about.
 * @param via the service in whose hands it may happen
 */
export const mayDecrypt = (
  key: { readonly keyArn: string },
  via: {
    readonly service: 'dynamodb' | 'lambda' | 'secretsmanager' | 'sns' | 'sqs';
    readonly region: string;
  },
  context: Readonly<Record<string, string>>,
  actions: readonly string[] = ['kms:Decrypt'],
): iam.PolicyStatement =>
  new iam.PolicyStatement({
    actions: [...actions],
    resources: [key.keyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': `${via.service}.${via.region}.amazonaws.com`,
        ...Object.fromEntries(
          Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
        ),
      },
    },
  });
