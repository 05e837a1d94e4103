/**
 * Loads a function's bundle as Lambda does at a cold start, and says how long that took. What the function is made of is built
 * while its module is evaluated.
 */
export {};

const cpuBefore = process.cpuUsage();
const began = performance.now();
const loaded = (await import(process.argv[2] ?? '')) as { readonly handler?: unknown };
const milliseconds = performance.now() - began;
const { user, system } = process.cpuUsage(cpuBefore);
const cpu = (user + system) / 1000;
if (typeof loaded.handler !== 'function') throw new TypeError(`${process.argv[2] ?? ''} exports no handler`);
process.stdout.write(`${JSON.stringify({ milliseconds, cpu, rss: process.memoryUsage.rss() })}\n`, () =>
  process.exit(0),
);
