import tseslint from 'typescript-eslint';

/** Sizes are part of the design: see "Manners" in CONTRIBUTING.md. */
const sizes = {
  'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
  'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
  'max-depth': ['error', 3],
  'max-params': ['error', 3],
  complexity: ['error', 22],
};

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', 'node_modules/**', 'samples/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['server/**/*.ts', 'client/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
    },
  },
  {
    files: [
      'server/src/{text,syntax,shell,catalog,config,stages,context,interpret,rules,fixes,features}/**/*.ts',
      'server/src/*.ts',
    ],
    ignores: ['server/src/main.ts', 'server/src/browser.ts', 'server/src/cli.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', 'vscode', 'vscode-language*'], message: 'The core runs in every host.' }] },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require'],
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
