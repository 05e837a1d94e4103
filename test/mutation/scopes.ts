/** What is mutated together, and the unit tests that have to notice. Globs, relative to the project. */
export interface Part {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/**
 * A scope's score is that of all its parts. They are small because a change of what a module does while it is loaded - a
 * schema, a pattern - is tried with every test of its part.
 */
export const SCOPES = {
  contract: {
    shapes: {
      mutate: [
        'aws-bridge/contract/{catalog,choices,connection,gate,identifiers,messages,order-words,progress}.ts',
      ],
      tests: ['test/unit/contract/{gate,region,schemas,words}.test.ts'],
    },
    order: {
      mutate: ['aws-bridge/contract/{canonical-json,order,order-digest}.ts'],
      tests: ['test/unit/contract/{canonical-json,digest,schemas,words}.test.ts'],
    },
    signature: {
      mutate: ['aws-bridge/contract/signature.ts'],
      tests: ['test/unit/contract/{signature,signature-tampering,signing-key,standard-webhooks}.test.ts'],
    },
    codec: {
      mutate: ['aws-bridge/contract/{codec,signed-json}.ts'],
      tests: ['test/unit/contract/{codec,codec-words}.test.ts'],
    },
    json: {
      mutate: ['aws-bridge/contract/json-text.ts'],
      tests: ['test/unit/contract/json-text.test.ts'],
    },
    patterns: {
      mutate: ['aws-bridge/contract/patterns.ts'],
      tests: ['test/unit/contract/patterns.test.ts'],
    },
    fits: {
      mutate: ['aws-bridge/contract/{fits,webhook-fits}.ts'],
      tests: ['test/unit/contract/webhook-fits.test.ts', 'test/unit/aws-bridge/runtime/http-event.test.ts'],
    },
    sealing: {
      mutate: ['aws-bridge/contract/sealed-value.ts'],
      tests: ['test/unit/contract/sealed-value.test.ts'],
    },
  },
  'wait-url': {
    urls: {
      mutate: [
        'aws-bridge/runtime/{pre-signed-url,stack-arn,wait-url}.ts',
        'aws-bridge/gate/response-url.ts',
      ],
      tests: [
        'test/unit/aws-bridge/gate/{wait-url,response-url}.test.ts',
        'test/unit/aws-bridge/runtime/{pre-signed-url,stack-arn}.test.ts',
      ],
    },
  },
  /** What launches rest on: pure decisions, and what is between them in the durable code. Adapters are for the journeys. */
  core: {
    // Whether anything is launched, which refusals are believed, and that a repeat launches nothing twice.
    launch: {
      mutate: ['aws-bridge/operation/{launch,launch-paths,launch-refusal,launch-request}.ts'],
      tests: ['test/unit/aws-bridge/operation/{decisions,launch,launch-refusal}.test.ts'],
    },
    // What becomes of a launch: no change is missed or told twice, and none is called failed of which that is not known.
    following: {
      mutate: [
        'aws-bridge/operation/{followed-record,following,lost-track,record-meaning,stack-failure,telling,time-limit}.ts',
      ],
      tests: ['test/unit/aws-bridge/operation/{decisions,following,look,lost-track,telling}.test.ts'],
    },
    // Whoever waits for something is registered before it is looked at, and a lost event costs time and nothing else.
    rounds: {
      mutate: ['aws-bridge/operation/rounds.ts'],
      tests: ['test/unit/aws-bridge/operation/rounds.test.ts'],
    },
    looking: {
      mutate: ['aws-bridge/operation/look.ts'],
      tests: ['test/unit/aws-bridge/operation/look.test.ts'],
    },
    // What of AWS's words reaches Jira, and how much of them.
    progress: {
      mutate: ['aws-bridge/operation/progress.ts'],
      tests: ['test/unit/aws-bridge/operation/progress.test.ts'],
    },
    // What is tried again, for how long, and what the history keeps of it.
    retries: {
      mutate: ['aws-bridge/operation/{retries,step-failure}.ts'],
      tests: ['test/unit/aws-bridge/operation/retries.test.ts'],
    },
    // Values that nobody may see, and in whose name a tenant account is entered.
    sealed: {
      mutate: ['aws-bridge/operation/{sealed-parameters,source-identity,tenant-session}.ts'],
      tests: ['test/unit/aws-bridge/operation/{hidden-values,tenant-session}.test.ts'],
    },
    // Whether a stack that is made or changed has to be approved, and what approvers are shown of it.
    gate: {
      mutate: ['aws-bridge/gate/{answer,decide,gate-event,gate-id}.ts'],
      tests: ['test/unit/aws-bridge/gate/decide.test.ts'],
    },
    // Whether a stack waits at the gate that is asked about, whether it is of a launch, and when it is signalled or given up.
    standing: {
      mutate: ['aws-bridge/operation/gate/{schedule,signalling,stack-key,stack-meaning,standing,verify}.ts'],
      tests: ['test/unit/aws-bridge/operation/{gate-decisions,gate-standing}.test.ts'],
    },
    // What of a signed message is acted on: the order that was approved, once, and the first decision about a gate.
    ingress: {
      mutate: ['aws-bridge/ingress/{decide-gate,report-operations,start-operation}.ts'],
      tests: ['test/unit/aws-bridge/ingress/{decide-gate,report-operations,start-operation}.test.ts'],
    },
    // What of AWS's failures may pass, what is a refusal, and what is neither.
    failures: {
      mutate: ['aws-bridge/operation/aws-failure.ts'],
      tests: ['test/unit/aws-bridge/operation/aws-failure.test.ts'],
    },
    // What an approval is worth.
    approval: {
      mutate: ['forge-app/approval/judge-approval.ts'],
      tests: ['test/unit/forge-app/approval/judge-approval.test.ts'],
    },
    // When the bridge is known to have a decision.
    delivery: {
      mutate: ['forge-app/delivery/judge-delivery.ts'],
      tests: ['test/unit/forge-app/delivery/judge-delivery.test.ts'],
    },
    // What approvals, status, settings and order together mean, and whether a decision still stands.
    conclusion: {
      mutate: ['forge-app/request/conclude.ts'],
      tests: ['test/unit/forge-app/request/conclude.test.ts'],
    },
    // What every event makes of a request: nothing is sent undecided or twice, and whoever has to know is told, once.
    requests: {
      mutate: ['forge-app/request/{attempts,decide,effects,on-its-way,unseen}.ts'],
      tests: [
        'test/unit/forge-app/request/{attempts,decide,decided-too-late,look-for-decision,news,on-its-way,turns-of-a-request,unseen,what-can-be-done}.test.ts',
      ],
    },
    // When a request is looked at again of which nobody has told: none is forgotten, and no trouble of one holds up the others.
    looks: {
      mutate: ['forge-app/request/look-at.ts', 'forge-app/sweep/{missed,silent,turns}.ts'],
      tests: ['test/unit/forge-app/sweep/{look-at,missed,silent,turns}.test.ts'],
    },
    // Which orders may wait for an approval, what a refused one says, and as which operation one is launched.
    fixing: {
      mutate: ['forge-app/order/{check-name-and-tags,fix-order,gated,operation-id}.ts'],
      tests: [
        'test/unit/forge-app/order/{check-name-and-tags,fix-order,gated,operation-id,refused-order-words}.test.ts',
      ],
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Part>>>>;
export type ScopeName = keyof typeof SCOPES;

/** @throws TypeError where there is no such scope */
export const scopeNamed = (text: string): ScopeName => {
  const name = (Object.keys(SCOPES) as ScopeName[]).find((one) => one === text);
  if (name === undefined)
    throw new TypeError(`--scope ${text}: expected one of ${Object.keys(SCOPES).join(', ')}`);
  return name;
};
