const keys = new Set();

/** Runs something whose new globals last as long as the process, as those of a package that is loaded once. */
const kept = (run) => {
  const before = new Set(Reflect.ownKeys(globalThis));
  const result = run();
  for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) keys.add(key);
  return result;
};
kept.keys = keys;

module.exports = { kept };
