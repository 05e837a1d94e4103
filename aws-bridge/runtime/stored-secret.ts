import { anyText, having } from '../contract/fits';
import { DownstreamFailed } from './downstream';
import type { SignedFetch } from './signed-fetch';

const fitsSecretValue = having<{ SecretString: string }>({ SecretString: anyText });

/**
 * Reads a secret's text from Secrets Manager. It caches nothing: signing keys do.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export const createSecretReader =
  (secretsManager: SignedFetch, secretId: string) => async (): Promise<string> => {
    const { text } = await secretsManager({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
      body: JSON.stringify({ SecretId: secretId }),
    });
    return secretString(text);
  };

/** No cause is kept: a parser's message could quote the secret. */
const secretString = (answer: string): string => {
  try {
    const value: unknown = JSON.parse(answer);
    if (fitsSecretValue(value)) return value.SecretString;
  } catch {
    // Told below, like every other answer that is none.
  }
  throw new DownstreamFailed('secretsmanager', new TypeError('GetSecretValue answered without SecretString'));
};
