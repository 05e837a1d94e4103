import type { AcceptedSurvivor } from '../survivor';

export const CONTRACT: readonly AcceptedSurvivor[] = [
  {
    file: 'aws-bridge/contract/canonical-json.ts',
    mutator: 'EqualityOperator',
    line: 'const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));',
    original: 'a < b',
    replacement: 'a <= b',
    reason: 'No two members of an object have the same name, so that equal ones are never compared.',
  },
  {
    file: 'aws-bridge/contract/signature.ts',
    mutator: 'EqualityOperator',
    line: "if (Math.abs(age) > TOLERANCE_SECONDS) throw new SignatureRefused(age > 0 ? 'stale' : 'from the future');",
    original: 'age > 0',
    replacement: 'age >= 0',
    reason: 'An age of nought is within the tolerance: nothing asks then whether it is one of the past.',
  },
  {
    file: 'aws-bridge/contract/signature.ts',
    mutator: 'AssignmentOperator',
    line: 'for (const signature of given) if (timingSafeEqual(signature, expected)) matches += 1;',
    original: 'matches += 1',
    replacement: 'matches -= 1',
    reason: 'It only matters whether there was any: counting down from nought tells that as well.',
  },
  {
    file: 'aws-bridge/contract/signature.ts',
    mutator: 'ConditionalExpression',
    line: "if (V1.test(header)) return [Buffer.from(header.slice(V1_PREFIX), 'base64')];",
    original: 'V1.test(header)',
    replacement: 'false',
    reason: 'One signature is a list of one: what follows reads it alike, and makes that list first.',
  },
  {
    file: 'aws-bridge/contract/sealed-value.ts',
    mutator: 'ObjectLiteral',
    line: "const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })",
    original: '{ authTagLength: TAG_BYTES }',
    replacement: '{}',
    reason:
      'The form leaves room for the whole tag, so that it is never shorter. The line stays: with it Node itself refuses a tag that is cut, whatever the form may become.',
  },
  {
    file: 'aws-bridge/contract/sealed-value.ts',
    mutator: 'OptionalChaining',
    line: 'const bits = key.asymmetricKeyDetails?.modulusLength;',
    original: 'key.asymmetricKeyDetails?.modulusLength',
    replacement: 'key.asymmetricKeyDetails.modulusLength',
    reason:
      'Every public key has details; Node types them as absent because the same type stands for secret keys.',
  },
];
