// Jest's own way to run a file of tests, for as long as the change has not been noticed: to load the files that follow, with
// all that they test, took most of the time. Stryker wants a runner's name to say that it is Circus.
const { createRequire } = require('node:module');
const { isNoticed } = require('./first-failure.cjs');

const ofJest = createRequire(createRequire(require.resolve('jest')).resolve('@jest/core'));
const { default: circus } = ofJest('jest-circus/runner');
const { createEmptyTestResult } = ofJest('@jest/test-result');

/** Jest takes a file without any test for a mistake. */
const skipped = () => ({
  ...createEmptyTestResult(),
  numPendingTests: 1,
  testResults: [{ ancestorTitles: [], failureMessages: [], fullName: '', status: 'pending', title: '' }],
});

module.exports = async (...given) => (isNoticed() ? skipped() : circus(...given));
