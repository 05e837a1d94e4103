// Jest gives every file of tests its own copy of every module. For the project's own modules that is wanted; of packages
// it makes each file load the CDK, the AWS SDK, Forge's packages and zod anew, which took most of the time of the tests.
const { createRequire } = require('node:module');
const { sep } = require('node:path');
const { Script } = require('node:vm');
const { kept } = require('./kept-globals.cjs');

const { default: Runtime } = createRequire(require.resolve('jest'))('jest-runtime');

const PACKAGES = `${sep}node_modules${sep}`;
/** Forge's packages keep the `fetch` that they find when they are loaded: that of one sandbox. */
const OWN_COPY = `${PACKAGES}@forge${sep}`;

/**
 * Packages are loaded once a worker, by Node; the project's own modules once a file of tests, by Jest. In an environment
 * with a context of its own, such as Jest's, everything is as Jest has it.
 */
class SharedPackagesRuntime extends Runtime {
  #shares;

  constructor(...parts) {
    super(...parts);
    const [, environment] = parts;
    this.#shares = environment.getVmContext() === globalThis;
    if (!this.#shares) return;
    const { executor, _resolution: resolution } = this;
    if (!executor?.compile || !resolution?.resolveCjs) {
      throw new Error('test/runner/runtime.cjs was written for jest-runtime 30.5; look at what has changed.');
    }
    const head = `(function(${executor.injectedModuleParameters.join()}){`;
    // In the process's own context, where V8 remembers what it has compiled before.
    executor.compile = (source, filename) =>
      new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length }).runInThisContext();
  }

  requireModule(from, name, options, isRequireActual) {
    const own = () => super.requireModule(from, name, options, isRequireActual);
    if (!this.#shares || options?.isInternalModule || name === undefined) return own();
    if (this._resolution.isCoreModule(name)) return own();
    const path = this._resolution.resolveCjs(from, name);
    const shared = path.includes(PACKAGES) && !path.includes(OWN_COPY);
    return shared ? kept(() => createRequire(path)(path)) : own();
  }
}

module.exports = SharedPackagesRuntime;
