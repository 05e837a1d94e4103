import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// Who may import whom. `contract` is all that the Jira side and the AWS side share; nothing imports `test`.
const folders = ['forge-app', 'aws-bridge', 'products', 'infra', 'test'];
const noImports = (files, forbidden, message) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: forbidden.map((regex) => ({ regex, message })) },
    ],
  },
});
const into = (...names) => names.map((name) => `^(\\.\\.?/)+${name}(/|$)`);
const others = (...allowed) => into(...folders.filter((folder) => !allowed.includes(folder)));

const TO_EQUAL = 'CallExpression[callee.property.name="toEqual"]';
const EMPTY = 'ArrayExpression[elements.length=0]';

export default tseslint.config(
  { ignores: ['node_modules', 'coverage', 'cdk.out', 'dist'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: { module: 'writable', require: 'readonly', process: 'readonly', console: 'readonly' },
    },
  },
  {
    // What a Lambda container or a process of tests loads once, invocations and sandboxes share.
    files: ['src/**/*.ts', '{forge-app,aws-bridge,products,infra}/**/*.{ts,tsx}', 'test/sandbox/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
          message: 'Everybody who loads a module shares it: what changes belongs to what a factory makes.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `:matches(${TO_EQUAL} > ${EMPTY}.arguments, ${TO_EQUAL} > .arguments ${EMPTY})`,
          message: 'toEqual takes [undefined] for []: say toStrictEqual.',
        },
      ],
    },
  },
  noImports(
    ['aws-bridge/contract/**/*.ts'],
    ['^(?!zod/(mini|locales)$|node:crypto$|\\./)'],
    'The contract imports zod/mini, the words of its problems, and node:crypto, nothing else.',
  ),
  noImports(
    ['src/**/*.ts', 'forge-app/**/*.{ts,tsx}'],
    [...into('products', 'infra', 'test'), '^(\\.\\.?/)+aws-bridge/(?!contract/)', '^@aws', '^aws-cdk'],
    'The Forge app knows of the bridge only its contract.',
  ),
  noImports(
    ['forge-app/{ui,texts}/**/*.{ts,tsx}'],
    [
      ...into('products', 'infra', 'test'),
      '^(\\.\\.?/)+aws-bridge/(?!contract/)',
      '^(node:|@aws|aws-cdk|@forge/(?!react$|bridge$))',
    ],
    'A page runs in a browser: UI Kit, its bridge, and what is pure.',
  ),
  noImports(
    ['aws-bridge/!(contract)/**/*.ts'],
    [...others('aws-bridge'), '^@forge/'],
    'The bridge imports only itself.',
  ),
  noImports(['products/**/*.ts'], others('products'), 'A product imports CDK and its neighbours.'),
  noImports(
    ['infra/**/*.ts'],
    [
      ...others('infra', 'products', 'aws-bridge'),
      '^(\\.\\.?/)+aws-bridge/(?!(contract/identifiers|runtime/metric-names)$)',
    ],
    'infra imports products, the shapes of identifiers and the names of metrics; the bridge it names by path.',
  ),
);
