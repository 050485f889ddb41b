const inits = /(^|\/)(tini|dumb-init|catatonit|docker-init)(-static)?$/;

/** A program that only starts another one and cares for its signals and children. */
export function isInit(program: string): boolean {
  return inits.test(program);
}
