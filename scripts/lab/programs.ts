import type { ContextFile } from './model.js';

/** What every program of the lab prints once it runs. */
export const startedMark = 'lab: started';

/** Starts, answers a self-test and a health check, and serves port 8080 for good. */
export const serverC = `#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **words) {
  if (count > 1 && (!strcmp(words[1], "healthcheck") || !strcmp(words[1], "--self-test"))) return 0;
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(8080)};
  const char answer[] = "HTTP/1.0 200 OK\\r\\n\\r\\nok";
  int listening = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listening, (struct sockaddr *)&place, sizeof place) || listen(listening, 8)) return 1;
  puts("${startedMark}");
  fflush(stdout);
  for (;;) {
    char request[4096];
    int client = accept(listening, 0, 0);
    if (read(client, request, sizeof request) > 0) write(client, answer, sizeof answer - 1);
    close(client);
  }
}
`;

/** Looks up a host, as any server does, and so needs the C library when cgo is on. */
export const serverGo = `package main

import (
	"fmt"
	"net"
	"time"
)

func main() {
	net.LookupHost("localhost")
	fmt.Println("${startedMark}")
	time.Sleep(time.Hour)
}
`;

export const goModule = 'module example.com/app\n\ngo 1.19\n';

export const serverJs = `const { createServer } = require('node:http');
createServer((request, response) => response.end('ok')).listen(3000, () => console.log('${startedMark}'));
`;

export const serverPy = `from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words):
        pass

server = HTTPServer(('127.0.0.1', 8000), Handler)
print('${startedMark}', flush=True)
server.serve_forever()
`;

/** The lines of a start script after the first. */
export const waitingSh = `echo '${startedMark}'\nexec sleep 100\n`;

/** Stands for any Python program. */
export const gunicornPy = `print('${startedMark}', flush=True)\n`;

/** How pip installs `gunicornPy`, as a module and as a program. */
export const setupPy = `from setuptools import setup

setup(
    name='gunicorn',
    version='0',
    py_modules=['gunicorn'],
    entry_points={'console_scripts': ['gunicorn = gunicorn:main']},
)
`;

/** Opens a database and waits. */
export const sqliteGo = `package main

import (
	"database/sql"
	"fmt"
	"log"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	if err := db.Ping(); err != nil {
		log.Fatal(err)
	}
	fmt.Println("${startedMark}")
	time.Sleep(time.Hour)
}
`;

/** Compresses a text and waits. */
export const zstdGo = `package main

import (
	"fmt"
	"log"
	"time"

	"github.com/DataDog/zstd"
)

func main() {
	if _, err := zstd.Compress(nil, []byte("text")); err != nil {
		log.Fatal(err)
	}
	fmt.Println("${startedMark}")
	time.Sleep(time.Hour)
}
`;

export const mainRs = `fn main() {
    println!("${startedMark}");
    std::thread::sleep(std::time::Duration::from_secs(3600));
}
`;

export const mainJava = `public class Main {
  public static void main(String[] words) throws Exception {
    System.out.println("${startedMark}");
    Thread.sleep(3600000);
  }
}
`;

export const launcherJava = `package org.springframework.boot.loader.launch;

public class JarLauncher {
  public static void main(String[] words) throws Exception {
    System.out.println("${startedMark}");
    Thread.sleep(3600000);
  }
}
`;

export const launcherClass = 'org/springframework/boot/loader/launch/JarLauncher.class';

export function text(content: string): ContextFile {
  return { kind: 'text', text: content };
}

/** Text that may be executed. */
export function script(content: string): ContextFile {
  return { kind: 'text', text: content, mode: 0o755 };
}

/** A statically linked program that does what `serverC` says. */
export const program: ContextFile = { kind: 'program' };
