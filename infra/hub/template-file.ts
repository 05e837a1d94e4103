import { extname } from 'node:path';
import { parse, type CollectionTag, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';

/** CloudFormation's functions in their short form: `!Ref`, `!Sub` and so on. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Ref',
  'Select',
  'Split',
  'Sub',
];
const inFull = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

const SHORT_FORMS = FUNCTIONS.flatMap((name): (CollectionTag | ScalarTag)[] => [
  { tag: `!${name}`, resolve: (text: string) => ({ [inFull(name)]: text }) },
  ...(['map', 'seq'] as const).map((collection) => ({
    tag: `!${name}`,
    collection,
    resolve: (value: YAMLMap | YAMLSeq) => ({ [inFull(name)]: value.toJSON() as unknown }),
  })),
]);

/** How the names of files with templates end: the bridge may read no others, and CDK keeps the end when it publishes a file. */
export const TEMPLATE_ENDINGS = ['.json', '.yaml', '.yml'];

/**
 * A template as its file has it, with every function in its long form.
 * @throws Error where it is neither JSON nor YAML
 */
export const parseTemplateFile = (file: string, text: string): unknown =>
  extname(file) === '.json' ? JSON.parse(text) : parse(text, { customTags: SHORT_FORMS, logLevel: 'error' });
