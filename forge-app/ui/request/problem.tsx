import { Code, List, ListItem, SectionMessage, Stack, Text } from '@forge/react';
import type { ShownProblem } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';

/** What AWS reported, and what to do about it. */
export const Problem = ({ problem, texts }: { readonly problem: ShownProblem; readonly texts: Texts }) => {
  const { failedResource, errors, remedies } = problem;
  const words = texts.request;
  return (
    <SectionMessage appearance="error" title={words.problemTitle}>
      <Stack space="space.100">
        {failedResource === null ? null : (
          <Stack space="space.050">
            <Text>{words.failedResource(failedResource.logicalId, failedResource.type)}</Text>
            <Text>{failedResource.reason}</Text>
          </Stack>
        )}
        {errors.length === 0 ? null : (
          <List type="unordered">
            {errors.map(({ code, message }, index) => (
              <ListItem key={index}>
                <Text>
                  {code === null ? '' : <Code>{code}</Code>} {message}
                </Text>
              </ListItem>
            ))}
          </List>
        )}
        {remedies.length === 0 ? null : (
          <Stack space="space.050">
            <Text>
              <Text as="strong">{words.toDo}</Text>
            </Text>
            {remedies.map((remedy) => (
              <Text key={remedy}>{remedy}</Text>
            ))}
          </Stack>
        )}
      </Stack>
    </SectionMessage>
  );
};
