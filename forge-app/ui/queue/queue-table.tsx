import { DynamicTable, Link, Stack, Text } from '@forge/react';
import type { QueueRow } from '../../pages/queue/view';
import type { Texts } from '../../texts/texts';
import { StateLozenge } from '../state-lozenge';

/** What is told of an operation, and how much of the width it takes, in percent. */
const COLUMNS = [
  ['request', 26],
  ['product', 14],
  ['account', 16],
  ['state', 15],
  ['since', 11],
  ['raised', 11],
  ['origin', 7],
] as const;

/** One row an operation; each leads to its request. */
export const QueueTable = ({
  rows,
  texts,
  moment,
}: {
  readonly rows: readonly QueueRow[];
  readonly texts: Texts;
  readonly moment: (moment: string) => string;
}) => {
  const { columns, kinds, unknownProduct } = texts.queue;
  return (
    <DynamicTable
      label={texts.queue.title}
      head={{
        cells: COLUMNS.map(([key, width]) => ({ key, content: columns[key], width })),
      }}
      rows={rows.map((row) => ({
        key: row.key,
        cells: [
          {
            key: 'request',
            content: (
              <Stack>
                <Link href={`/browse/${row.key}`}>{row.key}</Link>
                <Text>{row.summary}</Text>
              </Stack>
            ),
          },
          { key: 'product', content: <Text>{row.product ?? unknownProduct}</Text> },
          {
            key: 'account',
            content: (
              <Stack>
                {row.account?.name == null ? null : <Text>{row.account.name}</Text>}
                <Text>{row.account?.id ?? '–'}</Text>
              </Stack>
            ),
          },
          { key: 'state', content: <StateLozenge state={row.state} texts={texts} /> },
          { key: 'since', content: <Text>{moment(row.since)}</Text> },
          { key: 'raised', content: <Text>{moment(row.raised)}</Text> },
          { key: 'origin', content: <Text>{kinds[row.kind]}</Text> },
        ],
      }))}
    />
  );
};
