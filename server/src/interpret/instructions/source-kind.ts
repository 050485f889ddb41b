import type { BuildContext } from '../../context/context.js';
import { isGlob } from '../glob.js';
import type { StageState } from '../state.js';
import { baseName, entryAt, isFolder } from '../tree.js';

export type SourceKind = 'file' | 'directory' | 'archive' | 'either';

const fileEndings =
  /\.(jar|war|ear|js|mjs|cjs|ts|json|ya?ml|toml|xml|py|rb|php|pl|lua|sh|bash|conf|cfg|cnf|ini|txt|md|rst|crt|cert|pem|key|pub|so(\.\d+)*|lock|html|css|sql|exe|dll|wasm|properties|env|zip|t?gz|tar(\.\w+)?|tbz2?|txz|bz2|xz|zst|deb|rpm|apk|whl|gem|mod|sum|csproj|fsproj|vbproj|sln|c|cc|cpp|h|hpp|go|rs|java|kt|proto|template|tmpl|tpl|asc|gpg|csv|service|repo|list|bin|img)$/i;
const fileNames =
  /^(Makefile|Dockerfile|Gemfile|Rakefile|Procfile|Pipfile|Cargo\.lock|LICENSE|README|NOTICE|VERSION|passwd|group|shadow|nsswitch\.conf|localtime|hosts|os-release|gradlew|mvnw|\.[\w-]+rc|\.env)$/;

/** Whether a source of COPY or ADD is a file or a directory, as far as the Dockerfile tells; `origin` null: the context. */
export function sourceKind(copy: {
  readonly text: string;
  readonly source: string;
  readonly isAdd: boolean;
  /** The value of --unpack, null without it. */
  readonly unpacks: string | null;
  readonly origin: StageState | null;
  readonly context: BuildContext;
}): SourceKind {
  const { text, source, origin } = copy;
  if (copy.isAdd && isRepository(text)) return 'archive';
  const isRemote = copy.isAdd && /^https?:/.test(text);
  if (isUnpacked(copy, isRemote)) return 'archive';
  if (isRemote) return text.endsWith('/') ? 'archive' : 'file';
  if (source === '/' || /(^|\/)\.{0,2}$/.test(text)) return 'directory';
  if (origin) return kindInStage(origin, source);
  const found = copy.context.isSure && !isGlob(text) ? copy.context.kind(source.slice(1)) : null;
  if (found === 'file' || found === 'directory') return found;
  return isFileName(baseName(source)) ? 'file' : 'either';
}

function kindInStage(origin: StageState, source: string): SourceKind {
  const entry = entryAt(origin, source);
  if (entry?.kind === 'file') return 'file';
  if (entry?.kind === 'directory' || isFolder(origin, source)) return 'directory';
  if (/^\/(usr\/)?(local\/)?s?bin\/[^/*?]+$|^\/go\/bin\/[^/*?]+$/.test(source)) return 'file';
  return isFileName(baseName(source)) ? 'file' : 'either';
}

/** Names with a glob count as file names when what they end in, or a dot in them, says so. */
function isFileName(name: string): boolean {
  return fileEndings.test(name) || fileNames.test(name) || (isGlob(name) && /\w\.|\.\w/.test(name));
}

function isRepository(text: string): boolean {
  return /^(git@|ssh:|git:)|^https?:\/\/[^?#]*\.git(#|$)/.test(text);
}

/** ADD unpacks local archives, and remote ones where --unpack asks for it. */
function isUnpacked(
  { isAdd, unpacks, text }: { isAdd: boolean; unpacks: string | null; text: string },
  isRemote: boolean,
) {
  if (!isAdd || !/\.(tar|tgz|txz|tbz2?|tar\.\w+)([?#].*)?$/i.test(text)) return false;
  return unpacks === null ? !isRemote : unpacks !== 'false';
}
