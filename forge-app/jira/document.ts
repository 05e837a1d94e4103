import { z } from 'zod';

/** A node of Jira's document format; what is no such node has no text. */
const Node = z.object({
  type: z.string(),
  text: z.string().optional(),
  content: z.array(z.unknown()).optional(),
});

/**
 * The lines of a document as the platform answers it, whatever marks its text has.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export const linesOf = (document: unknown): readonly string[] => textOf(document).split('\n');

const textOf = (value: unknown): string => {
  const node = Node.safeParse(value).data;
  if (!node) return '';
  if (node.type === 'hardBreak') return '\n';
  // Only blocks have content.
  return node.content ? `${node.content.map(textOf).join('')}\n` : (node.text ?? '');
};
