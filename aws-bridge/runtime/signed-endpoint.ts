import type { SigningKey } from '../contract/signature';
import type { SealedMessage } from '../contract/signed-json';
import { answer, type HttpAnswer, httpEvent, rawBody } from './http-event';
import type { InvocationTokenCheck } from './invocation-token';
import type { Log } from './log';
import { refusalOf, UnknownPath, WrongMethod, WrongSite } from './refusals';

/** Every message names the site that it belongs to; those about one execution, whatever it is for, name that, too. */
interface SiteMessage {
  readonly data: {
    readonly site: string;
    readonly operationId?: string;
    readonly gateId?: string;
    readonly testId?: string;
  };
}

interface Opened<Content> {
  readonly id: string;
  readonly content: Content;
}

/** What a message was answered. `outcome` is for the log. */
export interface Accepting {
  readonly status: 200 | 202;
  readonly body: object;
  readonly outcome: string;
}

/**
 * A function behind the HTTP API that takes signed messages: everything between the wire and the decision.
 *
 * In this order: path and method, size, origin (where an app id is configured), signature, shape, site. Nothing of
 * a body is looked at before its signature has been verified.
 */
export const createSignedEndpoint =
  <Content extends SiteMessage>(
    endpoint: {
      readonly path: string;
      /** The site that this bridge serves. */
      readonly site: string;
      /** Verifies and parses: the contract's `open` with this path's schema, or what comes to the same. */
      readonly open: (sealed: SealedMessage) => Opened<Content> | Promise<Opened<Content>>;
    },
    ports: {
      readonly signingKeys: () => Promise<readonly SigningKey[]>;
      readonly checkToken: InvocationTokenCheck | undefined;
      readonly respond: (content: Content) => Promise<Accepting>;
      readonly now: () => Date;
      readonly log: Log;
    },
  ) =>
  async (received: unknown): Promise<HttpAnswer> => {
    let webhookId: string | undefined;
    let operationId: string | undefined;
    try {
      const event = httpEvent(received);
      if (event.rawPath !== endpoint.path) throw new UnknownPath();
      if (event.requestContext.http.method !== 'POST') throw new WrongMethod();
      const body = rawBody(event);
      await ports.checkToken?.(event.headers);
      const message = await endpoint.open({
        headers: event.headers,
        body,
        keys: await ports.signingKeys(),
        now: ports.now(),
      });
      webhookId = message.id;
      const { data } = message.content;
      operationId = data.operationId ?? data.gateId ?? data.testId;
      if (data.site !== endpoint.site) throw new WrongSite();
      const { status, body: accepted, outcome } = await ports.respond(message.content);
      ports.log({ outcome, status, operationId, webhookId });
      return answer(status, accepted);
    } catch (error) {
      const { status, body, headers, reason } = refusalOf(error);
      ports.log({ outcome: body.error, status, operationId, webhookId, reason });
      return answer(status, body, headers);
    }
  };
