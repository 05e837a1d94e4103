import { Box, ErrorMessage, HelperMessage, Label, RequiredAsterisk } from '@forge/react';
import type { ReactNode } from 'react';

/** Text out of a field's event. */
export const typed = (event: { readonly target?: { readonly value?: unknown } }): string => {
  const value = event.target?.value;
  return typeof value === 'string' ? value : '';
};

/** A field with its label, what helps to fill it in, and what is wrong with it. */
export const Field = ({
  id,
  label,
  isRequired = false,
  help = [],
  complaint,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: boolean;
  readonly help?: readonly string[];
  readonly complaint: string | undefined;
  readonly children: ReactNode;
}) => (
  <Box>
    <Label labelFor={id}>
      {label}
      {isRequired ? <RequiredAsterisk /> : null}
    </Label>
    {children}
    {help.length > 0 ? <HelperMessage>{help.join(' ')}</HelperMessage> : null}
    {complaint === undefined ? null : <ErrorMessage>{complaint}</ErrorMessage>}
  </Box>
);
