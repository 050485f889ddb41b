/** What the shell does itself. Source: POSIX.1-2024, 2.15 Special Built-In Utilities and 1.6, and the manuals of bash and dash. */
const builtins = new Set(
  (
    '. : [ [[ (( alias bg bind break builtin caller cd command compgen complete continue declare dirs disown echo enable ' +
    'eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd ' +
    'pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit umask ' +
    'unalias unset wait time function select'
  ).split(' '),
);

/** Tells whether the shell looks a plain name up in PATH: no builtin, and neither a function nor an alias of `text`. */
export function lookedUpIn(text: string): (program: string) => boolean {
  const own = new Set([...text.matchAll(definition)].map((match) => match[1] ?? match[2] ?? match[3]));
  return (program) => /^[A-Za-z][\w.+-]*$/.test(program) && !builtins.has(program) && !own.has(program);
}

const definition = /\bfunction\s+([\w.+-]+)|\balias\s+([\w.+-]+)=|(?<![\w.+-])([\w.+-]+)[ \t]*\([ \t]*\)/g;
