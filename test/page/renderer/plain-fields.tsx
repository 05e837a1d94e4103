import { token } from '@atlaskit/tokens';
import { useEffect, useRef, useState } from 'react';
import { eventOf, model, useSurroundings } from './model';

interface CheckboxProps {
  readonly defaultChecked: boolean;
  readonly id: string;
  readonly isChecked: boolean;
  readonly isDisabled: boolean;
  readonly isIndeterminate: boolean;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  readonly label: string;
  readonly name: string;
  readonly value: string | number;
  readonly 'aria-labelledby': string;
  readonly onChange: (event: unknown) => unknown;
  readonly onBlur: (event: unknown) => unknown;
  readonly onFocus: (event: unknown) => unknown;
}

const checkbox = model<CheckboxProps>(
  [
    'aria-labelledby',
    'defaultChecked',
    'id',
    'isChecked',
    'isDisabled',
    'isIndeterminate',
    'isInvalid',
    'isRequired',
    'label',
    'name',
    'onBlur',
    'onChange',
    'onFocus',
    'value',
  ],
  ({ node, props }) => {
    const { idFor, messagesOf } = useSurroundings();
    const input = useRef<HTMLInputElement>(null);
    const indeterminate = props.isIndeterminate === true;
    useEffect(() => {
      if (input.current !== null) input.current.indeterminate = indeterminate;
    }, [indeterminate]);
    return (
      <label
        style={{ display: 'flex', alignItems: 'center', gap: token('space.100'), font: token('font.body') }}
      >
        <input
          ref={input}
          type="checkbox"
          {...(props.isChecked === undefined
            ? { defaultChecked: props.defaultChecked }
            : { checked: props.isChecked })}
          id={idFor(props.id)}
          name={props.name}
          value={props.value}
          disabled={props.isDisabled}
          required={props.isRequired}
          aria-invalid={props.isInvalid}
          aria-labelledby={idFor(props['aria-labelledby'])}
          aria-describedby={messagesOf(node)}
          onChange={({ currentTarget: { checked } }) =>
            void props.onChange?.(eventOf(node, { type: 'checkbox', checked, value: props.value }))
          }
          onBlur={() => void props.onBlur?.(eventOf(node))}
          onFocus={() => void props.onFocus?.(eventOf(node))}
        />
        {props.label === undefined ? null : (
          <span>
            {props.label}
            {props.isRequired === true ? <span aria-hidden="true"> *</span> : null}
          </span>
        )}
      </label>
    );
  },
);

interface RangeProps {
  readonly defaultValue: number;
  readonly id: string;
  readonly isDisabled: boolean;
  readonly max: number;
  readonly min: number;
  readonly name: string;
  readonly step: number;
  readonly value: number;
  readonly 'aria-labelledby': string;
  readonly onChange: (value: number) => unknown;
}

const range = model<RangeProps>(
  ['aria-labelledby', 'defaultValue', 'id', 'isDisabled', 'max', 'min', 'name', 'onChange', 'step', 'value'],
  ({ node, props }) => {
    const { idFor, messagesOf } = useSurroundings();
    const { min = 0, max = 100, step = 0.1 } = props;
    const [own, setOwn] = useState(props.defaultValue ?? min);
    return (
      <input
        type="range"
        style={{ inlineSize: '100%' }}
        id={idFor(props.id)}
        name={props.name}
        min={min}
        max={max}
        step={step}
        value={props.value ?? own}
        disabled={props.isDisabled}
        aria-labelledby={idFor(props['aria-labelledby'])}
        aria-describedby={messagesOf(node)}
        onChange={({ currentTarget: { valueAsNumber } }) => {
          setOwn(valueAsNumber);
          props.onChange?.(valueAsNumber);
        }}
      />
    );
  },
);

export const plainFields = { Checkbox: checkbox, Range: range };
