/** What is mutated together, and the unit tests that have to notice. Globs, relative to the project. */
export interface Scope {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

export const SCOPES = {
  contract: {
    mutate: ['aws-bridge/contract/*.ts'],
    tests: ['test/unit/contract/**/*.test.ts'],
  },
  'wait-url': {
    mutate: ['aws-bridge/runtime/{pre-signed-url,stack-arn,wait-url}.ts', 'aws-bridge/gate/response-url.ts'],
    tests: [
      'test/unit/aws-bridge/gate/{wait-url,response-url}.test.ts',
      'test/unit/aws-bridge/runtime/stack-arn.test.ts',
    ],
  },
  core: {
    mutate: ['aws-bridge/operation/**/*.ts', '!aws-bridge/operation/{main,compose}.ts'],
    tests: ['test/unit/aws-bridge/operation/**/*.test.ts'],
  },
} as const satisfies Readonly<Record<string, Scope>>;
export type ScopeName = keyof typeof SCOPES;

/** @throws TypeError where there is no such scope */
export const scopeNamed = (text: string): ScopeName => {
  const name = (Object.keys(SCOPES) as ScopeName[]).find((one) => one === text);
  if (name === undefined)
    throw new TypeError(`--scope ${text}: expected one of ${Object.keys(SCOPES).join(', ')}`);
  return name;
};
