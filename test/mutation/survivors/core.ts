import type { AcceptedSurvivor } from '../survivor';

const NARROWS =
  'The condition only tells TypeScript which of the union it is: the others have nothing that what follows would take for a value.';
const NO_SUCH_CASE =
  'The type allows for what does not come here: a gate always needs an approval, and a decline always concludes something.';

export const CORE: readonly AcceptedSurvivor[] = [
  {
    file: 'aws-bridge/gate/decide.ts',
    mutator: 'StringLiteral',
    line: "override readonly name = 'Refused';",
    original: "'Refused'",
    replacement: '""',
    reason:
      'None of them leaves the file: each becomes a decision that has its code and its words. The line stays, for one that would by a mistake.',
  },
  {
    file: 'aws-bridge/gate/decide.ts',
    mutator: 'ConditionalExpression',
    line: 'if (!(error instanceof PreSignedUrlRefused)) throw error;',
    original: '!(error instanceof PreSignedUrlRefused)',
    replacement: 'false',
    reason: 'The check of an address throws nothing else; a mistake of ours in it would be no refusal.',
  },
  {
    file: 'aws-bridge/operation/stack-failure.ts',
    mutator: 'StringLiteral',
    line: "event.status.endsWith('_FAILED') && !ofStackItself(event) && !CANCELLED.test(event.reason ?? ''),",
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'Any text will do that is none of CloudFormation’s words for what it cancelled.',
  },
  {
    file: 'aws-bridge/operation/aws-failure.ts',
    mutator: 'ConditionalExpression',
    line: '(code !== undefined && CONNECTION_BROKE.test(code)) ||',
    original: 'code !== undefined',
    replacement: 'true',
    reason:
      'No code is written “undefined”, which is what the form would be asked about; TypeScript does not ask it that.',
  },
  {
    file: 'forge-app/delivery/judge-delivery.ts',
    mutator: 'ConditionalExpression',
    line: "if (typeof status === 'number' && status >= 200 && status < 300) return { outcome: 'accepted' };",
    original: "typeof status === 'number'",
    replacement: 'true',
    reason: NARROWS,
  },
  {
    file: 'forge-app/delivery/judge-delivery.ts',
    mutator: 'ConditionalExpression',
    line: "if (typeof status === 'number' && status in PERMANENT) return { outcome: 'give up', problem };",
    original: "typeof status === 'number'",
    replacement: 'true',
    reason: NARROWS,
  },
  {
    file: 'forge-app/delivery/judge-delivery.ts',
    mutator: 'ConditionalExpression',
    line: "const asked = typeof answer.status === 'number' ? answer.retryAfterSeconds : null;",
    original: "typeof answer.status === 'number'",
    replacement: 'true',
    reason: NARROWS,
  },
  {
    file: 'forge-app/request/conclude.ts',
    mutator: 'ConditionalExpression',
    line: "const settings = evidence.settings.outcome === 'read' ? evidence.settings.settings : undefined;",
    original: "evidence.settings.outcome === 'read'",
    replacement: 'true',
    reason: NARROWS,
  },
  {
    file: 'forge-app/request/conclude.ts',
    mutator: 'ConditionalExpression',
    line: 'return approval === null ? undefined : gateApproved(record, fixed, siteId, approval);',
    original: 'approval === null',
    replacement: 'false',
    reason: NO_SUCH_CASE,
  },
  {
    file: 'forge-app/request/conclude.ts',
    mutator: 'OptionalChaining',
    line: "return declined?.type === 'decided' ? declined : undefined;",
    original: 'declined?.type',
    replacement: 'declined.type',
    reason: NO_SUCH_CASE,
  },
  {
    file: 'forge-app/request/conclude.ts',
    mutator: 'ConditionalExpression',
    line: "return judged.verdict === 'approved' && judged.approval !== null",
    original: 'judged.approval !== null',
    replacement: 'true',
    reason: NO_SUCH_CASE,
  },
];
