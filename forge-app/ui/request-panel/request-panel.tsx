import { Stack, Text } from '@forge/react';
import type { CustomerView, Opened } from '../../pages/request/view';
import { useAnswer } from '../answer';
import { Shown, useReader } from '../page';
import { About } from '../request/about';
import { History } from '../request/history';
import { Outputs } from '../request/outputs';
import { pace } from '../request/pace';
import { Problem } from '../request/problem';
import { Standing } from '../request/standing';

/** What a customer sees of their request. On a request that is none of ours there is nothing. */
export const RequestPanel = () => {
  const { texts, moment } = useReader();
  const asked = useAnswer<Opened<CustomerView>>('request-panel.open', {}, pace);
  return (
    <Shown asked={asked} texts={texts}>
      {(view) =>
        view === null ? null : view === 'soon' ? (
          <Text>{texts.request.soon}</Text>
        ) : (
          <Stack space="space.300">
            <Standing view={view} texts={texts} moment={moment} />
            {view.problem === null ? null : <Problem problem={view.problem} texts={texts} />}
            <Outputs view={view} texts={texts} />
            <About view={view} texts={texts} moment={moment} />
            <History view={view} texts={texts} moment={moment} />
          </Stack>
        )
      }
    </Shown>
  );
};
