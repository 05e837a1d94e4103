import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { z } from 'zod';
import { ROOT } from '../site';

/** Where Atlassian's published descriptions lie, where they are at hand; they are no part of the project. */
export const DESCRIPTIONS = join(ROOT, '..', 'shared', 'data', 'openapi');
const FILES = { jira: 'jira-platform.v3.json', jsm: 'jsm-cloud.v3.json' } as const;

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: z.looseObject({ type: z.string().optional() }).default({}),
});
type Parameter = z.infer<typeof Parameter>;
const Content = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() })).optional();
const Operation = z.object({
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: Content })),
});
type Operation = z.infer<typeof Operation>;
const Description = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

interface CheckedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Undefined where there is none. */
  readonly body: unknown;
}

/** One operation of a description, ready to check against. */
interface DescribedOperation {
  /** What is wrong with a request; empty where nothing is. */
  readonly problemsOfRequest: (request: CheckedRequest) => string[];
  readonly problemsOfAnswer: (status: number, body: unknown) => string[];
}

export interface Descriptions {
  /** Undefined where no description has the path and method. */
  readonly operation: (method: string, path: string) => DescribedOperation | undefined;
}

const pointer = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

const mediaTypeOf = (content: z.infer<typeof Content>): string | undefined =>
  Object.keys(content ?? {}).find((type) => type.startsWith('application/json'));

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll(/[.$]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

/** Templates with fewer parameters go first, so that `/project/search` is no project. */
const bySpecificity = (a: string, b: string): number => a.split('{').length - b.split('{').length;

const loadOne = (name: keyof typeof FILES) => {
  const document = Description.parse(JSON.parse(readFileSync(join(DESCRIPTIONS, FILES[name]), 'utf8')));
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, logger: false });
  const coercing = new Ajv({ strict: false, validateFormats: false, coerceTypes: 'array' });
  ajv.addSchema(document, name);
  const templates = Object.keys(document.paths).sort(bySpecificity);
  const patterns = templates.map((template) => ({ template, pattern: patternOf(template) }));
  const known = new Map<string, DescribedOperation>();
  const parameterValidators = new Map<Parameter, ValidateFunction | undefined>();

  const compile = (...path: string[]): ValidateFunction =>
    ajv.compile({ $ref: `${name}#/${path.map(pointer).join('/')}` });

  const errorsOf = (validate: ValidateFunction, value: unknown, what: string): string[] =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message = '', params }) =>
            `${what}${instancePath} ${message} ${JSON.stringify(params)}`,
        );

  /** Undefined where the description only refers to what a value may be. */
  const parameterValidator = (parameter: Parameter): ValidateFunction | undefined => {
    if (parameterValidators.has(parameter)) return parameterValidators.get(parameter);
    const referring = JSON.stringify(parameter.schema).includes('$ref');
    const validate = referring ? undefined : coercing.compile({ properties: { value: parameter.schema } });
    parameterValidators.set(parameter, validate);
    return validate;
  };

  const queryProblems = ({ parameters }: Operation, query: URLSearchParams): string[] => {
    const described = parameters.filter((parameter) => parameter.in === 'query');
    const unknown = [...new Set(query.keys())].filter((key) => !described.some((one) => one.name === key));
    const missing = described.filter((one) => one.required && !query.has(one.name));
    const wrong = described.flatMap((parameter) => {
      const { name: key, schema } = parameter;
      const values = query.getAll(key);
      if (values.length === 0) return [];
      const validate = parameterValidator(parameter);
      if (!validate) return [];
      return errorsOf(validate, { value: schema.type === 'array' ? values : values[0] }, `query ${key}`);
    });
    return [
      ...unknown.map((key) => `unknown query parameter ${key}`),
      ...missing.map((one) => `missing query parameter ${one.name}`),
      ...wrong,
    ];
  };

  const describe = (template: string, method: string): DescribedOperation => {
    const operation = Operation.parse(document.paths[template]?.[method]);
    const { requestBody } = operation;
    const media = mediaTypeOf(requestBody?.content);
    const validators = new Map<string, ValidateFunction>();
    const bodyValidator =
      media && compile('paths', template, method, 'requestBody', 'content', media, 'schema');
    return {
      problemsOfRequest: ({ query, body }) => {
        const problems = queryProblems(operation, query);
        if (body === undefined)
          return requestBody?.required ? [...problems, 'the body is missing'] : problems;
        if (!bodyValidator) return [...problems, 'a body where none belongs'];
        return [...problems, ...errorsOf(bodyValidator, body, 'body')];
      },
      problemsOfAnswer: (status, body) => {
        const response = operation.responses[String(status)];
        // Every operation may refuse the caller, or ask for an opt-in; not every description says so.
        if (!response)
          return [401, 403, 412].includes(status) ? [] : [`the description knows no answer ${status}`];
        const type = mediaTypeOf(response.content);
        if (!type || response.content?.[type]?.schema === undefined) return [];
        const key = String(status);
        const validate =
          validators.get(key) ??
          compile('paths', template, method, 'responses', key, 'content', type, 'schema');
        validators.set(key, validate);
        return body === undefined ? [] : errorsOf(validate, body, 'answer');
      },
    };
  };

  return (method: string, path: string): DescribedOperation | undefined => {
    const template = patterns.find(
      (one) => one.pattern.test(path) && method.toLowerCase() in (document.paths[one.template] ?? {}),
    )?.template;
    if (template === undefined) return undefined;
    const key = `${method} ${template}`;
    const described = known.get(key) ?? describe(template, method.toLowerCase());
    known.set(key, described);
    return described;
  };
};

const loaded = new Map<keyof typeof FILES, ReturnType<typeof loadOne>>();
/** The published descriptions, read when first needed; undefined where they are not at hand. */
export const publishedDescriptions = (): Descriptions | undefined => {
  if (!existsSync(DESCRIPTIONS)) return undefined;
  return {
    operation: (method, path) => {
      const name = path.startsWith('/rest/servicedeskapi/') ? 'jsm' : 'jira';
      const find = loaded.get(name) ?? loadOne(name);
      loaded.set(name, find);
      return find(method, path);
    },
  };
};
