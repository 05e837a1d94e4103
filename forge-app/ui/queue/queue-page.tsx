import { Badge, Button, EmptyState, Inline, Stack, Text } from '@forge/react';
import { useState } from 'react';
import type { QueueFilter, QueueView } from '../../pages/queue/view';
import { useAnswer } from '../answer';
import { Shown, useReader } from '../page';
import { QueueFilters } from './queue-filters';
import { QueueTable } from './queue-table';

const EVERYTHING_OPEN: QueueFilter = { states: 'open', account: null, product: null, age: null };
/** Milliseconds between looks while the newest are shown. */
const REFRESH = 15_000;

/** Every operation that is under way, failed or waiting, for agents. */
export const QueuePage = () => {
  const { texts, moment } = useReader();
  const [filter, setFilter] = useState(EVERYTHING_OPEN);
  const [token, setToken] = useState<string | null>(null);
  const asked = useAnswer<QueueView>('queue.open', { filter, token }, () =>
    token === null ? REFRESH : null,
  );
  const words = texts.queue;

  const look = (next: QueueFilter): void => {
    setFilter(next);
    setToken(null);
  };
  const isDefault = JSON.stringify(filter) === JSON.stringify(EVERYTHING_OPEN);

  return (
    <Stack space="space.200">
      <QueueFilters
        filter={filter}
        known={asked.value ?? { accounts: [], products: [] }}
        texts={texts}
        onFilter={look}
      />
      <Shown asked={asked} texts={texts}>
        {({ rows, next, counts }) => (
          <Stack space="space.200">
            <Inline space="space.200" shouldWrap alignBlock="center">
              {(['waiting', 'underWay', 'attention'] as const).map((group) => (
                <Inline key={group} space="space.050" alignBlock="center">
                  <Button appearance="subtle" onClick={() => look({ ...filter, states: group })}>
                    {words.groups[group]}
                  </Button>
                  <Badge appearance={group === 'attention' ? 'important' : 'default'} max={false}>
                    {counts[group]}
                  </Badge>
                </Inline>
              ))}
            </Inline>
            {rows.length === 0 ? (
              <EmptyState
                header={isDefault ? words.noneAtAll : words.none}
                description={isDefault ? words.noneAtAllHint : words.noneHint}
                primaryAction={
                  isDefault ? undefined : <Button onClick={() => look(EVERYTHING_OPEN)}>{words.reset}</Button>
                }
              />
            ) : (
              <QueueTable rows={rows} texts={texts} moment={moment} />
            )}
            <Inline space="space.100" shouldWrap>
              {token === null ? null : <Button onClick={() => setToken(null)}>{words.newest}</Button>}
              {next === null ? null : <Button onClick={() => setToken(next)}>{words.earlier}</Button>}
              <Button isDisabled={asked.asking} onClick={() => void asked.again()}>
                {words.refresh}
              </Button>
            </Inline>
            {asked.asking ? <Text>{texts.shared.loading}</Text> : null}
          </Stack>
        )}
      </Shown>
    </Stack>
  );
};
