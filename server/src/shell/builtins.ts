/** What the shell does itself. Source: POSIX.1-2024, 2.15 Special Built-In Utilities and 1.6, and the manuals of bash and dash. */
const builtins = new Set(
  (
    '. : [ [[ (( alias bg bind break builtin caller cd command compgen complete continue declare dirs disown echo enable ' +
    'eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd ' +
    'pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit umask ' +
    'unalias unset wait time function select'
  ).split(' '),
);

/** A plain name that the shell looks up in PATH: no builtin, and neither a function nor an alias of this text. */
export function isLookedUp(program: string, text: string): boolean {
  if (!/^[A-Za-z][\w.+-]*$/.test(program) || builtins.has(program)) return false;
  const name = program.replace(/[.+]/g, '\\$&');
  return !new RegExp(`(^|[\\s;&|(])(function\\s+${name}\\b|${name}\\s*\\(\\s*\\)|alias\\s+${name}=)`).test(text);
}
