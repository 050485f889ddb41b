import { dockerfile } from '../../server/src/rules/rule.js';
import type { LabCase } from './model.js';
import { script, text, waitingSh } from './programs.js';

const noApk = 'it installs with apk, which no package of Debian holds';

/** Scripts that a container is started with. */
export const scriptCases: readonly LabCase[] = [
  {
    rule: 'entrypoint-script-crlf',
    context: { 'entrypoint.sh': script(withReturns(`#!/bin/sh\nset -e\n${waitingSh}`)) },
    fails: 'start',
    quote: 'exec /entrypoint.sh: no such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'entrypoint-script-crlf',
    variant: 'through env',
    context: { 'entrypoint.sh': script(withReturns(`#!/usr/bin/env bash\n${waitingSh}`)) },
    fails: 'start',
    quote: "/usr/bin/env: 'bash\\r': No such file or directory",
    remedy: 'fix',
  },
  {
    rule: 'entrypoint-script-crlf',
    variant: 'with an option',
    context: { 'entrypoint.sh': script(withReturns(`#!/bin/sh -e\n${waitingSh}`)) },
    fails: 'start',
    quote: '/bin/sh: 0: Illegal option -',
    remedy: 'fix',
  },
  {
    rule: 'script-entrypoint-no-interpreter',
    context: { 'entrypoint.sh': script(`#!/bin/bash\n${waitingSh}`) },
    fails: 'start',
    quote: 'exec /entrypoint.sh: no such file or directory',
    remedy: { notStaged: noApk },
  },
  {
    rule: 'script-entrypoint-no-interpreter',
    variant: 'through a shell',
    instead: {
      dockerfile: dockerfile`
        FROM alpine:3.24
        COPY entrypoint.sh /entrypoint.sh
        CMD /entrypoint.sh
      `,
      because: 'The second error that the page quotes.',
    },
    context: { 'entrypoint.sh': script(`#!/bin/bash\n${waitingSh}`) },
    fails: 'start',
    quote: '/bin/sh: /entrypoint.sh: not found',
    remedy: { notStaged: noApk },
  },
  {
    rule: 'script-entrypoint-no-interpreter',
    variant: 'no first line',
    instead: {
      dockerfile: dockerfile`
        FROM alpine:3.24
        COPY entrypoint.sh /entrypoint.sh
        ENTRYPOINT ["/entrypoint.sh"]
      `,
      because: 'The third error that the page quotes.',
    },
    context: { 'entrypoint.sh': script(waitingSh) },
    fails: 'start',
    quote: 'exec format error',
    remedy: { notStaged: 'only a person can tell what the script is written for' },
  },
  {
    rule: 'entrypoint-not-executable',
    variant: 'mode of the file',
    instead: {
      dockerfile: dockerfile`
        FROM debian:13
        COPY tool /usr/local/bin/tool
        ENTRYPOINT ["/usr/local/bin/tool"]
      `,
      because: 'The script in the build context has mode 0644, and COPY keeps it.',
    },
    context: { tool: text(`#!/bin/sh\n${waitingSh}`) },
    fails: 'start',
    quote: 'exec: "/usr/local/bin/tool": permission denied',
    remedy: 'fix',
  },
];

function withReturns(content: string): string {
  return content.replaceAll('\n', '\r\n');
}
