/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.{ts,tsx}'],
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
  // jose and middy are published as ES modules only, and AWS's durable SDK loads its client with a dynamic import, which Jest's
  // module system does not have. Everything else in node_modules is loaded as it is.
  transformIgnorePatterns: ['/node_modules/(?!(?:jose|@aws/durable-execution-sdk-js|@middy/core)/)'],
  // What `infra` synthesizes is synthesized once; every sandbox boots from it.
  globalSetup: '<rootDir>/test/sandbox/deployment/before-tests.ts',
  globalTeardown: '<rootDir>/test/sandbox/deployment/after-tests.ts',
  testTimeout: 240_000,
  // Jest leaves a core to a watcher that is not there.
  maxWorkers: '100%',
};
