import { useEffect, useState } from 'react';

/**
 * A bar that counts what failed in this page: an error in a page of the app, a component or a command that is not modelled.
 * Nothing of it is to be overlooked, by people or by tests.
 */
export const Defects = () => {
  const [defects, setDefects] = useState<readonly string[]>([]);
  useEffect(() => {
    const add = (text: string): void => setDefects((before) => [...before, text]);
    const failed = ({ message }: ErrorEvent): void => {
      // Browsers report a layout that takes another frame to settle as an error; it is none.
      if (!message.startsWith('ResizeObserver loop')) add(message);
    };
    const rejected = ({ reason }: PromiseRejectionEvent): void => add(String(reason));
    window.addEventListener('error', failed);
    window.addEventListener('unhandledrejection', rejected);
    return () => {
      window.removeEventListener('error', failed);
      window.removeEventListener('unhandledrejection', rejected);
    };
  }, []);
  if (defects.length === 0) return null;
  return (
    <div className="defects" role="alert" data-defects={defects.length}>
      <strong>
        {defects.length} {defects.length === 1 ? 'error' : 'errors'} in this page
      </strong>
      <ul>
        {[...new Set(defects)].slice(-5).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
};
