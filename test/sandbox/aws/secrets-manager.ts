import { randomUUID } from 'node:crypto';
import { HUB, REGION } from '../organization';
import { AwsError, type AwsService, NotModelled } from './service';

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly versionId: string;
  /** A secret may be there before anybody has given it a value. */
  readonly value: string | undefined;
  readonly createdAt: Date;
}

/** The hub's secrets. A secret's ARN ends in six random characters, as real ones do. */
export class Secrets {
  readonly #now: () => Date;
  readonly #byName = new Map<string, Secret>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Makes a secret without a value. @returns its ARN @throws AwsError for a name that is taken */
  create(name: string): string {
    if (this.#byName.has(name)) {
      throw new AwsError(
        'ResourceExistsException',
        `The operation failed because the secret ${name} already exists.`,
      );
    }
    return this.#store(name, undefined);
  }

  /** Stores a new current version; rotation in a test is just this. */
  put(name: string, value: string): void {
    this.#store(name, value);
  }

  #store(name: string, value: string | undefined): string {
    const arn =
      this.#byName.get(name)?.arn ??
      `arn:aws:secretsmanager:${REGION}:${HUB}:secret:${name}-${randomUUID().replaceAll('-', '').slice(0, 6)}`;
    this.#byName.set(name, { arn, name, value, versionId: randomUUID(), createdAt: this.#now() });
    return arn;
  }

  /** By name, by ARN, or by ARN without its random ending. */
  find(id: string): Secret | undefined {
    return [...this.#byName.values()].find(
      (secret) => id === secret.name || id === secret.arn || id === secret.arn.slice(0, -7),
    );
  }

  #putValue(input: unknown): Promise<object> {
    const request = input as { SecretId: string; SecretString?: string; VersionStages?: string[] };
    if (request.SecretString === undefined || request.VersionStages !== undefined) {
      return Promise.reject(new NotModelled('a secret of bytes, or other stages than AWSCURRENT'));
    }
    const known = this.find(request.SecretId);
    if (!known) {
      return Promise.reject(
        new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret."),
      );
    }
    this.#store(known.name, request.SecretString);
    const { arn: ARN, name: Name, versionId: VersionId } = this.find(known.name) ?? known;
    return Promise.resolve({ ARN, Name, VersionId, VersionStages: ['AWSCURRENT'] });
  }

  readonly service: AwsService = {
    handle: ({ operation, input }) => {
      if (operation === 'PutSecretValue') return this.#putValue(input);
      if (operation !== 'GetSecretValue') {
        return Promise.reject(new NotModelled(`${operation} of Secrets Manager`));
      }
      const request = input as { SecretId: string; VersionStage?: string; VersionId?: string };
      if (request.VersionId !== undefined || (request.VersionStage ?? 'AWSCURRENT') !== 'AWSCURRENT') {
        return Promise.reject(new NotModelled('a secret version other than AWSCURRENT'));
      }
      const secret = this.find(request.SecretId);
      if (!secret) {
        return Promise.reject(
          new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret."),
        );
      }
      if (secret.value === undefined) {
        const message = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
        return Promise.reject(new AwsError('ResourceNotFoundException', message));
      }
      return Promise.resolve({
        ARN: secret.arn,
        Name: secret.name,
        VersionId: secret.versionId,
        VersionStages: ['AWSCURRENT'],
        SecretString: secret.value,
        CreatedDate: secret.createdAt,
      });
    },
  };
}
