import { AwsError } from '../service';

/** What CloudFormation answers at once, before there is a stack. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);

/**
 * A resource that its service would not create or delete. The message is the reason in the stack's events; the stack
 * goes on to roll back.
 */
export class ResourceRefused extends Error {
  override readonly name = 'ResourceRefused';
}
