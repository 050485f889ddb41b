import { createServer } from 'node:http';
import { transform } from 'lightningcss';

const { code } = transform({ filename: 'page.css', code: Buffer.from('a { color: red }'), minify: true });
createServer((_request, response) => response.end(code)).listen(8080);
