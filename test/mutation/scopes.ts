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
      mutate: ['aws-bridge/contract/{canonical-json,order}.ts'],
      tests: ['test/unit/contract/{canonical-json,digest,schemas,words}.test.ts'],
    },
    signature: {
      mutate: ['aws-bridge/contract/signature.ts'],
      tests: ['test/unit/contract/{signature,signature-tampering,signing-key,standard-webhooks}.test.ts'],
    },
    codec: { mutate: ['aws-bridge/contract/codec.ts'], tests: ['test/unit/contract/codec.test.ts'] },
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
  core: {
    operation: {
      mutate: ['aws-bridge/operation/**/*.ts', '!aws-bridge/operation/{main,compose}.ts'],
      tests: ['test/unit/aws-bridge/operation/**/*.test.ts'],
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
