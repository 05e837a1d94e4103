import { Heading, Stack } from '@forge/react';
import type { Parameter } from '../../../aws-bridge/contract/catalog';
import { choosableType } from '../../order/choosable-type';
import { oneLine } from '../../order/printable';
import type { Texts } from '../../texts/texts';
import { type Draft, sealedKey } from './judge-draft';
import { labelOf, ParameterField } from './parameter-field';
import { helpFor } from './parameter-help';
import { textKey } from './parameter-value';
import { SecretField, type SealFor } from './secret-field';
import type { ChoicesOf } from './use-choices';

/** Parameters by their groups, in the order in which those first come; what is in no group comes last. */
const groupsOf = (
  parameters: readonly Parameter[],
): readonly (readonly [string | undefined, readonly Parameter[]])[] => {
  const groups = new Map<string | undefined, readonly Parameter[]>();
  for (const parameter of parameters) {
    groups.set(parameter.group, [...(groups.get(parameter.group) ?? []), parameter]);
  }
  return [...groups].sort(([a], [b]) => Number(a === undefined) - Number(b === undefined));
};

export const ParameterGroups = ({
  parameters,
  draft,
  complaints,
  seen,
  sealFor,
  choicesOf,
  texts,
  onDraft,
  onLeave,
}: {
  readonly parameters: readonly Parameter[];
  readonly draft: Draft;
  readonly complaints: Readonly<Record<string, string>>;
  /** Whether what is wrong with a field is to be said already. */
  readonly seen: (field: string) => boolean;
  readonly sealFor: SealFor | undefined;
  readonly choicesOf: ChoicesOf;
  readonly texts: Texts;
  readonly onDraft: (change: (before: Draft) => Draft) => void;
  readonly onLeave: (field: string) => void;
}) => {
  const groups = groupsOf(parameters);
  return (
    <Stack space="space.300">
      {groups.map(([group, members]) => (
        <Stack key={group ?? ''} space="space.150">
          <Heading as="h3" size="small">
            {group === undefined
              ? groups.length === 1
                ? texts.orderForm.parameters
                : texts.orderForm.otherParameters
              : oneLine(group)}
          </Heading>
          {members.map((parameter) => {
            const field = `parameters.${parameter.key}`;
            const complaint = seen(field) ? complaints[field] : undefined;
            if (parameter.noEcho) {
              const key = sealFor && sealedKey(sealFor.productId, sealFor.account, parameter.key);
              return (
                <SecretField
                  key={textKey(parameter)}
                  id={`parameter-${parameter.key}`}
                  label={labelOf(parameter)}
                  parameter={parameter}
                  help={helpFor(parameter, texts)}
                  complaint={complaint}
                  sealFor={sealFor}
                  isSealed={key !== undefined && draft.sealed[key] !== undefined}
                  texts={texts}
                  onSealed={(where, value) =>
                    onDraft((before) => ({
                      ...before,
                      sealed: changed(
                        before.sealed,
                        sealedKey(where.productId, where.account, parameter.key),
                        value,
                      ),
                    }))
                  }
                  onTyped={(unsealed) =>
                    onDraft((before) => ({
                      ...before,
                      unsealed: [
                        ...before.unsealed.filter((other) => other !== parameter.key),
                        ...(unsealed ? [parameter.key] : []),
                      ],
                    }))
                  }
                  onLeave={() => onLeave(field)}
                />
              );
            }
            const choosable = choosableType(parameter.type);
            return (
              <ParameterField
                key={textKey(parameter)}
                parameter={parameter}
                values={draft.texts}
                complaint={complaint}
                choices={choosable && choicesOf(choosable)}
                texts={texts}
                onChange={(text) =>
                  onDraft((before) => ({
                    ...before,
                    texts: { ...before.texts, [textKey(parameter)]: text },
                  }))
                }
                onLeave={() => onLeave(field)}
              />
            );
          })}
        </Stack>
      ))}
    </Stack>
  );
};

const changed = (sealed: Draft['sealed'], key: string, value: string | undefined): Draft['sealed'] =>
  Object.fromEntries(
    [...Object.entries(sealed).filter(([other]) => other !== key), [key, value]].filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
