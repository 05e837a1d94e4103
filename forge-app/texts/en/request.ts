import type { AgentView, Next, Resynced, ShownHappening } from '../../pages/request/view';
import type { RequestState } from '../../request/record';

const history: Record<'launch' | 'gate', Record<Exclude<ShownHappening['what'], 'told'>, string>> = {
  launch: {
    fixed: 'The order was checked and fixed',
    'refused-order': 'The order was checked and cannot be launched',
    approved: 'Approved',
    'not-needed': 'No approval is needed for this product',
    declined: 'Declined',
    sent: 'On its way to AWS',
    accepted: 'Taken over by the bridge in AWS',
    blocked: 'Stopped: it cannot be launched as it stands',
    waiting: 'Waiting for approval again',
    stuck: 'Needs an agent',
    recalled: 'No longer stands as it was approved',
    'taken-back': 'Taken back before it had reached AWS',
    withdrawn: 'Closed before anybody decided',
    cancelled: 'Called off by an agent',
    retried: 'Tried again by an agent',
    resynced: 'Looked at by an agent',
  },
  gate: {
    fixed: 'The approval was asked for',
    'refused-order': 'The approval cannot be asked for',
    approved: 'Approved',
    'not-needed': 'No approval is needed',
    declined: 'Declined',
    sent: 'The decision is on its way to AWS',
    accepted: 'The decision has reached AWS',
    blocked: 'Stopped: the decision cannot be sent as it stands',
    waiting: 'Waiting for approval again',
    stuck: 'Needs an agent',
    recalled: 'No longer stands as it was decided',
    'taken-back': 'Taken back before it had reached AWS',
    withdrawn: 'Closed before anybody decided',
    cancelled: 'Called off by an agent',
    retried: 'Sent again by an agent',
    resynced: 'Looked at by an agent',
  },
};

const told: Record<'launch' | 'gate', Partial<Record<RequestState, string>>> = {
  launch: {
    provisioning: 'AWS is creating the resources',
    'rolling-back': 'A resource failed; AWS is undoing what was created',
    succeeded: 'The product is ready',
    tainted: 'The product is there, but AWS reported an error',
    failed: 'The launch failed, and nothing is left to use',
    refused: 'AWS did not take the order',
    lost: 'What became of it could not be found out',
  },
  gate: {
    provisioning: 'AWS goes on with the stack',
    'rolling-back': 'AWS is undoing the stack',
    succeeded: 'The stack is complete',
    tainted: 'The stack is there, but AWS reported an error',
    failed: 'The stack failed, and AWS has undone it',
    refused: 'AWS did not go on with the stack',
    lost: 'What became of the stack could not be found out',
    declined: 'The stack was declined, and AWS has undone it',
    expired: 'Nobody decided in time; AWS has undone the stack',
    withdrawn: 'The stack does not wait any more',
  },
};

const launchNext: Record<Next, string> = {
  unchecked: 'The order is checked as soon as that is possible. Nobody can approve it before that.',
  unshown:
    'The order could not be shown to its approver, so it cannot be launched. Raise a new request with shorter or plainer values.',
  'held-up':
    'Handing the order over to AWS has not worked so far. It is tried again by itself; you need not do anything.',
  recalled: 'Whether AWS has taken the order already is being found out. It is not sent any more.',
  cancelled: 'Nothing. An approval that comes now starts nothing.',
  'refused-order':
    'Nothing. Raise a new request with what has to change put right; the comments say what that is.',
  'awaiting-approval': 'An approver decides. If they approve, exactly this is launched.',
  declined: 'Nothing. If you still need it, speak with the approver, then raise a new request.',
  blocked: 'It goes on once what stops it is put right; the comments say what that is.',
  sending: 'The order is handed over to AWS. That takes a minute, as a rule.',
  provisioning: 'AWS creates the resources. You will be told here when they are ready.',
  'rolling-back': 'AWS undoes what it has created. Then you will be told why here.',
  succeeded: 'Nothing. It is ready to be used.',
  tainted: 'Check it before you rely on it.',
  failed:
    'Put right what is named here and raise a new request, or ask here: an agent can have it launched again.',
  refused:
    'Put right what is named here and raise a new request, or ask here: an agent can have it launched again.',
  lost: 'An agent looks at it and answers here. Do not raise it again before that: it could be launched twice.',
  expired: 'Nothing.',
  withdrawn: 'Nothing, unless the request is opened again and approved.',
  stuck: 'An agent has to look at it; they were told. You need not do anything.',
};

