import { createReadOnce } from '../../../../forge-app/settings/read-once';
import { projectSettings } from '../../../builders/settings';

test('the same property is read once, another one anew', () => {
  const read = createReadOnce();
  const property = projectSettings();
  const reading = read(property);
  expect(reading).toEqual({ outcome: 'read', settings: property });
  expect(read(property)).toBe(reading);
  expect(read(projectSettings({ separationOfDuties: false }))).toMatchObject({
    settings: { separationOfDuties: false },
  });
});

test('a project without settings, or with what are none, is told as such', () => {
  const read = createReadOnce();
  expect(read(undefined)).toEqual({ outcome: 'absent' });
  expect(read('none').outcome).toBe('unusable');
});
