import { createServer } from 'node:http';

createServer((request, response) => response.end('hello\n')).listen(3000);
