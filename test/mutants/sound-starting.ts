import { sound } from './sound.js';

/** What starts a program, and accounts and Python beside it. */
export const starting = [
  sound('node under tini on Debian')`
FROM node:24-trixie-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY server.js ./
USER 1000:1000
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "server.js"]
`,
  sound('account of BusyBox on Alpine')`
FROM alpine:3.24
RUN addgroup -S -g 10001 app && adduser -S -D -H -u 10001 -G app app
COPY --chmod=0755 app /usr/local/bin/app
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/app"]
`,
  sound('shell that replaces itself')`
FROM python:3.14-slim-trixie
RUN useradd --uid 10001 --no-create-home app
ENV PORT=8000
WORKDIR /app
COPY app.py ./
USER 10001:10001
CMD ["sh", "-c", "exec python -m http.server $PORT"]
`,
];
