import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { aHub } from './a-hub';

const file = join(__dirname, '../../../../../shared/data/aws-models/service-catalog-2015-12-10.json');
const prefix = 'com.amazonaws.servicecatalog#';

const Reference = z.object({ target: z.string() });
const Model = z.object({
  shapes: z.record(z.string(), z.looseObject({ type: z.string(), errors: z.array(Reference).default([]) })),
});

if (existsSync(file)) {
  const { shapes } = Model.parse(JSON.parse(readFileSync(file, 'utf8')));

  test.each(Object.entries(aHub().operations))('%s refuses as its model declares', (operation, refusals) => {
    const shape = shapes[prefix + operation];
    expect(shape?.type).toBe('operation');
    expect(shape?.errors.map(({ target }) => target.replace(prefix, ''))).toEqual(
      expect.arrayContaining([...refusals]),
    );
  });
} else {
  console.info(`The operations were not compared with Service Catalog's model: there is no ${file}`);
  test('without the API model, the stand-in names its operations', () => {
    expect(Object.keys(aHub().operations)).toContain('ProvisionProduct');
  });
}
