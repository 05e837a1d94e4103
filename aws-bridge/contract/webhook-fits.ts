import type { ConnectionTest } from './connection';
import { both, type Fits, listOf, members, oneOf, orNull, recordOf, text, textUpTo } from './fits';
import type { GateDecision } from './gate';
import type { ApprovedOperation, OperationsRequested, WebhookMessage } from './messages';
import type { Order } from './order';
import * as form from './patterns';

/** As Atlassian writes it. */
const site = text(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** Of every day that is not a leap year's own: whether it is one is for the schema to say. */
const timestamp = text(
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/,
);

const account = text(form.ATLASSIAN_ACCOUNT_ID);
const approvers = listOf(account, form.MOST_APPROVERS);
const operationId = text(form.OPERATION_ID);
const requestKey = text(form.REQUEST_KEY);
const digest = text(form.DIGEST);
const catalogId = text(form.SERVICE_CATALOG_ID);
const region = both(text(form.REGION), text(form.OF_PARTITION_AWS));

const sealedValue = both(textUpTo(form.LONGEST_SEALED_VALUE), text(form.SEALED_VALUE));

const order = members<Order>(
  {
    productId: catalogId,
    provisioningArtifactId: catalogId,
    account: text(form.AWS_ACCOUNT_ID),
    region,
    pathId: orNull(catalogId),
    parameters: recordOf(text(form.PARAMETER_KEY), textUpTo(form.LONGEST_PARAMETER)),
    tags: recordOf(text(form.TAG_KEY), text(form.TAG_VALUE), form.MOST_TAGS),
    name: text(form.LAUNCH_NAME),
    requester: account,
  },
  {
    sealedParameters: recordOf(text(form.PARAMETER_KEY), sealedValue),
  },
);

const approved = members<ApprovedOperation>(
  {
    operationId,
    kind: oneOf('launch'),
    site,
    requestKey,
    order,
    digest,
    approval: orNull(members({ approvers, approvedAt: timestamp })),
  },
  { earlier: listOf(operationId, form.MOST_EARLIER) },
);

const decided = members<GateDecision>({
  gateId: text(form.GATE_ID),
  site,
  requestKey,
  digest,
  decision: oneOf('approved', 'declined'),
  approvers,
  decidedAt: timestamp,
  reason: orNull(textUpTo(form.LONGEST_REASON)),
});

const requested = members<OperationsRequested['data']>({
  site,
  operationIds: listOf(operationId, form.MOST_ASKED_ABOUT),
});

const tested = members<ConnectionTest>({ site, testId: text(form.TEST_ID) });

const message = <Type extends string, Data>(type: Type, data: Fits<Data>) =>
  members<{ type: Type; timestamp: string; data: Data }>({ type: oneOf(type), timestamp, data });

const MESSAGES: { readonly [Type in WebhookMessage['type']]: Fits<WebhookMessage & { type: Type }> } = {
  'operation.approved': message('operation.approved', approved),
  'gate.decided': message('gate.decided', decided),
  'operations.requested': message('operations.requested', requested),
  'connection.tested': message('connection.tested', tested),
};
const BY_LIKELIHOOD: readonly Fits<WebhookMessage>[] = Object.values(MESSAGES);

/** Whether JSON is surely a message as `POST /webhook` takes it. What it says no to, the schema may still take. */
export const fitsWebhook: Fits<WebhookMessage> = (value): value is WebhookMessage =>
  BY_LIKELIHOOD.some((fits) => fits(value));
