import type { Draw } from './draw';

/*
 * One request at a time, whose every step is known: what crashes are enumerated on. A scenario is a choice where a schedule
 * draws; the numbers stand for entries of the lists in people.ts.
 */

const kind = (entry: number): number => (entry + 0.5) / 9;
const decision = (entry: number): number => (entry + 0.5) / 7;

const one = (of: { readonly kind: number; readonly decision: number }): Readonly<Record<string, number>> => ({
  'how many wishes': 0,
  'beginning of wish 1': 0,
  'approver of wish 1': 0.99,
  'kind of wish 1': kind(of.kind),
  'decision of wish 1': decision(of.decision),
  ...Object.fromEntries(
    ['tamper', 'bypass', 'withdraw', 'send back', 'reopen', 'resync', 'cancel', 'retry'].map((extra) => [
      `${extra} of wish 1`,
      0.999,
    ]),
  ),
});

const [LAUNCH, FAILING, FREE, GATE] = [0, 5, 6, 7];
const [APPROVED, DECLINED, NOTHING] = [0, 5, 6];

export const SCENARIOS = {
  launch: one({ kind: LAUNCH, decision: APPROVED }),
  'failing launch': one({ kind: FAILING, decision: APPROVED }),
  'launch without approval': one({ kind: FREE, decision: NOTHING }),
  'withdrawn launch': {
    ...one({ kind: LAUNCH, decision: APPROVED }),
    // A minute after it was approved.
    ...{ 'withdraw of wish 1': 0, 'moment of withdraw of wish 1': 0.085 },
  },
  'declined launch': one({ kind: LAUNCH, decision: DECLINED }),
  gate: one({ kind: GATE, decision: APPROVED }),
  'declined gate': one({ kind: GATE, decision: DECLINED }),
} satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;
export type Scenario = keyof typeof SCENARIOS;

/** Chance with a scenario's choices in it. */
export const inScenario = (draw: Draw, scenario: Scenario | undefined): Draw => {
  if (scenario === undefined) return draw;
  const choices: Readonly<Record<string, number>> = SCENARIOS[scenario];
  return (name) => choices[name] ?? draw(name);
};
