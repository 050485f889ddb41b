// Builds the extension for production and packs it: out/distroless-guide-VERSION.vsix
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const maxBytes = 1.5 * 1024 * 1024;

/** Names inside the archive; vsce renames some of ours and adds the first two. */
const required = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/images/icon.png',
  'extension/dist/client.js',
  'extension/dist/client-web.js',
  'extension/dist/server.js',
  'extension/dist/server-web.js',
  'extension/schemas/distroless.config.schema.json',
  'extension/dist/webview-compare.css',
  'extension/dist/webview-compare.js',
  'extension/dist/webview-stages.css',
  'extension/dist/webview-stages.js',
];

const allowed = [...required.map((name) => (candidate) => candidate === name), isGrammar, isPage];

const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
const vsix = join(project, 'out', `distroless-guide-${version}.vsix`);

const { status } = spawnSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: project, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
mkdirSync(dirname(vsix), { recursive: true });
await createVSIX({ cwd: project, packagePath: vsix, dependencies: false });

const names = namesInArchive(readFileSync(vsix));
const bytes = statSync(vsix).size;
console.log(`${relative(process.cwd(), vsix)}: ${(bytes / 1024).toFixed(0)} KiB, ${names.length} files`);

const faults = [
  ...required.filter((name) => !names.includes(name)).map((name) => `missing: ${name}`),
  ...names.filter((name) => !allowed.some((isAllowed) => isAllowed(name))).map((name) => `does not belong: ${name}`),
  ...(bytes > maxBytes ? [`larger than ${maxBytes / 1024} KiB`] : []),
];
for (const fault of faults) console.error(`${relative(process.cwd(), vsix)}: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

/** The pages that the editor shows. */
function isPage(name) {
  return /^extension\/docs\/(?:(?:families|guide|rules)\/)?[\w-]+\.md$/.test(name);
}

function isGrammar(name) {
  return /^extension\/syntaxes\/[\w.-]+\.json$/.test(name);
}

/**
 * Reads the central directory of a ZIP file. Its layout is in section 4.3 of PKWARE's APPNOTE.TXT.
 *
 * @param {Buffer} archive
 * @returns {string[]} the names of the files, sorted
 */
function namesInArchive(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const found = [];
  for (let index = 0; index < count; index++) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    found.push(archive.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found.sort();
}
