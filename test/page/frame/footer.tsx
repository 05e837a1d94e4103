import { usePreference } from './preferences';

/** What is Gatehouse here, and what is played. */
export const Footer = () => {
  const [seen, see] = usePreference('gatehouse.tour');
  return (
    <footer className="footer">
      <p>
        <strong>Real:</strong> Gatehouse itself, both sides of it: the Forge app with its pages on Atlassian’s
        packages, the bridge’s functions on the AWS SDK, the signatures between them, every template and
        policy.
      </p>
      <p>
        <strong>Stands in:</strong> Jira and its portal (this frame), the Forge platform, AWS’s services, the
        people, and time. A stand-in refuses what the real service refuses. Nothing leaves this machine.
      </p>
      {seen === 'over' ? (
        <button type="button" className="plain" onClick={() => see('0')}>
          Show the tour again
        </button>
      ) : null}
    </footer>
  );
};
