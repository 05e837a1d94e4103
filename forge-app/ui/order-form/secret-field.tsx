import { Button, Inline, Spinner, Stack, Text, Textfield } from '@forge/react';
import { useEffect, useRef, useState } from 'react';
import type { Parameter } from '../../../aws-bridge/contract/catalog';
import { complaintAboutSecret } from '../../order/check-parameters';
import type { Texts } from '../../texts/texts';
import { call } from '../answer';
import { Field, typed } from './field';
import { patternCheck } from './pattern-check';

/** Where a value is sealed for. */
export interface SealFor {
  readonly productId: string;
  readonly provisioningArtifactId: string;
  readonly account: string;
}

/**
 * A value that must not be shown. It is in this field until it is left, then it is sealed and forgotten; the order gets nothing but
 * what the seal gave.
 */
export const SecretField = ({
  id,
  label,
  parameter,
  help,
  complaint,
  sealFor,
  isSealed,
  texts,
  onSealed,
  onTyped,
  onLeave,
}: {
  readonly id: string;
  readonly label: string;
  readonly parameter: Parameter;
  readonly help: readonly string[];
  readonly complaint: string | undefined;
  /** Undefined while it is not settled where the order goes. */
  readonly sealFor: SealFor | undefined;
  readonly isSealed: boolean;
  readonly texts: Texts;
  /** @param sealed undefined: there is none any more */
  readonly onSealed: (sealFor: SealFor, sealed: string | undefined) => void;
  /** @param unsealed something is typed that is not sealed */
  readonly onTyped: (unsealed: boolean) => void;
  readonly onLeave: () => void;
}) => {
  const { secret, checks, missing } = texts.orderForm;
  const value = useRef('');
  const [sealing, setSealing] = useState(false);
  const [failure, setFailure] = useState<string>();

  // A field that goes takes with it what was typed in it.
  useEffect(() => () => onTyped(false), []);

  const seal = async (): Promise<void> => {
    onLeave();
    if (value.current === '' || sealing) return;
    if (sealFor === undefined) {
      setFailure(missing.account);
      return;
    }
    const wrong = complaintAboutSecret(parameter, value.current, { patternCheck, words: checks });
    if (wrong !== undefined) {
      setFailure(wrong.slice(0, 1).toUpperCase() + wrong.slice(1));
      return;
    }
    setFailure(undefined);
    setSealing(true);
    const answer = await call<{ readonly sealed: string }>('order-form.seal', {
      ...sealFor,
      parameter: parameter.key,
      value: value.current,
    });
    setSealing(false);
    if (answer.outcome === 'ok') {
      value.current = '';
      onTyped(false);
      onSealed(sealFor, answer.value.sealed);
    } else setFailure(answer.problems?.[0]?.message ?? secret.failed);
  };

  if (isSealed && sealFor !== undefined) {
    return (
      <Stack space="space.050">
        <Text weight="bold">{label}</Text>
        <Text>{secret.sealed}</Text>
        <Inline>
          <Button appearance="subtle" onClick={() => onSealed(sealFor, undefined)}>
            {secret.change(label)}
          </Button>
        </Inline>
      </Stack>
    );
  }
  const wrong = failure ?? complaint;
  return (
    <Stack space="space.050">
      <Field
        id={id}
        label={label}
        isRequired={parameter.default === undefined}
        help={[...help, secret.help, ...(parameter.default === undefined ? [] : [secret.keepDefault])]}
        complaint={wrong}
      >
        <Textfield
          id={id}
          name={id}
          type="password"
          isInvalid={wrong !== undefined}
          isDisabled={sealing}
          onChange={(event) => {
            value.current = typed(event);
            onTyped(value.current !== '');
            setFailure(undefined);
          }}
          onBlur={() => void seal()}
        />
      </Field>
      {sealing ? (
        <Inline space="space.100" alignBlock="center">
          <Spinner size="small" label={secret.sealing} />
          <Text>{secret.sealing}</Text>
        </Inline>
      ) : null}
    </Stack>
  );
};
