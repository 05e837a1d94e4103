// Where a file of tests runs: in the process's own context, so that packages can be loaded once a worker (runtime.cjs).
// What a file changes of the globals, of the environment and by spies is undone before the next one.
const { AsyncLocalStorage } = require('node:async_hooks');
const { createRequire } = require('node:module');
const { kept } = require('./kept-globals.cjs');

const ofJest = createRequire(require.resolve('jest'));
const { ModuleMocker } = ofJest('jest-mock');
const { installCommonGlobals } = ofJest('jest-util');

const descriptors = () =>
  new Map(Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]));

/** What Jest itself keeps on the globals stays there; it cannot be put in place twice. */
const installOnce = (globals) => {
  if (Symbol.for('jest-native-now') in globalThis) return;
  const { process } = globalThis;
  kept(() => installCommonGlobals(globalThis, globals, 'off'));
  // Jest would give the tests a copy, which packages that are loaded once cannot share with every file, and over which a
  // worker's results never reach the parent. It is assigned because Node keeps it behind an accessor.
  globalThis.process = process;
};

/**
 * Every storage that has been run once costs every promise from then on, and Jest makes another one for each file: after a
 * hundred files, promises took a good part of the time. A storage that is run again is enabled again.
 */
const enabledStorages = new Set();
for (const way of ['run', 'enterWith']) {
  const real = AsyncLocalStorage.prototype[way];
  AsyncLocalStorage.prototype[way] = function (...given) {
    enabledStorages.add(this);
    return real.apply(this, given);
  };
}
const disableStorages = () => {
  for (const storage of enabledStorages) storage.disable();
  enabledStorages.clear();
};

/** A package may load parts of itself only when they are used, and with them what it keeps on the globals: the CDK its tokens. */
const isOfPackage = (key) => typeof key === 'symbol' || key.startsWith('__cdk');

module.exports = class {
  global = globalThis;
  #environment = { ...process.env };
  #process = { exit: process.exit, getBuiltinModule: process.getBuiltinModule };
  #globals;

  constructor({ projectConfig }) {
    installOnce(projectConfig.globals);
    this.#globals = descriptors();
    this.moduleMocker = new ModuleMocker(globalThis);
  }

  async setup() {}

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest wants to know that there is one; what it is only its own runtime asks, in whose place ours stands. */
  getVmContext() {
    return globalThis;
  }

  async teardown() {
    disableStorages();
    this.moduleMocker.restoreAllMocks();
    Object.assign(process, this.#process);
    for (const name of Object.keys(process.env)) if (!(name in this.#environment)) delete process.env[name];
    Object.assign(process.env, this.#environment);
    for (const key of Reflect.ownKeys(globalThis)) {
      if (!this.#globals.has(key) && !kept.keys.has(key) && !isOfPackage(key))
        Reflect.deleteProperty(globalThis, key);
    }
    for (const [key, was] of this.#globals) if (was.configurable) Object.defineProperty(globalThis, key, was);
  }
};
