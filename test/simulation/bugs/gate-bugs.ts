import type { SeededBug } from './seeded-bug';

/** What both sides could get wrong about a gate. */
export const GATE_BUGS: readonly SeededBug[] = [
  {
    name: 'a declined gate is signalled success',
    patches: [
      {
        file: 'aws-bridge/operation/gate/signals.ts',
        from: "'FAILURE',\n    'declined',",
        to: "'SUCCESS',\n    'declined',",
      },
    ],
  },
  {
    name: "the moment of a gate's round is taken outside of a step",
    patches: [
      {
        file: 'aws-bridge/operation/gate/await-decision.ts',
        from: 'const at = await steps.run(`moment ${n}`, briefly, () => Promise.resolve(ports.now().toISOString()));',
        to: 'const at = ports.now().toISOString();',
      },
    ],
  },
  {
    name: "what an attempt to raise a gate's request has left is not searched for",
    patches: [
      {
        file: 'forge-app/gate/gate-requests.ts',
        from: 'const before = entry.attempt === null ? undefined : await leftBehind(entry);',
        to: 'const before = undefined;',
      },
    ],
  },
  {
    name: "an attempt to raise a gate's request is not written down before",
    patches: [
      {
        file: 'forge-app/gate/gate-requests.ts',
        from: 'const claimed = await claim(stored);',
        to: 'const claimed = stored;',
      },
    ],
  },
  {
    name: "a gate's decision is written down and wakes nobody",
    patches: [
      {
        file: 'aws-bridge/ingress/decide-gate.ts',
        from: 'if (gate.callbackId !== undefined) await',
        to: 'if (false) await',
      },
    ],
  },
  {
    name: "a repeat of a gate's decision wakes nobody",
    within: { scenario: 'gate', at: 'ingress' },
    patches: [
      {
        file: 'aws-bridge/ingress/decide-gate.ts',
        from: 'if (gate.callbackId !== undefined) await',
        to: 'if (settled && gate.callbackId !== undefined) await',
      },
    ],
  },
  {
    name: "the address of a gate's handle is in the error of a signal that fails",
    within: { scenario: 'gate', at: 's3 PutObject', faults: ['failed', 'throttled'] },
    patches: [
      {
        file: 'aws-bridge/operation/gate/send-signal.ts',
        from: 'new SignalFailed(`answered ${answer}`,',
        to: 'new SignalFailed(`answered ${answer} at ${url}`,',
      },
    ],
  },
  {
    name: 'a signal is sent once, whatever comes of it',
    within: { scenario: 'gate', at: 's3 PutObject', faults: ['failed', 'throttled'] },
    patches: [
      {
        file: 'aws-bridge/operation/gate/signalling.ts',
        from: 'await ports.sendSignal(await ports.openHandle(asked), signal);',
        to: 'await ports.sendSignal(await ports.openHandle(asked), signal).catch(() => undefined);',
      },
    ],
  },
];
