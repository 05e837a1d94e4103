import { type Journey, startJourney } from '../../journeys/journey';
import { exactly, type Measure } from '../measure';

/** Launches once, with every event. @returns how often the bridge asked for the record */
export const describeRecordsOfOneLaunch = async (journey: Journey): Promise<number> => {
  const before = journey.done('servicecatalog', 'DescribeRecord');
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  return journey.done('servicecatalog', 'DescribeRecord') - before;
};

/** Launches once while every event of the stack gets lost. @returns simulated milliseconds from the stack's end to the request's */
export const seenWithoutEvents = async (journey: Journey): Promise<number> => {
  const { bus, clock, journal } = journey.sandbox;
  bus.dropAll = true;
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  const complete = journal.of('stack', 'CREATE_COMPLETE').at(-1);
  if (!complete) throw new Error('No stack was made');
  return clock.now().getTime() - complete.at.getTime();
};

const inAJourney = async (act: (journey: Journey) => Promise<number>): Promise<number> => {
  const journey = await startJourney();
  try {
    return await act(journey);
  } finally {
    await journey.sandbox.close();
  }
};

export const following: readonly Measure[] = [
  {
    name: 'one launch with its events: DescribeRecord',
    goal: { direction: 'at most', bound: 2 },
    ...{ judgedIn: 'calls', unit: 'calls' },
    run: async () => ({ judged: exactly(await inAJourney(describeRecordsOfOneLaunch)) }),
  },
  {
    name: 'one launch, all events of its stack lost: from its end until the request shows it',
    goal: { direction: 'at most', bound: 5 },
    ...{ judgedIn: 'simulated min', unit: 'simulated min' },
    run: async () => ({ judged: exactly((await inAJourney(seenWithoutEvents)) / 60_000) }),
  },
];
