// A change is noticed with the first test that fails. What comes after it is skipped: hundreds of failures take longer to
// word than a run may take, and Jest cannot be told to stop within a file. The files that follow are not even loaded, see
// `jest-circus-until-noticed.cjs`.
const jest = require.resolve('jest');
const { TestEnvironment } = require(require.resolve('jest-environment-node', { paths: [jest] }));

let noticed;
const isNoticed = () => {
  const change = process.env.__STRYKER_ACTIVE_MUTANT__;
  return change !== undefined && noticed === change;
};

module.exports = class extends TestEnvironment {
  static isNoticed = isNoticed;

  handleTestEvent({ name, test }) {
    if (name === 'test_start' && isNoticed()) test.mode = 'skip';
    if (name === 'test_done' && test.errors.length > 0) noticed = process.env.__STRYKER_ACTIVE_MUTANT__;
  }
};
