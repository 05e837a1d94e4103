import * as z from 'zod/mini';
import { canonicalJson } from '../contract/canonical-json';
import { Gate } from '../contract/gate';
import { PreSignedUrlRefused } from '../runtime/pre-signed-url';
import type { StackName } from '../runtime/stack-arn';
import { type WaitUrl, waitUrl } from '../runtime/wait-url';
import { type GateEvent, GateProperties } from './gate-event';
import { gateIdOf } from './gate-id';

/** What an event asks for. Whatever it is, `physicalId` is what CloudFormation is told. */
export type Decision = { readonly physicalId: string } & (
  | { readonly does: 'ask'; readonly gate: Gate; readonly handle: WaitUrl }
  /** There is nothing to approve: nothing that counts has changed, or the stack goes back to what it was. */
  | { readonly does: 'pass'; readonly because: 'unchanged' | 'rolled-back' }
  /** `code` is for the log, `reason` for whoever reads the stack's events. */
  | { readonly does: 'refuse'; readonly code: string; readonly reason: string }
  | { readonly does: 'wake'; readonly stack: StackName }
);

/** Of a resource that has never become a gate. */
const NO_GATE = 'gate-refused';
/** Milliseconds by which this clock and the one that signed may differ. */
const CLOCK_SKEW = 10 * 60_000;
/** Bytes of parameters that approvers are shown at most: about what a request in Jira holds. */
const MAX_SHOWN = 32_768;

/** The part of a pre-signed address that nobody could use it without; no encoding of addresses changes it. */
const PRE_SIGNED = /X-Amz-Signature/i;

/** An event that is no reason to ask anybody. The words never hold anything of the event. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}

interface Here {
  readonly site: string;
  readonly now: Date;
}

/**
 * Decides on one event.
 *
 * A Delete is always granted, because a resource that cannot be deleted would hold its stack; it wakes whoever waits for
 * the stack and says no more, so a forged one costs a look.
 */
export const decide = (event: GateEvent, here: Here): Decision => {
  if (event.RequestType === 'Delete') {
    return { does: 'wake', physicalId: event.PhysicalResourceId, stack: event.StackId };
  }
  try {
    return decideOnGate(event, here);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // An update that fails leaves the resource as it was.
    const physicalId = event.RequestType === 'Update' ? event.PhysicalResourceId : NO_GATE;
    return { does: 'refuse', physicalId, code: error.code, reason: error.message };
  }
};

/** @throws Refused */
const decideOnGate = (
  event: Exclude<GateEvent, { RequestType: 'Delete' }>,
  { site, now }: Here,
): Decision => {
  const { arn: stackId, account, region, stackName } = event.StackId;
  if (!new RegExp(`^SC-${account}-pp-[a-z0-9]{1,40}$`).test(stackName)) {
    throw new Refused(
      'not-service-catalog',
      'Only a stack that Service Catalog makes of a product can have an approval gate: launch the product there',
    );
  }
  const properties = propertiesIn(event.ResourceProperties);
  const physicalId = gateIdOf(stackId, properties);
  const update = event.RequestType === 'Update';

  if (update && properties.Handle === handleIn(event.OldResourceProperties)) {
    if (event.PhysicalResourceId === physicalId) return { does: 'pass', physicalId, because: 'unchanged' };
    throw new Refused(
      'same-round',
      'What this update changes has to be approved: choose the other approval round with it (A or B)',
    );
  }
  const handle = handleOf(stackId, properties.Handle);
  if (handle.expiresAt.getTime() + CLOCK_SKEW <= now.getTime()) {
    // A handle is made for the update that it holds; only one from before can be too old.
    if (update) return { does: 'pass', physicalId, because: 'rolled-back' };
    throw new Refused('handle-expired', 'The wait condition handle is too old to be signalled: make another');
  }
  const gate = Gate.safeParse({
    gateId: physicalId,
    site,
    action: update ? 'update' : 'create',
    product: properties.Product,
    stackId,
    account,
    region,
    requesterEmail: properties.RequesterEmail,
    parameters: shownOf(properties),
    openedAt: now.toISOString(),
    deadline: new Date(now.getTime() + Number(properties.TimeLimit) * 1000).toISOString(),
  });
  if (!gate.success) throw new Refused('not-a-gate', 'The stack is not one that Gatehouse serves');
  if (PRE_SIGNED.test(canonicalJson(gate.data))) {
    throw new Refused(
      'shows-address',
      'A pre-signed address, such as the wait condition handle, lets whoever reads it act: show no parameter with one',
    );
  }
  return { does: 'ask', physicalId, gate: gate.data, handle };
};

const propertiesIn = (given: unknown): GateProperties => {
  const properties = GateProperties.safeParse(given);
  if (properties.success) return properties.data;
  const names = new Set(properties.error.issues.map(({ path }) => String(path[0] ?? 'all')));
  throw new Refused(
    'properties-malformed',
    `These properties of the approval gate are missing or malformed: ${[...names].join(', ')}`,
  );
};

const handleIn = (old: unknown): string | undefined =>
  z.object({ Handle: z.string() }).safeParse(old).data?.Handle;

const handleOf = (stackId: string, url: string): WaitUrl => {
  try {
    return waitUrl(url, { stackId });
  } catch (error) {
    if (!(error instanceof PreSignedUrlRefused)) throw error;
    throw new Refused(
      error.reason,
      `Handle has to be the Ref of a wait condition handle of this very stack (${error.reason})`,
    );
  }
};

const shownOf = ({ Shown = [], Parameters }: GateProperties): Record<string, string> => {
  const shown = Object.fromEntries(
    Shown.map((name) => {
      const value = Object.hasOwn(Parameters, name) ? Parameters[name] : undefined;
      if (value !== undefined) return [name, value];
      throw new Refused('shown-unknown', 'Shown names a parameter that is not among Parameters');
    }),
  );
  const bytes = Buffer.byteLength(canonicalJson(shown));
  if (bytes <= MAX_SHOWN) return shown;
  throw new Refused(
    'shown-too-long',
    `Shown parameters have ${bytes} bytes; at most ${MAX_SHOWN} can be shown`,
  );
};
