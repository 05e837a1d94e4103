import type { AcceptedSurvivor } from '../survivor';

const NARROWS =
  'The condition only tells TypeScript which of the union it is: the others have nothing that what follows would take for a value.';
const NO_SUCH_CASE =
  'The type allows for what does not come here: a gate always needs an approval, and a decline always concludes something.';
const DELIVERS_SOMETHING =
  'A request never has a delivery without what is delivered. TypeScript does not know that.';

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
    file: 'aws-bridge/operation/gate/stack-key.ts',
    mutator: 'StringLiteral',
    line: "export const stackNameIn = ({ stackId }: Gate): string => stackId.split('/')[1] ?? '';",
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'The form of a gate’s stack has a name between two slashes; TypeScript does not read forms.',
  },
  {
    file: 'aws-bridge/ingress/decide-gate.ts',
    mutator: 'ConditionalExpression',
    line: '...(approvers[0] !== undefined && { by: approvers[0] }),',
    original: 'approvers[0] !== undefined',
    replacement: 'true',
    reason: 'A decision names one approver at least, or it is malformed; TypeScript does not count them.',
  },
  {
    file: 'aws-bridge/ingress/decide-gate.ts',
    mutator: 'ConditionalExpression',
    line: 'if (!settled) {',
    original: '!settled',
    replacement: 'true',
    reason:
      'A gate that was settled just now has the digest that the write asked for, and the outcome that it wrote: nothing of it is refused.',
  },
  {
    file: 'aws-bridge/ingress/report-operations.ts',
    mutator: 'StringLiteral',
    line: "return OperationProgress.safeParse(JSON.parse(result ?? 'null')).data;",
    original: "'null'",
    replacement: '""',
    reason: 'Neither tells how an operation ended: the one is no progress, the other no JSON.',
  },
  {
    file: 'aws-bridge/ingress/report-operations.ts',
    mutator: 'BlockStatement',
    line: '} catch {',
    original: '{ return undefined; }',
    replacement: '{}',
    reason: 'A function that comes to its end returns undefined, too: the line only says so.',
  },
  {
    file: 'aws-bridge/ingress/start-operation.ts',
    mutator: 'StringLiteral',
    line: "const what = `${execution ?? ''} ${digest}`;",
    original: "''",
    replacement: '"Stryker was here!"',
    reason:
      'What is remembered without an execution is compared with ARNs alone: any text will do that is none.',
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
  {
    file: 'forge-app/sweep/missed.ts',
    mutator: 'StringLiteral',
    line: "Date.parse(before[project] ?? '') || now.getTime() - FIRST_REACH;",
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'Any text will do that is no moment: a project without a last search is searched a day back.',
  },
  {
    file: 'forge-app/sweep/turns.ts',
    mutator: 'EqualityOperator',
    line: 'const oldest = [...due].sort((a, b) => (a.lookAt < b.lookAt ? -1 : 1));',
    original: 'a.lookAt < b.lookAt',
    replacement: 'a.lookAt <= b.lookAt',
    reason: 'Of two requests that have waited equally long either may be the first.',
  },
  {
    file: 'forge-app/order/fix-order.ts',
    mutator: 'StringLiteral',
    line: "const last = choices.at(-1) ?? '';",
    original: "''",
    replacement: '"Stryker was here!"',
    reason:
      'There is always a choice: an account has a region, and versions and accounts are named only where there are some. TypeScript does not count them.',
  },
  {
    file: 'forge-app/request/decide.ts',
    mutator: 'ConditionalExpression',
    line: 'record.handover === null &&',
    original: 'record.handover === null',
    replacement: 'true',
    reason:
      'An order that is not checked was never handed over, and the other two that can be called off say so themselves. The line stays, because it is what forbids it.',
  },
  {
    file: 'forge-app/request/decide.ts',
    mutator: 'OptionalChaining',
    line: "if (record.fixed?.kind !== 'gate') return unchanged(record);",
    original: 'record.fixed?.kind',
    replacement: 'record.fixed.kind',
    reason:
      'Only a request that is open is reminded of, and what an open one is about is fixed; TypeScript does not know that.',
  },
  {
    file: 'forge-app/request/on-its-way.ts',
    mutator: 'ConditionalExpression',
    line: 'record.handover !== null && record.delivery?.acceptedAt === null && !hasEnded(record);',
    original: 'record.handover !== null',
    replacement: 'true',
    reason: DELIVERS_SOMETHING,
  },
  {
    file: 'forge-app/request/on-its-way.ts',
    mutator: 'ConditionalExpression',
    line: 'if (!isUnconfirmed(record) || record.handover === null) return unchanged(record);',
    original: 'record.handover === null',
    replacement: 'false',
    reason: DELIVERS_SOMETHING,
  },
  {
    file: 'forge-app/request/on-its-way.ts',
    mutator: 'OptionalChaining',
    line: '(record.delivery?.attempts ?? 0) > 0;',
    original: 'record.delivery?.attempts',
    replacement: 'record.delivery.attempts',
    reason:
      'What is on its way has a delivery, which the condition before it has seen; TypeScript does not remember that.',
  },
  {
    file: 'forge-app/request/on-its-way.ts',
    mutator: 'ConditionalExpression',
    line: 'handover === null || lateTold || !isGateDecision(handover)',
    original: 'handover === null',
    replacement: 'false',
    reason:
      'Only what somebody has decided can come too late: whoever asks has a decision. The type allows for none.',
  },
];
