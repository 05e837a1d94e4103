import { readFileSync } from 'node:fs';
import { LineCounter, isNode, isScalar, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { Configuration } from './configuration';

/** A configuration that nothing may be built from. The message has a line for every problem and says how to mend it. */
export class ConfigurationRefused extends Error {
  override readonly name = 'ConfigurationRefused';
}

type Path = readonly PropertyKey[];

const written = (path: Path): string =>
  path.reduce<string>(
    (before, part) =>
      typeof part === 'number' ? `${before}[${part}]` : `${before}${before === '' ? '' : '.'}${String(part)}`,
    '',
  );

const valueAt = (document: Document, path: Path): string => {
  const node: unknown = document.getIn(path, true);
  if (node === undefined) return 'is missing';
  // A number has lost its leading zeros once it is read: it is shown as it was written.
  if (isScalar(node) && typeof node.value === 'number') return `is ${node.source ?? String(node.value)}`;
  return `is ${JSON.stringify(isNode(node) ? node.toJS(document) : node)}`;
};

/** The problems of the one form that was meant, where a value can have several forms. */
const meant = (alternatives: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] => {
  const [only, ...others] = alternatives.filter(
    (problems) => !problems.some(({ code }) => code === 'unrecognized_keys' || code === 'invalid_type'),
  );
  return only !== undefined && others.length === 0 ? only : [];
};

const problemsOf = (
  document: Document,
  issues: readonly z.core.$ZodIssue[],
  before: Path = [],
): readonly string[] =>
  issues.flatMap((issue) => {
    const path = [...before, ...issue.path];
    if (issue.code === 'invalid_union') {
      const inner = problemsOf(document, meant(issue.errors), path);
      if (inner.length > 0) return inner;
    }
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${written([...path, key])}: there is no such setting; remove it`);
    return [`${written(path) || 'it'} ${valueAt(document, path)}: ${issue.message}`];
  });

/** @throws ConfigurationRefused with all problems at once, each with path, value and fix. */
export const parseConfiguration = (yaml: string, name: string): Configuration => {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const refused = (problems: readonly string[]): ConfigurationRefused =>
    new ConfigurationRefused(problems.map((problem) => `${name}: ${problem}`).join('\n'));

  if (document.errors.length > 0)
    throw refused(
      document.errors.map(({ message, pos: [start] }) => `line ${lines.linePos(start).line}: ${message}`),
    );
  const { success, data, error } = Configuration.safeParse(document.toJS() ?? {});
  if (!success) throw refused(problemsOf(document, error.issues));
  return data;
};

/** @throws ConfigurationRefused where the file is missing or wrong. */
export const readConfiguration = (file: string): Configuration => {
  let yaml: string;
  try {
    yaml = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationRefused(
      `${file} cannot be read (${cause instanceof Error ? cause.message : String(cause)}); copy gatehouse.example.yml to it and write your values`,
      { cause },
    );
  }
  return parseConfiguration(yaml, file);
};
