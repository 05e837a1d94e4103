import { z } from 'zod';

/** A node of the Atlassian Document Format; only what a text needs is looked at. */
interface Node {
  readonly type: string;
  readonly text?: string | undefined;
  readonly content?: readonly Node[] | undefined;
}

const Node: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({
    type: z.string(),
    text: z.string().optional(),
    content: z.array(Node).optional(),
  }),
);

/** A document as the platform API takes it for a comment. */
export const Document = z.looseObject({
  type: z.literal('doc'),
  version: z.literal(1),
  content: z.array(Node),
});

const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'codeBlock', 'blockquote', 'panel', 'tableRow']);

/** The text of a document, a line a block. */
export const textOf = (node: Node): string => {
  const inner = (node.content ?? []).map(textOf).join('');
  const own = node.type === 'hardBreak' ? '\n' : (node.text ?? '');
  const text = own + inner;
  return BLOCKS.has(node.type) && !text.endsWith('\n') ? `${text}\n` : text;
};

/** A text as a document, a paragraph a line. */
export const documentOf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: text.split('\n').map((line) => ({
    type: 'paragraph',
    content: line === '' ? [] : [{ type: 'text', text: line }],
  })),
});
