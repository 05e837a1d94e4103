import { basename } from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { catalogue } from '../../products/catalogue';
import { DEPLOYMENTS, appOf, templatesIn, type Deployment } from './assemblies';
import { OPTIONAL_VALUES } from './products/optional-values';

const engine = new CelEngine();
afterAll(() => engine.free());

describe.each(Object.keys(DEPLOYMENTS) as Deployment[])('in %s', (deployment) => {
  const assembly = appOf(deployment).synth();
  const templates = templatesIn(
    assembly.directory,
    assembly.stacks.map(({ stackName }) => stackName),
  );

  test('every stack, every version of every product and the template of the StackSet are looked at', () => {
    const names = templates.map((path) => basename(path));
    const versions = catalogue.flatMap(({ versions: all }) => all);

    expect(names).toEqual(
      expect.arrayContaining(assembly.stacks.map(({ stackName }) => `${stackName}.template.json`)),
    );
    const regions = DEPLOYMENTS[deployment].regions.length;
    const stackSet = 1;
    expect(names).toHaveLength(assembly.stacks.length + versions.length * regions + stackSet);
  });

  test.each(templates.map((path) => [basename(path), path]))(
    'CloudFormation would take %s',
    (_name, path) => {
      const { diagnostics } = engine.validateStandard(new TemplateFile(path), {
        parameterOverrides: OPTIONAL_VALUES,
      });
      const errors = diagnostics
        .filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL')
        .map(({ ruleId, message }) => `${ruleId}: ${message}`);
      expect(errors).toStrictEqual([]);
    },
  );
});

test('a template with a mistake would be noticed', () => {
  expect(
    engine
      .validateStandard(new TemplateFile(`${__dirname}/mistaken.template.json`))
      .diagnostics.map(({ severity }) => severity),
  ).toContain('FATAL');
});
