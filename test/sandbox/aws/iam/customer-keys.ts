import type { Need } from '../front';
import type { Context } from './context';

/** What is encrypted with a key of the customer's, and what that asks of who reads it. */
export class CustomerKeys {
  readonly #keys = new Map<string, string>();

  /** @param resource ARN of a secret, table or topic @param key ARN of a KMS key, which needs a policy of its own */
  encrypt(resource: string, key: string): void {
    this.#keys.set(resource, key);
  }

  /**
   * Secrets Manager decrypts with the rights of whoever calls it.
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
   */
  ofSecret(arn: string, region: string): readonly Need[] {
    return this.#decryption(arn, 'secretsmanager', region, { 'kms:EncryptionContext:SecretARN': arn });
  }

  /**
   * DynamoDB, too: it opens the table's key for each caller.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
   */
  ofTable(arn: string, region: string): readonly Need[] {
    return this.#decryption(arn, 'dynamodb', region, {
      'kms:EncryptionContext:aws:dynamodb:subscriberId': arn.split(':')[4],
      'kms:EncryptionContext:aws:dynamodb:tableName': arn.split('/')[1],
    });
  }

  /**
   * SNS opens and makes data keys with the rights of whoever publishes.
   * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  ofTopic(arn: string, region: string): readonly Need[] {
    const encryption = { 'kms:EncryptionContext:aws:sns:topicArn': arn };
    return ['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((action) =>
      this.#use(action, arn, 'sns', region, encryption),
    );
  }

  #decryption(arn: string, service: string, region: string, encryption: Context): readonly Need[] {
    return this.#use('kms:Decrypt', arn, service, region, encryption);
  }

  #use(action: string, arn: string, service: string, region: string, encryption: Context): readonly Need[] {
    const key = this.#keys.get(arn);
    if (key === undefined) return [];
    const context = {
      'kms:ViaService': `${service}.${region}.amazonaws.com`,
      ...encryption,
    };
    return [{ action, resource: key, context }];
  }
}
