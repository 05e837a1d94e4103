import { RadioGroup } from '@atlaskit/radio';
import Select, { type SelectProps } from '@atlaskit/select';
import TextArea, { type TextAreaProps } from '@atlaskit/textarea';
import Textfield, { type TextFieldProps } from '@atlaskit/textfield';
import Toggle from '@atlaskit/toggle';
import type { ComponentProps } from 'react';
import type { ForgeDoc } from './forge-doc';
import { eventOf, model, useSurroundings } from './model';

interface Handlers {
  readonly onChange: (event: unknown) => unknown;
  readonly onBlur: (event: unknown) => unknown;
  readonly onFocus: (event: unknown) => unknown;
}
type Field<Props> = Omit<Props, keyof Handlers> & Handlers;

/** What ties a field to its label and to the messages that stand with it. */
const useTies = (node: ForgeDoc) => {
  const { idFor, messagesOf } = useSurroundings();
  const id = idFor(node.props['id']);
  const labelledBy = idFor(node.props['aria-labelledby']);
  return {
    describedBy: messagesOf(node),
    ties: {
      ...(id === undefined ? {} : { id }),
      ...(labelledBy === undefined ? {} : { 'aria-labelledby': labelledBy }),
    },
  };
};

const leaving = (node: ForgeDoc, { onBlur, onFocus }: Partial<Handlers>) => ({
  onBlur: () => void onBlur?.(eventOf(node)),
  onFocus: () => void onFocus?.(eventOf(node)),
});

const textfield = model<Field<TextFieldProps>>(
  [
    'appearance',
    'aria-invalid',
    'aria-labelledby',
    'autoFocus',
    'defaultValue',
    'id',
    'isCompact',
    'isDisabled',
    'isInvalid',
    'isMonospaced',
    'isReadOnly',
    'isRequired',
    'max',
    'maxLength',
    'min',
    'minLength',
    'name',
    'onBlur',
    'onChange',
    'onFocus',
    'pattern',
    'placeholder',
    'type',
    'value',
    'width',
  ],
  ({ node, props: { onBlur, onFocus, onChange, ...props } }) => {
    const { describedBy, ties } = useTies(node);
    return (
      <Textfield
        {...props}
        {...ties}
        aria-describedby={describedBy}
        {...leaving(node, { ...(onBlur && { onBlur }), ...(onFocus && { onFocus }) })}
        onChange={({ currentTarget: { value } }) =>
          void onChange?.(eventOf(node, { type: props.type ?? 'text', value }))
        }
      />
    );
  },
);

const textArea = model<Field<TextAreaProps>>(
  [
    'appearance',
    'aria-invalid',
    'aria-labelledby',
    'autoFocus',
    'defaultValue',
    'id',
    'isCompact',
    'isDisabled',
    'isInvalid',
    'isMonospaced',
    'isReadOnly',
    'isRequired',
    'maxHeight',
    'maxLength',
    'minLength',
    'minimumRows',
    'name',
    'onBlur',
    'onChange',
    'onFocus',
    'placeholder',
    'resize',
    'spellCheck',
    'value',
  ],
  ({ node, props: { onBlur, onFocus, onChange, ...props } }) => {
    const { describedBy, ties } = useTies(node);
    return (
      <TextArea
        {...props}
        {...ties}
        aria-describedby={describedBy}
        {...leaving(node, { ...(onBlur && { onBlur }), ...(onFocus && { onFocus }) })}
        onChange={({ currentTarget: { value } }) =>
          void onChange?.(eventOf(node, { type: 'textarea', value }))
        }
      />
    );
  },
);

type SelectOption = { readonly label: string; readonly value: string | number };
type SelectOf = Field<SelectProps<SelectOption, boolean>>;

const select = model<SelectOf>(
  [
    'appearance',
    'aria-labelledby',
    'autoFocus',
    'closeMenuOnSelect',
    'defaultValue',
    'id',
    'inputId',
    'isClearable',
    'isDisabled',
    'isInvalid',
    'isLoading',
    'isMulti',
    'isRequired',
    'isSearchable',
    'name',
    'onBlur',
    'onChange',
    'onFocus',
    'onInputChange',
    'options',
    'placeholder',
    'spacing',
    'value',
  ],
  ({ node, props: { onBlur, onFocus, onChange, id, inputId, ...props } }) => {
    const { idFor } = useSurroundings();
    const { describedBy, ties } = useTies(node);
    // A label belongs to what can be focused: the input within.
    const own = idFor(inputId ?? id);
    return (
      <Select<SelectOption, boolean>
        {...props}
        {...ties}
        id={`${node.key}-select`}
        {...(own === undefined ? {} : { inputId: own })}
        {...(describedBy === undefined ? {} : { descriptionId: describedBy })}
        {...leaving(node, { ...(onBlur && { onBlur }), ...(onFocus && { onFocus }) })}
        onChange={(chosen) => void onChange?.(chosen)}
        // A dialog or a table would cut the menu off.
        menuPosition="fixed"
      />
    );
  },
);

const toggle = model<Field<Omit<ComponentProps<typeof Toggle>, 'ref'>>>(
  [
    'defaultChecked',
    'id',
    'isChecked',
    'isDisabled',
    'label',
    'name',
    'onBlur',
    'onChange',
    'onFocus',
    'size',
    'value',
  ],
  ({ node, props: { onBlur, onFocus, onChange, ...props } }) => {
    const { describedBy, ties } = useTies(node);
    return (
      <Toggle
        {...props}
        {...ties}
        {...(describedBy === undefined ? {} : { descriptionId: describedBy })}
        {...leaving(node, { ...(onBlur && { onBlur }), ...(onFocus && { onFocus }) })}
        onChange={({ currentTarget: { checked } }) =>
          void onChange?.(eventOf(node, { type: 'checkbox', checked, value: props.value }))
        }
      />
    );
  },
);

const radioGroup = model<Field<ComponentProps<typeof RadioGroup>>>(
  [
    'aria-labelledby',
    'defaultValue',
    'id',
    'isDisabled',
    'isInvalid',
    'isRequired',
    'name',
    'onChange',
    'options',
    'value',
  ],
  ({ node, props: { onChange, options = [], ...props } }) => {
    const { describedBy, ties } = useTies(node);
    return (
      <div {...(describedBy === undefined ? {} : { role: 'group', 'aria-describedby': describedBy })}>
        <RadioGroup
          {...props}
          {...ties}
          options={options}
          onChange={({ currentTarget: { value } }) =>
            void onChange?.(eventOf(node, { type: 'radio', value }))
          }
        />
      </div>
    );
  },
);

export const fields = {
  Textfield: textfield,
  TextArea: textArea,
  Select: select,
  Toggle: toggle,
  RadioGroup: radioGroup,
};
