import {
  Box,
  type BoxProps,
  Inline,
  type InlineProps,
  Stack,
  type StackProps,
  xcss,
} from '@atlaskit/primitives';
import { model, Parts } from './model';

type Box = Omit<BoxProps<'div'>, 'ref' | 'as'>;

/** In UI Kit `xcss` passes an object of styles on, which is known only now; here it becomes a style sheet's. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- what follows it needs the styles when it is built
const styled = (styles: unknown) => xcss(styles as Parameters<typeof xcss>[0]);

const box = model<Box>(
  [
    'backgroundColor',
    'padding',
    'paddingBlock',
    'paddingBlockStart',
    'paddingBlockEnd',
    'paddingInline',
    'paddingInlineStart',
    'paddingInlineEnd',
    'role',
    'xcss',
  ],
  ({ node, props: { xcss: styles, ...props } }) => (
    <Box {...props} {...(styles === undefined ? {} : { xcss: styled(styles) })}>
      <Parts nodes={node.children} />
    </Box>
  ),
);

const stack = model<StackProps>(
  ['alignBlock', 'alignInline', 'grow', 'space', 'spread'],
  ({ node, props }) => (
    <Stack {...props}>
      <Parts nodes={node.children} />
    </Stack>
  ),
);

const inline = model<InlineProps>(
  ['alignBlock', 'alignInline', 'grow', 'space', 'rowSpace', 'spread', 'shouldWrap', 'separator'],
  ({ node, props }) => (
    <Inline {...props}>
      <Parts nodes={node.children} />
    </Inline>
  ),
);

export const layout = { Box: box, Stack: stack, Inline: inline };
