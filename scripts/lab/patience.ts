/** A slow machine is no difference: what runs out of time is done once more, with this many times the time. */
const longer = 4;

/** Every time limit is multiplied by it. */
let factor = 1;

/** The time limit that counts now, in seconds. */
export function secondsFor(seconds: number): number {
  return seconds * factor;
}

/** What is thrown when something has run for longer than it may; `seconds` is the limit of a first attempt. */
export function lateness(what: string, seconds: number): Error {
  return new Error(`${what} did not end within ${secondsFor(seconds)} seconds.`, { cause: lateness });
}

export function isLate(error: unknown): error is Error {
  return error instanceof Error && error.cause === lateness;
}

/**
 * Does it once more with longer limits when the first attempt was late. Throws what `isLate` knows when both were.
 * `name` tells people what it is.
 */
export async function patiently<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isLate(error)) throw error;
    console.log(`too slow ${name}: ${error.message} Once more, with ${longer} times as long.`);
  }
  factor = longer;
  try {
    return await action();
  } finally {
    factor = 1;
  }
}
