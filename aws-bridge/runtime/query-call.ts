import { XmlShapeDeserializer } from '@aws-sdk/core/protocols';
import type { DocumentSchema } from '@smithy/types';
import { DownstreamFailed } from './downstream';
import type { SignedFetch } from './signed-fetch';

/** Asks an operation of a service; its answer is what stands within the outermost element, all leaves as text. */
export type QueryCall = (
  parameters: { readonly Action: string } & Readonly<Record<string, string>>,
) => Promise<unknown>;

/** As the SDK numbers a schema that says nothing about what it describes. */
const ANYTHING: DocumentSchema = 15;

/**
 * Calls a service whose operations take a form and answer in XML, which the SDK's own parser reads.
 * @param version of the service's API, such as `2016-11-15`
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/Query-Requests.html
 */
export const createQueryCall = (service: string, version: string, send: SignedFetch): QueryCall => {
  const xml = new XmlShapeDeserializer({
    timestampFormat: { useTrait: true, default: 5 },
    xmlNamespace: '',
    serviceNamespace: '',
  });
  return async (parameters) => {
    const { text } = await send({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...parameters, Version: version }).toString(),
    });
    try {
      return xml.read(ANYTHING, text) as unknown;
    } catch {
      // The parser's error has the answer in it, which may hold credentials.
      throw new DownstreamFailed(service, new AnswerUnreadable());
    }
  };
};

/** An answer that is no XML. */
class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
}
