import { Heading, Stack, Text } from '@forge/react';
import type { ReactNode } from 'react';

/** A part of a panel, under its heading. */
export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack space="space.100">
    <Heading as="h3" size="small">
      {title}
    </Heading>
    {children}
  </Stack>
);

/** A part of a section. */
export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack space="space.050">
    <Heading as="h4" size="xsmall">
      {title}
    </Heading>
    {children}
  </Stack>
);

/** One fact on a line: what it is called, and what it is. */
export const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <Text>
    <Text as="strong">{`${label}: `}</Text>
    {children}
  </Text>
);
