import { installTimeAndChance } from './world/time';
import { installWires } from './world/wires';

Error.stackTraceLimit = 0;
installWires();
installTimeAndChance();

const main = async (): Promise<void> => {
  const { runSchedule } = await import('./schedule');
  const from = Number(process.argv[2] ?? 1);
  const n = Number(process.argv[3] ?? 1);
  let last = process.cpuUsage().user;
  const t0 = performance.now();
  for (let seed = from; seed < from + n; seed += 1) {
    const o = await runSchedule({
      seed,
      ...(process.env['TRACE'] && { trace: (line: string) => console.log(line) }),
    });
    if ((seed - from) % 50 === 49) {
      const u = process.cpuUsage();
      console.log('cpu ms each of 50:', (u.user - last) / 50000);
      last = u.user;
    }
    if (o.violations.length || n < 20)
      console.log(seed, JSON.stringify(o.violations).slice(0, 2000), o.met.length, o.calls);
  }
  console.log((performance.now() - t0) / n, 'ms each');
};
void main();
