import { expandWord } from '../stages/expand.js';
import type { Dockerfile } from '../syntax/model.js';
import type { Span } from '../text/span.js';
import { lineage } from './bases.js';
import { startProcess } from './query.js';
import { variable } from './scene.js';
import type { Stage } from './state.js';

/** A sign that a program listens on a port. `expose` only documents it. */
export type PortSign = { readonly port: number; readonly by: 'expose' | 'env' | 'argument'; readonly span: Span };

/** The ports that EXPOSE, variables and the arguments of the start command name; the surest come last. */
export function portSigns(stage: Stage, file: Dockerfile): PortSign[] {
  return [...exposed(stage, file), ...inEnvironment(stage), ...inArguments(stage)];
}

function exposed(stage: Stage, { escape }: Dockerfile): PortSign[] {
  return lineage(stage).flatMap(({ steps }) =>
    steps.flatMap(({ instruction, before }) => {
      if (instruction.kind !== 'expose' || instruction.isOnbuild) return [];
      return instruction.words.flatMap(({ text, span }): PortSign[] => {
        const lookup = (name: string) => variable(before, name);
        const { value } = expandWord(text, { lookup, isUnset: () => false, escape });
        const port = /^(\d+)(\/\w+)?$/.exec(value ?? '')?.[1];
        return port ? [{ port: Number(port), by: 'expose', span }] : [];
      });
    }),
  );
}

const variables =
  /^((APP_|HTTP_|HTTPS_|SERVER_|LISTEN_|WEB_|API_|NODE_|NUXT_|NITRO_)?PORT|ASPNETCORE_(HTTP_PORTS|HTTPS_PORTS|URLS)|LISTEN_ADDR(ESS)?|BIND_ADDR(ESS)?)$/;

function inEnvironment({ end }: Stage): PortSign[] {
  return [...end.env.entries()].flatMap(([name, fact]) => {
    if (!variables.test(name) || !fact.known || fact.value === null) return [];
    const at = fact.because.find(({ kind }) => kind === 'instruction');
    if (at?.kind !== 'instruction') return [];
    return numbersIn(fact.value).map((port) => ({ port, by: 'env' as const, span: at.span }));
  });
}

/** `80`, `0.0.0.0:80`, `http://+:80;https://+:443`. */
function numbersIn(value: string): number[] {
  return value.split(/[;,]/).flatMap((part) => {
    const port = /^(?:\S*:)?(\d{1,5})\/?$/.exec(part.trim())?.[1];
    return port ? [Number(port)] : [];
  });
}

const options =
  /^(--(http-|https-|server-|listen-|web-)?(port|addr|address|listen|bind)|--server\.port|-Dserver\.port|-b|-p)$/;

function inArguments({ end }: Stage): PortSign[] {
  const process = startProcess(end);
  const value = process.known ? process.value : null;
  const at = value?.instruction;
  if (!value || !at || value.form === 'shell') return [];
  return value.argv.flatMap((word, index) => {
    const [, name = word, own] = /^(--?[\w.-]+)=(.*)$/.exec(word) ?? [];
    const given = own ?? value.argv[index + 1] ?? '';
    return options.test(name) ? numbersIn(given).map((port) => ({ port, by: 'argument' as const, span: at.span })) : [];
  });
}
