import type { OperationProgress } from '../contract/progress';

/** The app did not take a message. `code` says why; nothing of the message or of the answer's body is in it. */
export class CallbackFailed extends Error {
  override readonly name = 'CallbackFailed';
  constructor(code: string) {
    super(`callback: ${code}`);
  }
}

/**
 * Tells the app how an operation stands.
 * @returns `gone` where the request does not exist any more, so that nothing more needs telling
 * @throws CallbackFailed
 */
export type TellApp = (progress: OperationProgress) => Promise<'delivered' | 'gone'>;