const gateNext: Record<Next, string> = {
  ...launchNext,
  unchecked: 'The approval is asked for as soon as that is possible.',
  unshown: 'What there is to decide about could not be shown, so it can only be declined.',
  'held-up':
    'Handing the decision over to AWS has not worked so far. It is tried again by itself; you need not do anything.',
  recalled: 'The decision is not sent to AWS any more. If it had arrived before, it counts there.',
  'awaiting-approval':
    'An approver decides. If they approve, AWS goes on with the stack; if nobody decides in time, AWS undoes it.',
  declined: 'Nothing. If it is still needed, speak with the approver, then launch it again.',
  blocked: 'The stack goes on waiting until what stops the decision is put right, or its time is up.',
  sending: 'The decision is handed over to AWS. That takes a minute, as a rule.',
  provisioning: 'AWS goes on with the stack. You will be told here when it is complete.',
  'rolling-back': 'AWS undoes the stack.',
  failed: 'Put right what is named here and launch it again in AWS.',
  refused: 'Put right what is named here and launch it again in AWS.',
  lost: 'An agent looks at it and answers here.',
  expired: 'Nothing. If it is still needed, launch it again in AWS and let the approvers know.',
  withdrawn: 'Nothing: the stack does not wait any more.',
};

const sweep: Record<NonNullable<AgentView['sweep']>['does'], string> = {
  shows: 'writes the news that are still missing on the request',
  checks: 'checks the order again',
  looks: 'looks whether it was decided',
  sends: 'sends it again, if no attempt has come through by then',
  asks: 'asks the bridge what became of it',
};

const bridgeSays: Record<NonNullable<Resynced['bridge']>, string> = {
  unknown: 'The bridge does not know the operation.',
  running: 'The bridge says that it is under way.',
  ended: 'The bridge says that it has ended.',
  broken: 'The bridge says that it broke off.',
  silent: 'The bridge could not be reached.',
};

const capabilities: Readonly<Record<string, string>> = {
  CAPABILITY_IAM: 'It creates IAM resources, which can give access to others.',
  CAPABILITY_NAMED_IAM: 'It creates IAM resources under names of its own, which can give access to others.',
  CAPABILITY_AUTO_EXPAND: 'It uses macros, so what it creates is settled only while it is launched.',
};

