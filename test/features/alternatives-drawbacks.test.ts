import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/analyze.js';
import { extendCatalog } from '../../server/src/catalog/catalog.js';
import type { VendorData } from '../../server/src/catalog/data-model.js';
import { alternatives } from '../../server/src/features/alternatives.js';
import { drawback, factsOf, names, world } from '../support/alternatives.js';
import { markdownAt } from '../support/cursor.js';
import { emptyVendor } from '../support/vendor.js';

const distroless = 'gcr.io/distroless/nodejs24-debian13:nonroot';

test('what has to change is said, the hardest first', () => {
  const text = 'FROM node:24\nRUN npm ci\nHEALTHCHECK CMD curl -f http://localhost/\nCMD node server.js\n';
  assert.match(
    drawback(text, distroless),
    /^RUN on line 2 has to move to a build stage; exec form is needed on line 4; it has no 'curl' for HEALTHCHECK on line 3$/,
  );
  assert.match(
    drawback('FROM node:24\nCMD ["node", "a.js"]\n', distroless),
    /it starts '\/nodejs\/bin\/node' itself, so leave 'node' out of CMD/,
  );
  assert.match(
    drawback('FROM node:24\nENTRYPOINT ["node", "a.js"]\n', distroless),
    /ENTRYPOINT has to name '\/nodejs\/bin\/node'/,
  );
  assert.match(drawback('FROM node:24\nCMD ["node", "a.js"]\n', 'node:24-alpine'), /^musl instead of glibc/);
  assert.match(
    drawback('FROM node:24\nUSER node\nCMD ["node", "a.js"]\n', distroless),
    /it has no account 'node' for USER on line 2/,
  );
});

test('another version of the language is named only where a family has nothing else, and said first', () => {
  const text = 'FROM php:8.4-fpm\nCOPY . .\n';
  assert.match(drawback(text, 'cgr.dev/chainguard/php'), /^it has PHP 8\.[5-9]/);
  for (const reference of names(text)) {
    const { runtime } = factsOf(reference);
    const version = runtime.known ? runtime.value?.version : null;
    assert.ok(version?.startsWith('8.4') || /^it has PHP/.test(drawback(text, reference)), reference);
  }
});

test('installing what the other base has already is no obstacle', () => {
  const text =
    'FROM golang:1.26 AS b\nRUN CGO_ENABLED=0 go build -o /app .\nFROM debian:13\nRUN apt-get update && apt-get install -y ca-certificates\nCOPY --from=b /app /app\nCMD ["/app"]\n';
  assert.equal(drawback(text, 'gcr.io/distroless/static-debian13:nonroot'), '');
});

test('the hover lists them with their drawbacks', () => {
  const text = markdownAt('FROM $0node:24\nCMD node a.js\n');
  assert.match(
    text,
    /\*\*Smaller or safer bases that fit\*\*\n- `[\w./:-]+`: no shell .*\. \*But\* .*exec form is needed/,
  );
});

test('what was not read of an image is said, not taken for granted', () => {
  const invented: VendorData = {
    ...emptyVendor,
    repositories: {
      'images.example.com/node': {
        purpose: 'runtime',
        language: 'node',
        shared: { shells: '', packageManager: null, libc: 'glibc:2.41', os: 'debian:13' },
        images: [{ tags: '24' }],
      },
    },
  };
  const catalog = extendCatalog(world.catalog, { files: [invented], mirrors: [], prefer: ['example'] });
  const analysis = analyze('FROM node:24\nUSER node\nCMD ["npm", "start"]\n', { ...world, catalog });
  const [first] = analysis.stages.flatMap((stage) => alternatives(analysis, stage));
  assert.equal(first?.reference, 'images.example.com/node:24');
  assert.equal(first.why, 'no shell or package manager');
  assert.equal(
    first.drawback,
    "whether it has 'npm' for CMD on line 3 is not known; its ENTRYPOINT was not read; " +
      "whether it has the account 'node' for USER on line 2 is not known",
  );
});
