// Jest gives every file of tests its own copy of every module. Here only what belongs to a file of tests has one: packages,
// the product and the sandbox are loaded once a worker. To load the CDK, the AWS SDK, Forge's packages, zod and some four
// hundred modules anew for each file, and to have V8 find out anew which of their functions are busy, took most of the time.
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const { Script } = require('node:vm');
const { SharedModules } = require('./shared-modules.cjs');

const { default: Runtime } = createRequire(require.resolve('jest'))('jest-runtime');

const PACKAGES = `${sep}node_modules${sep}`;
/** Folders whose modules keep nothing but what never changes: they are factories, and what they make belongs to who calls. */
const SHARED = [
  ...['aws-bridge', 'forge-app', 'infra', 'products'],
  ...[join('test', 'sandbox'), join('test', 'page')],
];

const shared = new SharedModules();

/** In an environment with a context of its own, such as Jest's, everything is as Jest has it. */
class SharedModulesRuntime extends Runtime {
  #shares;
  #sharedFolders;

  constructor(...parts) {
    super(...parts);
    const [{ rootDir }, environment] = parts;
    this.#sharedFolders = SHARED.map((folder) => join(rootDir, folder, sep));
    this.#shares = environment.getVmContext() === globalThis;
    if (!this.#shares) return;
    const { executor, _resolution: resolution, transformCache } = this;
    if (!executor?.compile || !resolution?.isCoreModule || !transformCache?.sourceMaps) {
      throw new Error('test/runner/runtime.cjs was written for jest-runtime 30.5; look at what has changed.');
    }
    shared.transformWith(transformCache);
    const head = `(function(${executor.injectedModuleParameters.join()}){`;
    // In the process's own context, where V8 remembers what it has compiled before.
    executor.compile = (source, filename) =>
      new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length }).runInThisContext();
  }

  requireModule(from, name, options, isRequireActual) {
    const own = () => super.requireModule(from, name, options, isRequireActual);
    if (!this.#shares || options?.isInternalModule || name === undefined) return own();
    if (this._resolution.isCoreModule(name)) return own();
    // Node's resolution, which shared modules have among each other: nothing is to be there twice.
    const path = createRequire(from).resolve(name);
    const isShared = path.includes(PACKAGES) || this.#sharedFolders.some((folder) => path.startsWith(folder));
    return isShared ? shared.require(path) : own();
  }
}

module.exports = SharedModulesRuntime;
