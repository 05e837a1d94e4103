import type { SeededBug } from './seeded-bug';

/** What the app could get wrong. */
export const APP_BUGS: readonly SeededBug[] = [
  {
    name: 'a decision is read from the status',
    patches: [
      {
        file: 'forge-app/request/conclude.ts',
        from: `    case 'none':
      return undecided(record, issue, settings);`,
        to: `    case 'none':
      return fixed.kind === 'launch' && sameStatus(issue.status, settings.statuses.approved)
        ? { type: 'decided', handover: operationOf(evidence.siteId, record, fixed, null) }
        : undecided(record, issue, settings);`,
      },
    ],
  },
  {
    name: 'the reporter may approve',
    patches: [
      {
        file: 'forge-app/approval/judge-approval.ts',
        from: 'if (approvalCase.separationOfDuties && approvers.some(',
        to: 'if (false && approvers.some(',
      },
    ],
  },
  {
    name: 'an approval counts that was given before the order was shown',
    patches: [
      {
        file: 'forge-app/approval/judge-approval.ts',
        from: 'if (shownSince !== undefined && ',
        to: 'if (false && ',
      },
    ],
  },
  {
    name: 'the order is read from the request once more when it is decided',
    patches: [
      {
        file: 'forge-app/request/conclude.ts',
        from: "if (fixed.kind === 'launch' && !holdsForm(issue.property, fixed.formDigest)) return blocked(ORDER_CHANGED);",
        to: '',
      },
      {
        file: 'forge-app/request/conclude.ts',
        from: "return { type: 'decided', handover: operationOf(siteId, record, fixed, approval) };",
        to: `const order = { ...fixed.order, ...(issue.property as object) };
  return { type: 'decided', handover: operationOf(siteId, record, { ...fixed, order, digest: digestOf(order) }, approval) };`,
      },
      {
        file: 'forge-app/request/conclude.ts',
        from: "import { isWhole } from './still-shown';",
        to: `import { isWhole } from './still-shown';
import { digestOf } from '../../aws-bridge/contract/order';`,
      },
    ],
  },
  {
    name: 'what was decided is handed over without another look',
    patches: [
      {
        file: 'forge-app/delivery/deliver.ts',
        from: 'switch (standingOf(handover, conclusion)) {',
        to: "switch ('stands' as ReturnType<typeof standingOf>) {",
      },
    ],
  },
  {
    name: 'what the bridge tells again is taken again',
    patches: [
      {
        file: 'forge-app/request/decide.ts',
        from: '!isAwaitingProgress(record) || progress.sequence <= record.sequence',
        to: '!isAwaitingProgress(record)',
      },
    ],
  },
  {
    name: 'what the bridge told before takes back what it told last',
    within: { scenario: 'failing launch', at: 'on-bridge-callback' },
    patches: [
      {
        file: 'forge-app/request/decide.ts',
        from: '!isAwaitingProgress(record) || progress.sequence <= record.sequence',
        to: '!isKnownToBridge(record) || progress.sequence === record.sequence',
      },
    ],
  },
  {
    name: 'what is to be done is struck off before it is done',
    patches: [
      {
        file: 'forge-app/request/requests.ts',
        from: 'const { done, instead, failure } = await work(record, untried);',
        to: `await update(record.issueId, (current) => ({ ...current, outbox: [] }));
      const { done, instead, failure } = await work(record, untried);`,
      },
    ],
  },
  {
    name: 'what could not be done is struck off',
    patches: [
      {
        file: 'forge-app/request/requests.ts',
        from: 'if (error instanceof OrderNotShown) done.add(effect.id);',
        to: 'done.add(effect.id);',
      },
    ],
  },
  {
    name: 'two invocations do what is to be done at the same time',
    patches: [
      {
        file: 'forge-app/request/requests.ts',
        from: 'const free = lease === null ||',
        to: 'const free = true ||',
      },
    ],
  },
  {
    name: 'a request is written whoever has written it meanwhile',
    within: { scenario: 'failing launch', at: 'kvs transaction', faults: ['outlived before'] },
    patches: [
      {
        file: 'forge-app/storage/compare-and-set.ts',
        from: '{ entityName: name, conditions }',
        to: '{ entityName: name }',
      },
    ],
  },
  {
    name: 'a comment is written anew without a look for it',
    patches: [
      {
        file: 'forge-app/request/perform.ts',
        from: 'if (again && (await ports.requests.hasComment(record.issueId, reference))) return;',
        to: '',
      },
    ],
  },
  {
    name: 'the sweep leaves alone what was not handed over in time',
    patches: [
      {
        file: 'forge-app/sweep/sweep.ts',
        from: "if (isToBeDelivered(record)) return requests.apply(request, { type: 'delivery-overdue' });",
        to: '',
      },
    ],
  },
  {
    name: 'the sweep does not see what is to be handed over',
    patches: [
      {
        file: 'forge-app/storage/request-store.ts',
        from: 'if (record.lookAt === null) transaction.delete(',
        to: 'if (record.lookAt === null || record.handover !== null) transaction.delete(',
      },
    ],
  },
  {
    name: 'whatever the bridge answers but success is taken for its last word',
    patches: [
      {
        file: 'forge-app/delivery/judge-delivery.ts',
        from: "if (typeof status === 'number' && status in PERMANENT)",
        to: "if (typeof status === 'number')",
      },
    ],
  },
  {
    name: 'what Jira does not show once is let go for good',
    patches: [
      {
        file: 'forge-app/request/unseen.ts',
        from: 'const BELIEVED_AFTER = 24 * 3_600_000;',
        to: 'const BELIEVED_AFTER = 0;',
      },
      {
        file: 'forge-app/request/decide.ts',
        from: "if ((record.gone && event.type !== 'seen') || ",
        to: 'if (record.gone || ',
      },
    ],
  },
  {
    name: 'a request is not moved to the status of its end',
    patches: [
      {
        file: 'forge-app/request/decide.ts',
        from: '...(to === null ? [] : [transition(to)]),',
        to: '',
      },
    ],
  },
];
