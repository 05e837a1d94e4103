import ButtonGroup, { type ButtonGroupProps } from '@atlaskit/button/button-group';
import Button, { type ButtonProps, LinkButton, type LinkButtonProps } from '@atlaskit/button/new';
import { model, Parts } from './model';
import { Running, useFollow } from './text';

/** UI Kit's buttons know two appearances more, which look like text. */
type Own = 'children' | 'appearance' | 'onClick' | 'spacing';
interface More {
  readonly appearance: ButtonProps['appearance'] | 'link' | 'subtle-link';
  readonly spacing: ButtonProps['spacing'] | 'none';
  readonly onClick: (event: object) => unknown;
}

const looks = ({ appearance, spacing }: Partial<Pick<More, 'appearance' | 'spacing'>>) => ({
  appearance:
    appearance === 'link' || appearance === 'subtle-link' ? ('subtle' as const) : (appearance ?? 'default'),
  spacing: spacing === 'none' ? ('compact' as const) : (spacing ?? 'default'),
});

const button = model<Omit<ButtonProps, Own> & More>(
  [
    'appearance',
    'autoFocus',
    'isDisabled',
    'isLoading',
    'isSelected',
    'onBlur',
    'onClick',
    'onFocus',
    'shouldFitContainer',
    'spacing',
    'type',
  ],
  ({ node, props: { appearance, spacing, onClick, ...props } }) => (
    <Button {...props} {...looks({ appearance, spacing })} onClick={() => void onClick?.({})}>
      <Running>
        <Parts nodes={node.children} />
      </Running>
    </Button>
  ),
);

const linkButton = model<Omit<LinkButtonProps, Own | 'ref'> & More & { href: string }>(
  [
    'appearance',
    'autoFocus',
    'href',
    'isDisabled',
    'isSelected',
    'onBlur',
    'onClick',
    'onFocus',
    'shouldFitContainer',
    'spacing',
    'target',
  ],
  ({ node, props: { appearance, spacing, onClick, href, ...props } }) => {
    const follow = useFollow();
    return (
      <LinkButton
        {...props}
        {...looks({ appearance, spacing })}
        href={href ?? ''}
        onClick={(event) => {
          void onClick?.({});
          follow(href, props.target === '_blank')(event);
        }}
      >
        <Running>
          <Parts nodes={node.children} />
        </Running>
      </LinkButton>
    );
  },
);

const buttonGroup = model<ButtonGroupProps>(['label', 'titleId'], ({ node, props }) => {
  return (
    <ButtonGroup {...props}>
      <Parts nodes={node.children} />
    </ButtonGroup>
  );
});

export const buttons = {
  Button: button,
  LoadingButton: button,
  LinkButton: linkButton,
  ButtonGroup: buttonGroup,
};
