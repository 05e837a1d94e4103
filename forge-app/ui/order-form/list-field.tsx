import { Box, Button, ErrorMessage, Inline, Label, Stack, Textfield } from '@forge/react';
import { useState } from 'react';
import type { Texts } from '../../texts/texts';
import { Field, typed } from './field';
import { listItems, listText } from './parameter-value';

interface Row {
  readonly id: number;
  readonly text: string;
}

const rowsOf = (texts: readonly string[], from: number): readonly Row[] =>
  texts.map((text, index) => ({ id: from + index, text }));

/** A list, one field an item; what is pasted with commas becomes several. */
export const ListField = ({
  id,
  label,
  text,
  isRequired,
  help,
  complaint,
  complaintOf,
  texts,
  onChange,
  onLeave,
}: {
  readonly id: string;
  readonly label: string;
  /** The items, with commas between them. */
  readonly text: string;
  readonly isRequired: boolean;
  readonly help: readonly string[];
  readonly complaint: string | undefined;
  /** What is wrong with one item. */
  readonly complaintOf: (item: string) => string | undefined;
  readonly texts: Texts;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}) => {
  const { list } = texts.orderForm;
  const [rows, setRows] = useState(() => {
    const given = listItems(text);
    return rowsOf(given.length > 0 ? given : [''], 0);
  });
  const change = (next: readonly Row[]): void => {
    setRows(next);
    onChange(listText(next.flatMap((row) => listItems(row.text))));
  };
  const nextId = (): number => Math.max(...rows.map((row) => row.id), 0) + 1;
  /** Items in one row come apart. */
  const leave = (left: Row): void => {
    const parts = listItems(left.text);
    if (parts.length > 1) {
      const at = rows.findIndex(({ id: row }) => row === left.id);
      change([...rows.slice(0, at), ...rowsOf(parts, nextId()), ...rows.slice(at + 1)]);
    }
    onLeave();
  };
  const wrong = (row: Row): string | undefined => {
    const [item, another] = listItems(row.text);
    return complaint === undefined || item === undefined || another !== undefined
      ? undefined
      : complaintOf(item);
  };
  const anyWrong = rows.some((row) => wrong(row) !== undefined);
  return (
    <Field
      id={`${id}-${rows[0]?.id ?? 0}`}
      label={label}
      isRequired={isRequired}
      help={help}
      complaint={anyWrong ? undefined : complaint}
    >
      <Stack space="space.050">
        {rows.map((row, index) => (
          <Box key={row.id}>
            {index === 0 ? null : <Label labelFor={`${id}-${row.id}`}>{list.item(label, index + 1)}</Label>}
            <Inline space="space.050" alignBlock="center">
              <Textfield
                id={`${id}-${row.id}`}
                name={`${id}-${row.id}`}
                defaultValue={row.text}
                isInvalid={wrong(row) !== undefined || (index === 0 && complaint !== undefined && !anyWrong)}
                onChange={(event) =>
                  change(rows.map((other) => (other.id === row.id ? { ...row, text: typed(event) } : other)))
                }
                onBlur={() => leave(row)}
              />
              {rows.length > 1 ? (
                <Button
                  appearance="subtle"
                  onClick={() => change(rows.filter((other) => other.id !== row.id))}
                >
                  {list.remove(label, index + 1)}
                </Button>
              ) : null}
            </Inline>
            {wrong(row) === undefined ? null : <ErrorMessage>{wrong(row)}</ErrorMessage>}
          </Box>
        ))}
        <Inline>
          <Button appearance="subtle" onClick={() => setRows([...rows, { id: nextId(), text: '' }])}>
            {list.add(label)}
          </Button>
        </Inline>
      </Stack>
    </Field>
  );
};
