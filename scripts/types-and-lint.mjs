// Checks types, then lints, on one TypeScript program: by themselves `tsc` and ESLint would each build one and work out
// the same types. Nothing is remembered from one run to the next, because what a file may be told depends on all others.
import { ESLint } from 'eslint';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const told = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
};
const show = (diagnostics) =>
  process.stdout.write(ts.formatDiagnosticsWithColorAndContext(diagnostics, told));

const config = ts.getParsedCommandLineOfConfigFile(
  join(root, 'tsconfig.json'),
  { noEmit: true },
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => {
      show([problem]);
      process.exit(1);
    },
  },
);
const program = ts.createProgram({
  rootNames: config.fileNames,
  options: config.options,
  configFileParsingDiagnostics: config.errors,
});
const problems = ts.sortAndDeduplicateDiagnostics(ts.getPreEmitDiagnostics(program));
show(problems);

const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false, programs: [program] } },
  },
});
const results = await eslint.lintFiles(['.']);
const { format } = await eslint.loadFormatter('stylish');
process.stdout.write(await format(results));

const failed = problems.length > 0 || results.some(({ errorCount }) => errorCount > 0);
process.exitCode = failed ? 1 : 0;
