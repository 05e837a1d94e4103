import type { Need } from '../front';

/** Which secrets and tables are encrypted with a key of the customer's, and what that asks of who reads them. */
export class CustomerKeys {
  readonly #keys = new Map<string, string>();

  /** @param resource ARN of a secret or table @param key ARN of a KMS key, which needs a policy of its own */
  encrypt(resource: string, key: string): void {
    this.#keys.set(resource, key);
  }

  /**
   * Secrets Manager and DynamoDB decrypt with the rights of whoever calls them.
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
   */
  decryption(resource: string, service: 'dynamodb' | 'secretsmanager', region: string): readonly Need[] {
    const key = this.#keys.get(resource);
    if (key === undefined) return [];
    const context = {
      'kms:ViaService': `${service}.${region}.amazonaws.com`,
      'kms:CallerAccount': resource.split(':')[4],
    };
    return [{ action: 'kms:Decrypt', resource: key, context }];
  }
}
