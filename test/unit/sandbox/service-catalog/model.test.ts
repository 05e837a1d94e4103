import { apiModel } from '../api-model';
import { aHub } from './a-hub';

const model = apiModel('service-catalog-2015-12-10.json', 'com.amazonaws.servicecatalog');

if (model) {
  const operations = Object.entries(aHub().operations);

  test.each(operations)('%s refuses as its model declares', (name, { refuses }) => {
    expect(model(name)?.refuses).toEqual(expect.arrayContaining([...refuses]));
  });

  test.each(operations)('%s takes what its model lets through, and no more', (name, { input }) => {
    expect(model(name)?.differences(input)).toStrictEqual([]);
  });
} else {
  test('without the API model, the stand-in names its operations', () => {
    expect(Object.keys(aHub().operations)).toContain('ProvisionProduct');
  });
}
