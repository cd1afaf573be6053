#!/usr/bin/env node
// A stand-in for coachlog: it writes down how it was started and what a client tells it.
import { appendFileSync } from "node:fs";

const note = (what) => appendFileSync(process.env.FAKE_COACHLOG_NOTES, JSON.stringify(what) + "\n");
const args = process.argv.slice(2);
if (args.join(" ") === "lsp --help") {
  note({ asked: { cwd: process.cwd() } });
  process.exit(process.env.FAKE_COACHLOG_OLD ? 2 : 0);
}
note({ started: { args, cwd: process.cwd() } });
if (process.env.FAKE_COACHLOG_ENDS) {
  process.exit(1);
}

const send = (message) => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};

const answer = ({ id, method, params }) => {
  if (method === "exit") {
    process.exit(0); // nobody waits for what would be noted now
  }
  note({ method, params });
  if (method === "initialize") {
    send({ id, result: { capabilities: { textDocumentSync: 1 } } });
  } else if (id !== undefined) {
    send({ id, result: null });
  }
};

let unread = Buffer.alloc(0);
process.stdin.on("data", (more) => {
  unread = Buffer.concat([unread, more]);
  for (;;) {
    const body = unread.indexOf("\r\n\r\n") + 4;
    const length = Number(/Content-Length: (\d+)/i.exec(unread.subarray(0, body))?.[1]);
    if (body < 4 || unread.length < body + length) {
      return;
    }
    const message = unread.subarray(body, body + length);
    unread = unread.subarray(body + length);
    answer(JSON.parse(message));
  }
});
