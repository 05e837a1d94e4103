const { availableParallelism } = require('node:os');

// The functions are deployed on Node 24. That the AWS SDK will leave Node 20 concerns only the machine of the tests.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** @type {import('jest').Config} */
module.exports = {
  // Packages are loaded once a worker instead of once a file of tests.
  testEnvironment: '<rootDir>/test/runner/environment.cjs',
  runtime: '<rootDir>/test/runner/runtime.cjs',
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
  // For an environment in which Jest loads packages itself, as mutation testing has one: jose and middy are published as ES
  // modules only, and AWS's durable SDK loads its client with a dynamic import, which Jest's module system does not have.
  transformIgnorePatterns: ['/node_modules/(?!(?:jose|@aws/durable-execution-sdk-js|@middy/core)/)'],
  // What `infra` synthesizes is synthesized once; every sandbox boots from it.
  globalSetup: '<rootDir>/test/sandbox/deployment/before-tests.ts',
  globalTeardown: '<rootDir>/test/sandbox/deployment/after-tests.ts',
  testTimeout: 240_000,
  testSequencer: '<rootDir>/test/runner/sequencer.cjs',
  // A worker waits now and then: for a browser, or for the 20 ms that AWS's durable SDK takes before a function pauses.
  maxWorkers: availableParallelism() + 1,
};
