import { readProjectSettings, type SettingsReading } from './project-settings';

/** Projects whose settings are remembered; those of one have 32,768 characters at most. */
const MOST = 50;

/**
 * Reads projects' settings, and what has been read before not once more: a launch asks for them at every step, and they hardly
 * ever change. The property itself is always asked for anew.
 */
export const createReadOnce = () => {
  const known = new Map<string, { readonly text: string; readonly reading: SettingsReading }>();

  return (projectId: string, property: unknown): SettingsReading => {
    if (property === undefined) return readProjectSettings(property);
    const text = JSON.stringify(property);
    const before = known.get(projectId);
    if (before?.text === text) return before.reading;
    const reading = readProjectSettings(property);
    known.delete(projectId);
    known.set(projectId, { text, reading });
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return reading;
  };
};
