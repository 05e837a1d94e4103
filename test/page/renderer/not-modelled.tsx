import { useEffect } from 'react';

/** What went wrong, where it went wrong: nobody can overlook it. */
export const Failed = ({ problem }: { readonly problem: string }) => (
  <div
    role="alert"
    data-failed=""
    style={{ border: '3px solid #c9372c', background: '#ffeceb', color: '#5d1f1a', padding: 8, margin: 4 }}
  >
    {problem}
  </div>
);

/** A component, or a part of one, that the renderer does not know: a red box, and an error that tests hear of. */
export const NotModelled = ({ what }: { readonly what: string }) => {
  const problem = `The renderer does not model ${what}`;
  useEffect(() => {
    console.error(problem);
    reportError(new Error(problem));
  }, [problem]);
  return <Failed problem={problem} />;
};
