import type { SeededBug } from './seeded-bug';

/** What the bridge could get wrong about a launch, and about operations in general. */
export const LAUNCH_BUGS: readonly SeededBug[] = [
  {
    name: 'the provision token is drawn anew at each attempt',
    patches: [
      {
        file: 'aws-bridge/operation/launch-request.ts',
        from: 'provisionToken: operation.operationId,',
        to: 'provisionToken: `token-${Math.random()}`,',
      },
    ],
  },
  {
    name: "the provisioned product's name is drawn anew at each attempt",
    patches: [
      {
        file: 'aws-bridge/operation/launch-request.ts',
        from: 'order.name + suffixOf(operationId);',
        to: "order.name + suffixOf(`${operationId}${String(Math.random()).padEnd(12, '0')}`);",
      },
    ],
  },
  {
    name: 'a refusal is believed without a look for what an earlier attempt has left',
    within: { scenario: 'launch', at: 'ProvisionProduct' },
    patches: [
      {
        file: 'aws-bridge/operation/launch.ts',
        from: 'return acceptedBefore(operation, tenant.done, launched.failure);',
        to: `return refusal(
    launched.failure.kind === 'taken' ? nameTaken(provisionedProductName(operation), true) : launched.failure,
  );`,
      },
    ],
  },
  {
    name: 'throttling of Service Catalog is taken for its refusal',
    patches: [
      {
        file: 'aws-bridge/operation/launch-refusal.ts',
        from: `const { code, words } = failure;
  if (failure.transient) return { kind: 'transient' };`,
        to: 'const { code, words } = failure;',
      },
    ],
  },
  {
    name: 'a launch is given up at its first failure',
    within: { scenario: 'launch', at: 'ProvisionProduct', faults: ['failed', 'throttled'] },
    patches: [
      {
        file: 'aws-bridge/operation/operation.ts',
        from: "steps.run('launch', forADay, (_attempt, believes)",
        to: "steps.run('launch', (error, made) => ({ shouldRetry: made < 1, delay: { seconds: 1 } }), (_attempt, believes)",
      },
    ],
  },
  {
    name: 'an operation waits for its event without a time limit',
    patches: [
      {
        file: 'aws-bridge/operation/rounds.ts',
        from: `{
        timeout: { seconds },
      }`,
        to: '{}',
      },
    ],
  },
  {
    name: 'a record is described before anybody is registered for its event',
    within: { scenario: 'launch', at: 'PutItem' },
    patches: [
      {
        file: 'aws-bridge/operation/rounds.ts',
        from: `      const seen = await rounds.look(n);
      if (seen) return seen.end;
`,
        to: '',
      },
      {
        file: 'aws-bridge/operation/rounds.ts',
        from: '      const [woken, callbackId]',
        to: `      const seen = await rounds.look(n);
      if (seen) return seen.end;
      const [woken, callbackId]`,
      },
    ],
  },
  {
    name: 'a registration that arrives late takes the place of a later one',
    within: { scenario: 'gate', at: 'PutItem', faults: ['outlived before'] },
    patches: [
      {
        file: 'aws-bridge/operation/waiters.ts',
        from: '`#operation <> :operation OR ${NOT_LATER}`',
        to: '`attribute_not_exists(#operation) OR attribute_exists(#operation) OR ${NOT_LATER}`',
      },
    ],
  },
  {
    name: 'a record is described outside of a step',
    patches: [
      {
        file: 'aws-bridge/operation/following.ts',
        from: 'const found = await steps.run(`describe ${n}`, forADay, async (_attempt, believes) => {',
        to: 'const found = await (async (_attempt, believes) => {',
      },
      {
        file: 'aws-bridge/operation/following.ts',
        from: `          return finding;
        });`,
        to: `          return finding;
        })(1, () => false);`,
      },
    ],
  },
  {
    name: 'a failed record is told as a success',
    patches: [
      {
        file: 'aws-bridge/operation/record-meaning.ts',
        from: "if (status === 'FAILED') return 'failed';",
        to: "if (status === 'FAILED') return 'succeeded';",
      },
    ],
  },
  {
    name: 'an operation is started without its name',
    patches: [
      {
        file: 'aws-bridge/runtime/start-execution.ts',
        from: "          'x-amz-durable-execution-name': name,\n",
        to: '',
      },
    ],
  },
  {
    name: 'what the app did not take counts as told',
    within: { scenario: 'launch', at: 'on-bridge-callback' },
    patches: [
      {
        file: 'aws-bridge/operation/callback.ts',
        from: `if (status === 410) return 'gone';
  throw new CallbackFailed(\`answered \${status}\`, { retryAfter });`,
        to: `return status === 410 ? 'gone' : 'delivered';`,
      },
    ],
  },
];
