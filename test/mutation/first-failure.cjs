// A change is noticed with the first test that fails. What comes after it is skipped: hundreds of failures take longer to
// word than a run may take, and Jest cannot be told to stop within a file.
const jest = require.resolve('jest');
const { TestEnvironment } = require(require.resolve('jest-environment-node', { paths: [jest] }));

let noticed;

module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }) {
    const change = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (change === undefined) return;
    if (name === 'test_start' && noticed === change) test.mode = 'skip';
    if (name === 'test_done' && test.errors.length > 0) noticed = change;
  }
};
