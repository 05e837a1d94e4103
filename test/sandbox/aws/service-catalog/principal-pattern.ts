/**
 * An IAM ARN without account whose path and name may have wildcards: `*` for any number of characters, `/` too,
 * `?` for one or none.
 */
const wellFormed = /^arn:aws:iam:::(role|user|group)\/[\w+=,.@*?/-]+$/;

export const isPrincipalPattern = (text: string): boolean => wellFormed.test(text);

/** Whether the role, a full IAM ARN, is one of those that the pattern means in any account. */
export const matchesPattern = (pattern: string, roleArn: string): boolean => {
  const source = pattern
    .split(/([*?])/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.?' : part.replace(/[+.]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`).test(roleArn.replace(/^(arn:aws:iam::)\d{12}:/, '$1:'));
};

const fullArn = /^arn:aws:iam::(\d{12}):(role|user|group)\/[\w+=,.@/-]+$/;

/** The account that a full IAM ARN names. */
export const accountOfArn = (arn: string): string | undefined => fullArn.exec(arn)?.[1];
