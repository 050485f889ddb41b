export const usageLines = `Usage: distroless-guide check [--format text|json] [--fail-on error|warning|info|never]
                              [--config FILE | --no-config] [--no-context]
                              [--target STAGE] [--build-arg NAME=VALUE]... FILE...
       distroless-guide explain [--format text|json|mermaid]
                                [--config FILE | --no-config] [--no-context]
                                [--target STAGE] [--build-arg NAME=VALUE]... FILE
       distroless-guide lsp --stdio
       distroless-guide --help | --version
`;

export const help = `${usageLines}
Works out what is inside every stage of a Dockerfile, and says what will not work.

Commands:
  check     Report what is wrong. Exit status: 0, or 1 when there are findings at
            or above --fail-on, or 2 for wrong usage, a file that cannot be read, or
            a config file with a mistake.
  explain   Show every stage with its facts and the reasons for them.
  lsp       Start the language server.

Options:
  --format FORMAT      How to print: text (the default) or json; for explain also
                       mermaid, a flowchart of the stages. In the JSON of check, lines
                       and characters count from 0, as in the Language Server Protocol;
                       in the JSON of explain and in text they count from 1.
  --fail-on LEVEL      The lowest severity that makes check fail: error (default),
                       warning, info, or never.
  --config FILE        Read private images, mirrors and preferences from FILE. Without it,
                       the nearest distroless.config.json from the folder of each
                       Dockerfile up to the current folder counts.
  --no-config          Read no config file.
  --no-context         Read no files around the Dockerfiles. Without it, lock files, start
                       scripts, .dockerignore, compose files and the like are read, below
                       the current folder only.
  --target STAGE       Take this stage, by name or number, for the one that is built.
  --build-arg NAME=VALUE
                       Give a build argument a value. May be there several times.
  --stdio              Let the language server speak on standard input and output.
  -h, --help           Show this text.
  --version            Show the version.

FILE may be - for standard input. Put -- before a file name that begins with a dash.
Set NO_COLOR to turn colours off. To keep a finding quiet, write a comment above the
instruction: # distroless ignore=RULE [until=YYYY-MM-DD] [-- REASON]
`;