/** The panel on the customer's request, and the one on the agents' issue. */
export const request = {
  now: 'Where it stands',
  since: (moment: string) => `Since ${moment}`,
  next: { launch: launchNext, gate: gateNext },
  nextTitle: 'What happens next',
  historyTitle: 'What happened',
  history,
  told,
  by: (names: string) => `by ${names}`,
  inAttempt: (attempt: number) => `attempt ${attempt}`,
  leftOut: (count: number) => `${count} more in between`,
  outputsTitle: 'What you can use',
  outputsLeftOut: (count: number) =>
    `${count} more outputs are too long to be kept here; the record in AWS Service Catalog has them.`,
  problemTitle: 'What went wrong',
  failedResource: (name: string, type: string) => `The first resource that failed: ${name} (${type})`,
  toDo: 'What to do',
  aboutTitle: { launch: 'What is launched', gate: 'What the stack waits for' },
  toDecide: 'This is what the approver decides on. Exactly this is launched, and nothing else.',
  gateAction: {
    create: 'A stack in AWS waits before it creates its resources.',
    update: 'A stack in AWS waits before it updates its resources.',
  },
  changedSince:
    'The request holds another order by now than the one that was checked. What counts is what is shown here; an approval is worth nothing until the request holds it again.',
  product: 'Product',
  version: 'Version',
  account: 'Account',
  named: (name: string | null, id: string) => (name === null || name === id ? id : `${name} (${id})`),
  region: 'Region',
  name: 'Name',
  path: 'Launch path',
  digest: 'Digest',
  stack: 'Stack',
  requesterEmail: 'Asked for by',
  unverified: (email: string) => `${email} (as typed in AWS, not verified)`,
  deadline: 'A decision is needed by',
  parameters: 'Parameters',
  noParameters: 'None',
  hidden: { given: 'Not shown (as given)', default: 'Not shown (the default)' },
  byDefault: (value: string) => `${value} (the default)`,
  empty: '(empty)',
  keyOf: (label: string, key: string) => (label === key ? key : `${label} (${key})`),
  tags: 'Tags',
  creates: 'What it creates',
  otherService: 'Other',
  counted: (name: string, count: number) => (count === 1 ? name : `${name} (${count})`),
  unknownResources: 'What it creates was not kept with this order.',
  attention: 'Access rights and more',
  capability: (name: string) => capabilities[name] ?? 'The template asks for it.',
  soon: 'The order is about to be checked. It shows here within moments.',
  notOurs: 'This issue has no order for AWS.',
  agents: {
    requester: 'Requested by',
    operation: 'Operation',
    attempt: 'Attempt',
    attemptOf: (attempt: number, most: number) => `${attempt} of at most ${most}`,
    record: 'Record in Service Catalog',
    provisionedProduct: 'Provisioned product',
    consoleTitle: 'In the AWS console',
    consoleHint: (account: string) => `Sign in to the account ${account} first.`,
    openProduct: 'Open the provisioned product',
    openStack: 'Open the stack',
    inside: 'How it goes on inside',
    delivery: 'Hand-over to AWS',
    delivered: (attempts: number, moment: string) =>
      attempts > 1 ? `Taken over ${moment}, after ${attempts} attempts` : `Taken over ${moment}`,
    delivering: (attempts: number, moment: string) =>
      `${attempts} attempt${attempts === 1 ? '' : 's'} so far; the next one is due ${moment}`,
    recalling: (moment: string) => `Called back; the bridge is asked ${moment}`,
    heard: 'Last heard of AWS',
    sweep: 'The sweep',
    sweeps: (moment: string, does: keyof typeof sweep) => `From ${moment} on it ${sweep[does]}.`,
    noSweep: 'Nothing is looked for any more.',
    untold: (count: number) =>
      `${count} piece${count === 1 ? ' of news has' : 's of news have'} still to be written on the request.`,
    actions: 'What you can do',
    resync: 'Look now',
    resyncHint: 'Looks for the decision and asks the bridge, instead of waiting for the sweep.',
    resynced: (
      { before, after }: Pick<Resynced, 'before' | 'after'>,
      states: Record<RequestState, string>,
    ) =>
      before === after
        ? `It stands as before: ${states[after]}.`
        : `It was "${states[before]}", and is now "${states[after]}".`,
    nothingToAsk: 'There was nothing to ask the bridge about.',
    bridgeSays,
    retry: { send: 'Send again', launch: 'Launch again' },
    retryHint: {
      send: 'The hand-over was given up. Once its cause is put right, it is sent again, if the decision still stands.',
      launch:
        'Nothing is left of the last attempt. Once its cause is put right, the same order is launched again under the same approval, if that still stands.',
    },
    retryTitle: { send: 'Send it again?', launch: 'Launch it again?' },
    retried: 'It is on its way.',
    notAgain: {
      untold: 'It can be launched again once the news of the last attempt are written on the request.',
      spent:
        'It has been launched as often as one request may be. Raise a new request once the cause is put right.',
    },
    cancel: 'Call off',
    cancelHint: 'Nothing of it has reached AWS, so it can be called off without a decision.',
    cancelTitle: 'Call this order off?',
    cancelExplained:
      'Nothing is launched, the customer is told, and an approval that comes later starts nothing. This cannot be undone.',
    cancelled: 'It was called off.',
    keep: 'Leave it',
    declineGate:
      'To have the stack fail now instead of waiting on, an approver declines this request; the stack shows the reason in AWS.',
    onlyAgents: 'Agents of this service project can look again, try again and call off.',
  },
};
