// Checks a project's settings and writes them into Jira, however many accounts they have.
import { settingsCommand } from './settings-command';

settingsCommand(process.argv.slice(2), process.env, (line) => console.log(line)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
