import type { LabCase } from './model.js';
import { launcherClass, program, serverJs, text } from './programs.js';

const noShell = 'exec: "/bin/sh": stat /bin/sh: no such file or directory';

/** Containers that do not start. */
export const startCases: readonly LabCase[] = [
  {
    rule: 'exec-form-invokes-shell',
    context: { app: program },
    fails: 'start',
    quote: 'exec: "sh": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'java-entrypoint-is-java-jar',
    context: { [`dependencies/${launcherClass}`]: { kind: 'java-class' } },
    fails: 'start',
    quote: 'Error: Unable to access jarfile org.springframework.boot.loader.launch.JarLauncher',
    remedy: 'fix',
  },
  {
    rule: 'package-runner-missing',
    context: { 'dist/server.js': text(serverJs) },
    fails: 'start',
    quote: "Error: Cannot find module '/app/npm'",
    remedy: 'good',
  },
  {
    rule: 'runtime-entrypoint-overridden-wrongly',
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: 'exec: "node": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'runtime-entrypoint-repeated',
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: "Error: Cannot find module '/app/node'",
    remedy: 'fix',
  },
  { rule: 'shell-form-cmd-no-shell', context: { server: program }, fails: 'start', quote: noShell, remedy: 'fix' },
  { rule: 'shell-form-entrypoint-no-shell', context: { myapp: program }, fails: 'start', quote: noShell, remedy: 'fix' },
  {
    rule: 'user-name-unresolvable',
    context: { app: program },
    fails: 'start',
    quote: 'unable to find user app: no matching entries in passwd file',
    seen: 'unknown user error looking up user "app"',
    remedy: 'fix',
  },
  {
    rule: 'healthcheck-shell-form-no-shell',
    context: { app: program },
    fails: 'health',
    quote: 'exec failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'healthcheck-tool-missing',
    context: { 'server.js': text(serverJs) },
    fails: 'health',
    quote: 'exec: "curl": executable file not found in $PATH',
    remedy: 'fix',
  },
];
