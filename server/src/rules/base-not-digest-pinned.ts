import { byInstruction } from '../fact.js';
import { usesByText, type ImageUse } from '../interpret/image-uses.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule({
  meta: {
    id: 'base-not-digest-pinned',
    summary: 'Image without a digest in a file that pins others',
    category: 'base',
    severity: 'information',
    fix: 'none',
  },

  docs: {
    why:
      'A tag can be moved to another image; a digest cannot, so that a build can be repeated and what was checked is ' +
      'what runs. A file that pins some images and leaves others on their tags has only half of that. Nothing is said about ' +
      'a file that pins none or few. Renovate and Dependabot move digests forward; `docker buildx imagetools inspect` shows them.',
    bad: dockerfile`
      FROM golang:1.26@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM gcr.io/distroless/static-debian13:nonroot@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      COPY --from=build /out/app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
      'https://github.com/GoogleContainerTools/distroless/issues/1532',
    ],
  },

  *check(analysis) {
    const groups = [...usesByText(analysis)].flatMap(([use]) => (use && !isBuildContext(use) ? [use] : []));
    const pinned = groups.filter(({ reference }) => reference.digest !== null);
    const loose = groups.filter(({ reference }) => reference.digest === null);
    const [example] = pinned;
    // One pinned download among many tags is no habit of the file.
    if (!example || loose.length > pinned.length) return;
    for (const use of loose) {
      const { text } = use.reference;
      yield {
        span: use.span,
        message: `'${text}' is not pinned by a digest, as other images of this file are.`,
        because: [byInstruction(example.span, 'This image is pinned by its digest.')],
        data: null,
      };
    }
  },
});

/** `COPY --from=templates` may name what is given with --build-context. */
function isBuildContext({ reference: { text, tag, digest }, facts, stage }: ImageUse): boolean {
  return stage === null && facts === null && tag === null && digest === null && !text.includes('/');
}
