import fc from 'fast-check';
import { DrivenClock } from '../../sandbox/clock';

test('appointments are kept in order of time, then of being made, those made on the way as well', async () => {
  const delay = fc.integer({ min: 0, max: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ delay, next: fc.array(delay, { maxLength: 3 }) }), { maxLength: 40 }),
      async (plans) => {
        const clock = new DrivenClock();
        const made: { at: number; order: number }[] = [];
        const kept: typeof made = [];
        const make = (delay: number, next: readonly number[]): void => {
          const appointment = { at: clock.now().getTime() + delay, order: made.length };
          made.push(appointment);
          clock.after(delay, 'something', () => {
            expect(clock.now().getTime()).toBe(appointment.at);
            kept.push(appointment);
            for (const later of next) make(later, []);
          });
        };
        for (const { delay, next } of plans) make(delay, next);
        await clock.advance(100);
        expect(kept).toEqual([...made].sort((one, other) => one.at - other.at || one.order - other.order));
      },
    ),
  );
});

test('what does not happen in time is told with what is still to come, in the order in which it was planned', async () => {
  const clock = new DrivenClock();
  clock.after(3000, 'the first', () => undefined);
  clock.after(2000, 'the second', () => undefined);
  await expect(clock.until(() => false, 1000, 'a launch')).rejects.toThrow(
    'a launch did not happen within 1 simulated seconds; still to come: the first, the second',
  );
});
