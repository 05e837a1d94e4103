import nodeConsole, { Console } from 'node:console';
import type { Task, TaskResult } from './workers';
import { installTimeAndChance } from './world/time';
import { installWires } from './world/wires';

// Before anything that keeps what it finds.
installWires();
installTimeAndChance();
// AWS's durable SDK makes a console of its own for every invocation, which takes longer than most of what it does with it.
const spoken = new Console(process.stdout, process.stderr);
Object.assign(nodeConsole, {
  Console: function () {
    return spoken;
  },
});
// Most errors here are made on purpose, and where they were made is read by nobody.
Error.stackTraceLimit = process.env['SIMULATION_STACKS'] === undefined ? 0 : 20;

const main = async (): Promise<void> => {
  const { makeSealingKey } = await import('./world/sealing-key');
  await makeSealingKey();
  // The durable SDK loads it when it is needed first, and within a world nothing is read from a disk.
  await import('@aws-sdk/client-lambda');
  const { runSchedule } = await import('./schedule');
  const perform = async ({ requests, withPlaces, traced }: Task): Promise<TaskResult> => {
    const outcomes = [];
    const trace: string[] = [];
    for (const request of requests) {
      outcomes.push(
        await runSchedule(request, {
          withPlaces,
          ...(traced && { trace: (line: string) => void trace.push(line) }),
        }),
      );
    }
    return { outcomes, trace };
  };
  process.on('message', (task: Task) => {
    perform(task).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.send?.('ready');
};

void main();
