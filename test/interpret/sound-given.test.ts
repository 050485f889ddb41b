import { testSound } from '../support/sound.js';

testSound('the word names a file', [
  [
    'a jar file named as a class',
    'FROM gcr.io/distroless/java21-debian13\nWORKDIR /app\nCOPY com.example.Main /app/\nCMD ["com.example.Main"]\n',
    { 'com.example.Main': '' },
  ],
  [
    'node.js in the working directory',
    'FROM gcr.io/distroless/nodejs24-debian12\nWORKDIR /app\nCOPY . .\nCMD ["node"]\n',
    { 'node.js': '' },
  ],
  [
    'a package named python',
    'FROM gcr.io/distroless/python3-debian12\nWORKDIR /app\nCOPY . .\nCMD ["python"]\n',
    { 'python/__main__.py': '' },
  ],
  [
    'a package named as a console script',
    'FROM gcr.io/distroless/python3-debian12\nWORKDIR /app\nCOPY . .\nCMD ["celery", "worker"]\n',
    { 'celery/__main__.py': 'import x\n' },
  ],
]);

testSound('a user that is allowed to install', [
  [
    'usermod gives the number of root',
    'FROM debian:13\nRUN useradd app && usermod -o -u 0 app\nUSER app\nRUN apt-get install -y curl\n',
    {},
  ],
  [
    'sed gives the number of root',
    "FROM alpine\nRUN adduser -D app && sed -i 's/^app:x:1000/app:x:0/' /etc/passwd\nUSER app\nRUN apk add curl\n",
    {},
  ],
  [
    'the program has the rights of root',
    'FROM alpine\nRUN chmod u+s /sbin/apk && adduser -D app\nUSER app\nRUN apk add curl\n',
    {},
  ],
  [
    "the system's folders are given away",
    'FROM alpine\nRUN adduser -D app && chown -R app /etc /lib /usr /var /bin /sbin\nUSER app\nRUN apk add --no-cache curl\n',
    {},
  ],
  [
    'the whole system is given away',
    'FROM alpine\nRUN chown -R 1000:1000 /\nUSER 1000\nRUN apk add --no-cache curl\n',
    {},
  ],
  [
    'another program of that name',
    'FROM debian:13\nRUN printf \'#!/bin/sh\\nexec sudo /usr/bin/apt-get "$@"\\n\' > /usr/local/bin/apt-get && chmod +x /usr/local/bin/apt-get\nUSER 1000\nRUN apt-get install -y curl\n',
    {},
  ],
]);

testSound('a file written in another way', [
  [
    'the working directory is a volume',
    'FROM node:24\nWORKDIR /a\nCOPY server.js .\nWORKDIR /work\nVOLUME ["/work"]\nCMD ["node", "server.js"]\n',
    { 'server.js': '' },
  ],
  [
    'tee writes the accounts',
    'FROM alpine AS a\nRUN echo "web:x:1000:1000::/:" | tee /p\nFROM scratch\nCOPY --from=a /p /etc/passwd\nUSER web\n',
    {},
  ],
  [
    'tee writes a program',
    'FROM alpine\nRUN printf \'#!/bin/sh\\nexec sleep 1\\n\' | tee /usr/local/bin/tini && chmod +x /usr/local/bin/tini\nENTRYPOINT ["tini", "--", "sleep", "1"]\n',
    {},
  ],
  [
    'tee writes a shell',
    'FROM alpine\nRUN printf \'#!/bin/sh\\nexec sh "$@"\\n\' | tee /bin/bash && chmod +x /bin/bash\nCOPY e.sh /e.sh\nENTRYPOINT ["/e.sh"]\n',
    { 'e.sh': { text: '#!/bin/bash\n', isExecutable: true } },
  ],
  [
    'dd writes a program',
    'FROM alpine\nRUN echo x | dd of=/usr/local/bin/dumb-init && chmod 755 /usr/local/bin/dumb-init\nENTRYPOINT ["dumb-init"]\n',
    {},
  ],
  [
    'gunzip leaves a program',
    'FROM alpine\nADD https://x/dumb-init.gz /usr/local/bin/dumb-init.gz\nRUN gunzip /usr/local/bin/dumb-init.gz && chmod 755 /usr/local/bin/dumb-init\nENTRYPOINT ["dumb-init", "sh"]\n',
    {},
  ],
  [
    'xz leaves a program in the working directory',
    'FROM alpine\nWORKDIR /sbin\nRUN wget https://x/tini.xz && xz -d tini.xz && chmod +x tini\nENTRYPOINT ["tini", "--"]\n',
    {},
  ],
  [
    'gpg writes a program',
    'FROM alpine\nRUN gpg --batch -o /usr/local/bin/gosu -d /gosu.gpg && chmod +x /usr/local/bin/gosu\nENTRYPOINT ["gosu", "x"]\n',
    {},
  ],
  [
    'rustc writes a program',
    'FROM rust:1.90-alpine\nRUN rustc -o /usr/local/bin/tini tini.rs\nENTRYPOINT ["tini"]\n',
    {},
  ],
  [
    'zig writes a program',
    'FROM alpine\nRUN zig cc -o /usr/local/bin/su-exec su-exec.c\nENTRYPOINT ["su-exec", "x"]\n',
    {},
  ],
  [
    'openssl writes a program',
    'FROM alpine\nRUN apk add --no-cache openssl && openssl enc -d -in /x -out /usr/local/bin/tini && chmod +x /usr/local/bin/tini\nENTRYPOINT ["tini"]\n',
    {},
  ],
  [
    'build-dep brings packages',
    'FROM debian:13-slim\nRUN apt-get update && apt-get build-dep -y x && apt-get dist-upgrade -y\nHEALTHCHECK CMD curl -f localhost\n',
    {},
  ],
  [
    'a package outside of the removed group',
    'FROM alpine\nRUN apk add --no-cache curl && apk add --no-cache --virtual .b curl gcc && apk del .b\nHEALTHCHECK CMD curl -f localhost\n',
    {},
  ],
]);
