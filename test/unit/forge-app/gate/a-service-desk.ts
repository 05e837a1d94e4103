import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod/mini';
import { seal } from '../../../../aws-bridge/contract/codec';
import type { Gate } from '../../../../aws-bridge/contract/gate';
import { CallbackMessage, WebhookMessage } from '../../../../aws-bridge/contract/messages';
import { signingKey } from '../../../../aws-bridge/contract/signature';
import { type Atlassian, type AtlassianOptions, startAtlassian } from '../../../sandbox/atlassian/atlassian';
import { STATUS } from '../../../sandbox/atlassian/workflow';
import { DrivenClock } from '../../../sandbox/clock';
import { Faults } from '../../../sandbox/faults';
import { Journal } from '../../../sandbox/journal';
import {
  APPROVERS_FIELD,
  newWebhookSecret,
  PERSON,
  type PersonName,
  REQUEST_TYPE,
} from '../../../sandbox/site';
import { ACCOUNT, aGate } from './a-gate';

export const SETTINGS = {
  products: [],
  accounts: [{ id: ACCOUNT, name: 'payments-dev', regions: ['eu-west-1'], organizations: 'everyone' }],
  gates: {
    requestTypeId: REQUEST_TYPE.gate,
    approversField: APPROVERS_FIELD,
    approvers: [PERSON.approver, PERSON['other-approver']],
  },
  statuses: STATUS,
};

const closing: (() => Promise<void>)[] = [];
export const closeServiceDesks = async (): Promise<void> => {
  for (const close of closing.splice(0)) await close();
};

/** How the bridge of a test answers. */
type BridgeAnswer = (message: WebhookMessage) => { readonly status: number; readonly body?: object };

const aBridge = async () => {
  const heard: WebhookMessage[] = [];
  let answerTo: BridgeAnswer = (message) => ({
    status: 202,
    ...(message.type === 'gate.decided' && { body: { gateId: message.data.gateId } }),
  });
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const catalog = z.object({ type: z.literal('catalog.requested') }).safeParse(JSON.parse(text));
      const message = catalog.success ? undefined : WebhookMessage.parse(JSON.parse(text));
      if (message) heard.push(message);
      const answer = message ? answerTo(message) : { status: 503 };
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(
    () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  );
  return {
    heard,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: (next: BridgeAnswer): void => void (answerTo = next),
    decisions: () => heard.flatMap((message) => (message.type === 'gate.decided' ? [message.data] : [])),
  };
};

/** The app as it is, on a site that stands in for Jira, with a bridge that says what a test wants. */
export const aServiceDesk = async (settings: object = SETTINGS, options: Partial<AtlassianOptions> = {}) => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const faults = new Faults();
  const bridge = await aBridge();
  const reported: string[] = [];
  const secrets = { toBridge: newWebhookSecret(), fromBridge: newWebhookSecret() };
  const atlassian: Atlassian = await startAtlassian({
    clock,
    journal,
    faults,
    bridgeUrl: () => bridge.url,
    loadApp: async () => {
      const { createApp } = await import('../../../../forge-app/app');
      const env = {
        GATEHOUSE_WEBHOOK_SECRET: secrets.toBridge,
        GATEHOUSE_CALLBACK_SECRETS: secrets.fromBridge,
      };
      return createApp({
        env,
        now: clock.now,
        random: () => 0.5,
        report: (problem) => reported.push(problem),
      });
    },
    ...options,
  });
  closing.push(() => atlassian.close());
  await atlassian.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: settings });
  const gate = aGate(clock.now());
  const url = atlassian.webTriggerUrl('bridge-callback');

  /** Sends as the bridge does. */
  const tell = async (type: CallbackMessage['type'], id: string, data: object) => {
    const content = CallbackMessage.parse({ type, timestamp: clock.now().toISOString(), data });
    const key = signingKey(secrets.fromBridge);
    const { headers, body } = seal({ id, at: clock.now(), content, key });
    const response = await fetch(url, { method: 'POST', headers: { ...headers }, body });
    const text = await response.text();
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, body: JSON.parse(text) as Record<string, unknown> };
  };

  return {
    ...atlassian,
    clock,
    faults,
    journal,
    bridge,
    reported,
    gate,
    tell,
    opened: (given: Gate = gate) => tell('gate.opened', `${given.gateId}_opened`, given),
    undecided: (reminder: number) =>
      tell('gate.undecided', `${gate.gateId}_undecided_${reminder}`, {
        gateId: gate.gateId,
        site: gate.site,
        reminder,
        deadline: gate.deadline,
      }),
    progressed: (data: { readonly operationId: string; readonly sequence: number }) =>
      tell('operation.progressed', `${data.operationId}_${data.sequence}`, data),
    /** The only request of the site. */
    request: () => {
      const [request, ...others] = atlassian.site.requests();
      if (!request || others.length > 0) throw new Error('The site was to have one request');
      return request;
    },
    comments: (audience: 'customer' | 'agents' = 'customer') =>
      atlassian.site
        .requests()
        .flatMap(({ comments }) => comments)
        .filter((comment) => comment.public === (audience === 'customer'))
        .map(({ body }) => body),
    decides: (as: PersonName, decision: 'approve' | 'decline', comment?: string) =>
      atlassian.site.answerApproval({
        as,
        key: atlassian.site.requests()[0]?.key ?? '',
        decision,
        ...(comment === undefined ? {} : { comment }),
      }),
  };
};
