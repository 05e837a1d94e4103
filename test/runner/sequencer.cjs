// A clean clone does not know yet which files take long. One of those that begins last keeps a single core busy while the
// others have nothing left to do, so they begin first.
const { createRequire } = require('node:module');

const ofJest = createRequire(createRequire(require.resolve('jest')).resolve('@jest/core'));
const { default: Sequencer } = ofJest('@jest/test-sequencer');

/** The longest first; none that is not there. */
const LONG = [
  'browser/everywhere',
  'journeys/sweep',
  'journeys/gate-faults',
  'journeys/gate',
  'journeys/dying-invocations',
  'browser/settings',
  'browser/keyboard',
  'unit/aws-bridge/operation/gate',
  'unit/aws-bridge/operation/operation',
  'contract/durable/durable',
  'unit/manifest/manifest',
].map((name) => require.resolve(`../${name}.test.ts`));

module.exports = class extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (LONG.includes(path) ? LONG.indexOf(path) : LONG.length);
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
