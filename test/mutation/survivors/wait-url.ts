import type { AcceptedSurvivor } from '../survivor';

export const WAIT_URL: readonly AcceptedSurvivor[] = [
  {
    file: 'aws-bridge/runtime/pre-signed-url.ts',
    mutator: 'ConditionalExpression',
    line: "if (!QUERY.test(sorted)) throw new PreSignedUrlRefused('wrong-query');",
    original: '!QUERY.test(sorted)',
    replacement: 'false',
    reason:
      'In a query of another form nothing is replaced, so that it tells no moment: it is refused alike a few lines on. The line stays, because a check by its form should not hang on that.',
  },
];
