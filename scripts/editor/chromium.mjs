import { existsSync } from 'node:fs';
import { ensureDebianPackages, findOnPath } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** @returns {string} the path of a Chromium, which is installed with apt-get when there is none */
export function ensureChromium() {
  if (process.env.CHROMIUM && existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
  const find = () => names.map(findOnPath).find((path) => path !== null);
  ensureDebianPackages({ chromium: () => find() !== undefined }, 'the tests in a browser');
  return find();
}
