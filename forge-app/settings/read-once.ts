import { readProjectSettings, type SettingsReading } from './project-settings';

/**
 * Reads projects' settings, and the same property not once more: a launch asks for them at every step, and they hardly ever
 * change.
 */
export const createReadOnce = () => {
  const known = new WeakMap<object, SettingsReading>();

  return (property: unknown): SettingsReading => {
    if (typeof property !== 'object' || property === null) return readProjectSettings(property);
    const reading = known.get(property) ?? readProjectSettings(property);
    known.set(property, reading);
    return reading;
  };
};
