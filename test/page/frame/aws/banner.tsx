import type { ReactNode } from 'react';

/** Everything of the AWS side stands under this, so that nobody takes it for AWS's own console. */
export const AwsPlace = ({ children }: { readonly children: ReactNode }) => (
  <div className="aws">
    <p className="aws-banner">
      This stands in for the AWS console. What it shows was asked of the sandbox’s AWS by signed API calls, as
      the person chosen above.
    </p>
    {children}
  </div>
);
