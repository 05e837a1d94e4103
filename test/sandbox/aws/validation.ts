import type { z } from 'zod';
import { AwsError, NotModelled } from './service';

type Issue = z.core.$ZodIssue;

/**
 * Checks an input as the service's front door does, before any rule of Service Catalog: lengths, patterns, ranges
 * and enums of the API model.
 * @throws AwsError `ValidationException` in the words of AWS's services; a parameter's value is not repeated in them
 * @throws NotModelled for a member that the operation has and the stand-in ignores
 */
export const parseInput = <Input>(operation: string, schema: z.ZodType<Input>, input: unknown): Input => {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys')
      throw new NotModelled(
        `${issue.keys.map((key) => [...issue.path, key].join('.')).join(', ')} of ${operation}`,
      );
    if (issue.code === 'invalid_type' && issue.input !== undefined)
      throw new AwsError('SerializationException', `${member(issue)} has to be ${issue.expected}`);
  }
  const count = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: `;
  throw new AwsError('ValidationException', count + issues.map(sentence).join('; '));
};

const sentence = (issue: Issue): string =>
  `Value ${shown(issue)}at '${member(issue)}' failed to satisfy constraint: Member must ${rule(issue)}`;

/** The member's path as the services write it: `tags.1.member.key`, counted from 1. */
const member = (issue: Issue): string =>
  issue.path
    .map((part) =>
      typeof part === 'number'
        ? `${part + 1}.member`
        : String(part).replace(/^[A-Z]/, (first) => first.toLowerCase()),
    )
    .join('.');

const shown = (issue: Issue): string => {
  if (issue.input === undefined) return 'null ';
  // A parameter may be NoEcho, so its value stays out of every error.
  if (issue.path[0] === 'ProvisioningParameters') return '';
  return typeof issue.input === 'string' || typeof issue.input === 'number' ? `'${issue.input}' ` : '';
};

const rule = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return 'not be null';
    case 'too_small':
      return `have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_format':
      return `satisfy regular expression pattern: ${(issue.pattern ?? '').replace(/^\/|\/[a-z]*$/g, '')}`;
    case 'invalid_value':
      return `satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
    default:
      return issue.message;
  }
};

const measure = (origin: string): string => (origin === 'number' || origin === 'int' ? 'value' : 'length');
