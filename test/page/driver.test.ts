import { DrivenClock } from '../sandbox/clock';
import { createTimeDriver } from './time/driver';
import { createTurns } from './time/turns';

const MINUTE = 60_000;

const aDriver = () => {
  const clock = new DrivenClock(new Date('2026-01-15T09:00:00Z'));
  const turns = createTurns();
  const heard: string[] = [];
  const driver = createTimeDriver({
    ...{ clock, turns },
    changed: () => heard.push('changed'),
    passed: () => heard.push('passed'),
  });
  const clockShows = () => clock.now().toISOString().slice(11, 19);
  return { clock, turns, driver, heard, clockShows };
};

test('Simulated time goes along with real time, as fast as was asked', async () => {
  const { driver, clockShows } = aDriver();
  await driver.tick(1000);
  expect(clockShows()).toBe('09:00:01');
  driver.setSpeed(60);
  await driver.tick(1000);
  expect(clockShows()).toBe('09:01:01');
  driver.setSpeed(3600);
  await driver.tick(500);
  expect(clockShows()).toBe('09:31:01');
});

test('A machine that slept has not lived through the night', async () => {
  const { driver, clockShows } = aDriver();
  await driver.tick(8 * 60 * MINUTE);
  expect(clockShows()).toBe('09:00:01');
});

test('Whether something happened or only time went by is told', async () => {
  const { clock, driver, heard } = aDriver();
  clock.after(1500, 'a delivery', () => undefined);
  await driver.tick(1000);
  await driver.tick(1000);
  expect(heard).toEqual(['passed', 'changed']);
});

test('What people do waits for an appointment that is being kept, and appointments wait for people', async () => {
  const { clock, turns, driver } = aDriver();
  const order: string[] = [];
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  clock.after(500, 'a delivery', async () => {
    order.push('delivery begins');
    await arrival;
    order.push('delivery ends');
  });
  const ticked = driver.tick(1000);
  const done = turns(async () => {
    order.push('somebody begins');
    await Promise.resolve();
    order.push('somebody ends');
  });
  clock.after(600, 'the next', () => void order.push('next'));
  const tickedAgain = driver.tick(1000);
  arrived();
  await Promise.all([ticked, done, tickedAgain]);
  expect(order).toEqual(['delivery begins', 'delivery ends', 'next', 'somebody begins', 'somebody ends']);
});

test('Skipped time keeps every appointment on its way, and lets people in between', async () => {
  const { clock, turns, driver, clockShows } = aDriver();
  const kept: string[] = [];
  clock.every(5 * MINUTE, 'a sweep', () => void kept.push(clockShows()));
  const skipped = driver.skip(12 * MINUTE);
  const seenBySomebody = turns(() => Promise.resolve(clockShows()));
  expect(driver.view().skip).toEqual({ from: '2026-01-15T09:00:00.000Z', to: '2026-01-15T09:12:00.000Z' });
  await skipped;
  expect(kept).toEqual(['09:05:00', '09:10:00']);
  expect((await seenBySomebody) < '09:12:00').toBe(true);
  expect(driver.view()).toMatchObject({ now: '2026-01-15T09:12:00.000Z', skip: undefined });
});

test('Skipping stops where it is cancelled, and what is over stays over', async () => {
  const { clock, driver, clockShows } = aDriver();
  clock.after(3 * MINUTE, 'a doubt', () => driver.cancelSkip());
  await driver.skip(60 * MINUTE);
  expect(clockShows()).toBe('09:03:00');
  expect(driver.view().skip).toBeUndefined();
  await driver.skip(MINUTE);
  expect(clockShows()).toBe('09:04:00');
});

test('An appointment that fails does not stop those who come after', async () => {
  const { clock, turns, driver } = aDriver();
  clock.after(100, 'a defect', () => Promise.reject(new Error('broken')));
  await expect(driver.tick(1000)).rejects.toThrow('broken');
  await expect(turns(() => Promise.resolve('still here'))).resolves.toBe('still here');
});
