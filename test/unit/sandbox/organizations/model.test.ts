import { OPERATIONS } from '../../../sandbox/aws/organizations/requests';
import { apiModel } from '../api-model';

const model = apiModel('organizations-2016-11-28.json', 'com.amazonaws.organizations');

if (model) {
  const operations = Object.entries(OPERATIONS);

  test.each(operations)('%s refuses as its model declares', (name, { refuses }) => {
    expect(model(name)?.refuses).toEqual(expect.arrayContaining([...refuses]));
  });

  test.each(operations)('%s takes what its model lets through, and no more', (name, { input }) => {
    expect(model(name)?.differences(input)).toStrictEqual([]);
  });
} else {
  test('without the API model, the stand-in names its operations', () => {
    expect(Object.keys(OPERATIONS)).toContain('RegisterDelegatedAdministrator');
  });
}
