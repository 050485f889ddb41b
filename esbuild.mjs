import * as esbuild from 'esbuild';
import { catalogData } from './scripts/catalog-data.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** All bundles share these; source maps stay out of the package. */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  plugins: [catalogData()],
};

const node = { ...common, platform: 'node', format: 'cjs', conditions: ['node'] };
const browser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'], conditions: ['browser'] };

/** Each is a script and a style sheet that run in a page of their own. */
const webviews = ['compare', 'stages'];

const bundles = [
  { ...node, entryPoints: { client: 'client/src/extension.ts' }, external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/main.ts' } },
  { ...node, entryPoints: { cli: 'server/src/cli.ts' }, banner: { js: '#!/usr/bin/env node' } },
  { ...browser, format: 'cjs', entryPoints: { 'client-web': 'client/src/browser.ts' }, external: ['vscode'] },
  { ...browser, format: 'iife', entryPoints: { 'server-web': 'server/src/browser.ts' } },
  ...webviews.map((name) => ({
    ...browser,
    format: 'iife',
    entryPoints: { [`webview-${name}`]: `client/webview/${name}/main.ts` },
  })),
  ...webviews.map((name) => ({
    ...browser,
    sourcemap: false,
    entryPoints: { [`webview-${name}`]: `client/webview/${name}/style.css` },
  })),
].map((bundle) => ({ ...bundle, outdir: 'dist' }));

if (watch) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}
