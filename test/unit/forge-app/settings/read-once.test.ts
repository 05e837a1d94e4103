import { createReadOnce } from '../../../../forge-app/settings/read-once';
import { projectSettings } from '../../../builders/settings';

test('settings that have not changed are read once', () => {
  const read = createReadOnce();
  const first = read('1', projectSettings());
  expect(first).toEqual({ outcome: 'read', settings: projectSettings() });
  expect(read('1', projectSettings())).toBe(first);
});

test('a change counts at once, also the one that takes them away', () => {
  const read = createReadOnce();
  read('1', projectSettings());
  expect(read('1', projectSettings({ separationOfDuties: false }))).toMatchObject({
    settings: { separationOfDuties: false },
  });
  expect(read('1', { products: 'none' }).outcome).toBe('unusable');
  expect(read('1', undefined)).toEqual({ outcome: 'absent' });
  expect(read('1', projectSettings())).toEqual({ outcome: 'read', settings: projectSettings() });
});

test('each project has its own, however many there are', () => {
  const read = createReadOnce();
  const reading = (id: number) => read(String(id), projectSettings({ separationOfDuties: id % 2 === 0 }));
  for (const pass of [1, 2]) {
    for (let id = 0; id < 120; id += 1) {
      expect([pass, reading(id)]).toMatchObject([pass, { settings: { separationOfDuties: id % 2 === 0 } }]);
    }
  }
});
