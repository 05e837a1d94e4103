import { createHmac } from 'node:crypto';
import { NOT_APPLICABLE, type Receiver, type Reception } from '../attempt';

/** GitHub's scheme knows neither id nor time: `sha256=<hex of the HMAC over the body>`, one key, the body as text. */
export const createOctokit = async (): Promise<Receiver> => {
  // It is published as an ES module only.
  const { verify } = await import('@octokit/webhooks-methods');
  return {
    name: '@octokit/webhooks-methods 6.0.0',
    receive: async ({ signed, sent = {}, keys = [signed.key] }): Promise<Reception> => {
      const others = [...(sent.doubled ?? []), ...(sent.missing ?? []), ...(sent.listed ?? [])];
      const noneOfIts =
        sent.id !== undefined || others.length > 0 || keys.length !== 1 || sent.more !== undefined;
      if (noneOfIts || sent.transport === 'text called base64' || sent.transport === 'base64 called text') {
        return NOT_APPLICABLE;
      }
      const right = `sha256=${createHmac('sha256', signed.key.toString('hex')).update(signed.body).digest('hex')}`;
      const secret = (keys[0] ?? signed.key).toString('hex');
      try {
        const body = (sent.body ?? signed.body).toString('utf8');
        const verified = await verify(secret, body, sent.signature ? sent.signature(right) : right);
        return verified
          ? { outcome: 'accepted', how: 'verified' }
          : { outcome: 'refused', how: 'does not match' };
      } catch (error) {
        const said = error instanceof Error ? error.message : '';
        // It documents that it throws where one of the three is missing.
        if (said.includes('required')) return { outcome: 'refused', how: said };
        return { outcome: 'crashed', how: error instanceof Error ? error.constructor.name : 'unknown' };
      }
    },
  };
};
