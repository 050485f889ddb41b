import type { Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { insert, newlineOf } from '../text/edit.js';

const commands: Readonly<Record<string, (names: string) => string>> = {
  apk: (names) => `RUN apk add --no-cache ${names}`,
  apt: (names) =>
    `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`,
};

/** Installs packages right behind FROM, where the base has a package manager and its user may use it. */
export function installPackages(stage: Stage, names: string, text: string): Fix[] {
  const { packageManager, user, shellPrefix } = stage.start;
  const manager = packageManager.known ? packageManager.value : null;
  const command = manager !== null && Object.hasOwn(commands, manager) ? commands[manager] : undefined;
  if (!command || !user.known || user.value.uid !== 0 || !shellPrefix.known) return [];
  const newline = newlineOf(text);
  const edits = [insert(stage.syntax.from.span.end, `${newline}${command(names)}`)];
  return [{ title: `Install ${names.replace(/ /g, ' and ')}`, edits }];
}

/** Packages of Alpine and Debian that are called as the program they bring. */
const sameName = new Set(
  'bash cmake curl file git gosu jq make openssl patch python3 rsync socat sudo tini unzip wget zip'.split(' '),
);

/** Like installPackages, by the names of programs; none where the package of one is not known. */
export function installPrograms(stage: Stage, programs: readonly string[], text: string): Fix[] {
  return programs.every((program) => sameName.has(program)) ? installPackages(stage, programs.join(' '), text) : [];
}
