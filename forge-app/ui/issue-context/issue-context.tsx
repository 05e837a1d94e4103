import { Stack, Text } from '@forge/react';
import type { AgentView, Opened } from '../../pages/request/view';
import { useAnswer } from '../answer';
import { Shown, useReader } from '../page';
import { About } from '../request/about';
import { History } from '../request/history';
import { Outputs } from '../request/outputs';
import { pace } from '../request/pace';
import { Problem } from '../request/problem';
import { Standing } from '../request/standing';
import { Actions } from './actions';
import { Inside } from './inside';

/** What agents, and approvers with a licence, see of a request on its issue. */
export const IssueContext = () => {
  const { texts, moment } = useReader();
  const asked = useAnswer<Opened<AgentView>>('issue-context.open', {}, pace);
  return (
    <Shown asked={asked} texts={texts}>
      {(view) =>
        view === null ? (
          <Text>{texts.request.notOurs}</Text>
        ) : view === 'soon' ? (
          <Text>{texts.request.soon}</Text>
        ) : (
          <Stack space="space.300">
            <Standing view={view} texts={texts} moment={moment} />
            <Actions view={view} texts={texts} again={asked.again} />
            {view.problem === null ? null : <Problem problem={view.problem} texts={texts} />}
            <About view={view} texts={texts} moment={moment} />
            <Outputs view={view} texts={texts} />
            <History view={view} texts={texts} moment={moment} />
            <Inside view={view} texts={texts} moment={moment} />
          </Stack>
        )
      }
    </Shown>
  );
};
