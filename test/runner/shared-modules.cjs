const Module = require('node:module');
const { kept } = require('./kept-globals.cjs');

const OF_FORGE = /^@forge\/|[\\/]node_modules[\\/]@forge[\\/]/;

/**
 * Forge's packages keep the `fetch` that they find when they are loaded, and the sandbox puts another one in its place later:
 * they find one that leads to whichever there is.
 */
const withPresentFetch = (load) => {
  const { fetch: found } = globalThis;
  globalThis.fetch = (...request) => globalThis.fetch(...request);
  try {
    return load();
  } finally {
    globalThis.fetch = found;
  }
};

/** Modules that Node itself loads, once for as long as the process lasts; TypeScript is transformed as Jest would do it. */
class SharedModules {
  #transformCache;
  /** Of every module that was transformed, for the stacks that later files of tests show. */
  #sourceMaps = new Map();

  /** @param transformCache that of the file of tests whose turn it is */
  transformWith(transformCache) {
    if (this.#transformCache === undefined) this.#install();
    this.#transformCache = transformCache;
    for (const [path, map] of this.#sourceMaps) transformCache.sourceMaps.set(path, map);
  }

  #install() {
    for (const extension of ['.ts', '.tsx']) {
      Module._extensions[extension] = (module, path) => {
        module.require = (name) => this.#load(name, () => Module.prototype.require.call(module, name));
        module._compile(this.#transformed(path), path);
      };
    }
  }

  require(path) {
    return this.#load(path, () => Module.createRequire(path)(path));
  }

  #load(name, load) {
    return kept(() => (OF_FORGE.test(name) ? withPresentFetch(load) : load()));
  }

  #transformed(path) {
    const code = this.#transformCache.transform(path);
    const map = this.#transformCache.sourceMaps.get(path);
    if (map !== undefined) this.#sourceMaps.set(path, map);
    return code;
  }
}

module.exports = { SharedModules };
