/** Two stages and a dozen instructions, as most files have. */
export const typical = `# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev \\
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt
COPY . .

FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENTRYPOINT ["/usr/bin/python3", "-m", "app"]
`;

const step = (index: number): string[] => [
  `ENV STEP_${index}=${index}`,
  `COPY part-${index}/ /app/part-${index}/`,
  `RUN set -eux; apt-get update && apt-get install -y curl libfoo${index}-dev \\`,
  `    && curl -fsSL https://example.com/${index}.tar.gz | tar xz -C /app/part-${index}`,
  `RUN cd /app/part-${index} && make all && install -m 755 tool-${index} /usr/local/bin/`,
];

/** A file of so many lines, a new stage every hundred. */
export function longDockerfile(lines: number): string {
  const all: string[] = [];
  for (let index = 0; all.length < lines; index++) {
    if (index % 20 === 0) all.push(`FROM debian:13-slim AS stage-${index}`);
    all.push(...step(index));
  }
  return `${all.slice(0, lines).join('\n')}\n`;
}
