import { withCgo } from '../fixes/with-cgo.js';
import { leftOut, type LeftOut } from '../interpret/go-cgo.js';
import type { CommandStep, Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly stage: Stage; readonly step: CommandStep };

export default defineRule<Data>({
  meta: {
    id: 'go-cgo-dependency-with-cgo-disabled',
    summary: 'Go program with C code, built without cgo',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Some Go modules are C code with a Go interface, and CGO_ENABLED=0 leaves the C code out; so does Go 1.20 and newer ' +
      'by itself where it finds no C compiler, as in the Alpine variant of the Go image. Of github.com/mattn/go-sqlite3 a ' +
      'stub is left, with which the build succeeds and every opening of a database fails: "Binary was compiled with ' +
      "'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub\". Of others nothing is left, and the build ends " +
      'with "undefined: kafka.NewProducer" or "build constraints exclude all Go files". Build with cgo, and either link ' +
      'statically against musl or run on a base with the libc of the build; or choose a module in pure Go, such as ' +
      'modernc.org/sqlite. An error where the sources show that the program imports the package and, for a stub, opens ' +
      'its only database with it in every start and ends where that fails; a warning where it may go on; silent where the sources cannot be read.',
    bad: dockerfile`
      FROM golang:1.26-alpine AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26-alpine AS build
      RUN apk add --no-cache gcc musl-dev
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=1 go build -ldflags '-linkmode external -extldflags=-static' -o /out/app .

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /app
      ENTRYPOINT ["/app"]
    `,
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
      'go.sum':
        'github.com/mattn/go-sqlite3 v1.14.32 h1:JD12Ag3oLy1zQA+BNn74xRgaBbdhbNIDYvQUEuuErjs=\n' +
        'github.com/mattn/go-sqlite3 v1.14.32/go.mod h1:Uh1q+B4BYcTPb+yiD3kU8Ct7aC0hY9fxUwlHK0RXw+Y=\n',
      'main.go':
        'package main\n\nimport (\n\t"database/sql"\n\t"log"\n\n\t_ "github.com/mattn/go-sqlite3"\n)\n\nfunc main() {\n' +
        '\tdb, err := sql.Open("sqlite3", ":memory:")\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n' +
        '\tif err := db.Ping(); err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tlog.Print("ready")\n}\n',
    },
    references: [
      'https://github.com/mattn/go-sqlite3/issues/855',
      'https://github.com/owncast/owncast/issues/60',
      'https://go.dev/doc/go1.20#cgo',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      for (const step of stage.steps.flatMap(({ commands }) => commands)) {
        const found = leftOut(step);
        if (!found) continue;
        yield {
          span: step.command.span,
          message: wording(found),
          because: found.because,
          data: { stage, step },
          ...(found.isCertain ? {} : { severity: 'warning' as const }),
        };
      }
    }
  },

  fix: ({ data: { stage, step } }, analysis) => withCgo(step, stage, analysis),
});

function wording({ path, left }: LeftOut): string {
  if (left === 'stub') return `With cgo off, only a stub of '${path}' is built: opening a database fails.`;
  if (left === 'little') return `With cgo off, most of '${path}' is left out.`;
  return `With cgo off, '${path}' cannot be ${left === 'name' ? 'used' : 'compiled'}.`;
}
