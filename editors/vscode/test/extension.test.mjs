import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, test } from "node:test";

const require = createRequire(import.meta.url);
const { stub, Uri } = require("./vscode.cjs");
const fake = new URL("fake-coachlog.mjs", import.meta.url).pathname;

let state, extension;

beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "coachlog-")));
  const log = { languageId: "markdown", version: 1, getText: () => "- [ ] Calmer calls\n", uri: Uri.file(join(folder, "people/ana/2026-07-06.md")), fileName: "", isClosed: false };
  const other = { ...log, uri: Uri.file("/elsewhere/README.md") };
  state = { folder, logbooks: [folder], path: fake, documents: [log, other] };
  process.env.FAKE_COACHLOG_NOTES = join(folder, "notes");
  delete process.env.FAKE_COACHLOG_OLD;
  delete process.env.FAKE_COACHLOG_ENDS;
  writeFileSync(join(folder, "notes"), "");
  const vscode = stub(state);
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
  const bundle = require.resolve("../out/extension.js");
  delete require.cache[bundle];
  extension = require(bundle);
  Module._load = load;
});

afterEach(async () => {
  await extension.deactivate();
  rmSync(state.folder, { recursive: true, maxRetries: 20 });
});

const activate = () => extension.activate({ subscriptions: [] });
const notes = () => readFileSync(process.env.FAKE_COACHLOG_NOTES, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const starts = () => notes().filter((note) => note.started).length;

async function told(method) {
  for (let wait = 0; wait < 200; wait++) {
    const found = notes().filter((note) => note.method === method);
    if (found.length > 0) {
      return found.map((note) => note.params);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`the server wasn't told ${method}: ${JSON.stringify(notes())}\n${state.said.join("\n")}`);
}

test("starts coachlog lsp outside of the folder, and tells it of the logbook's logs only", async () => {
  await activate();
  const [initialize] = await told("initialize");
  const cwd = realpathSync(homedir());
  assert.deepEqual(notes().slice(0, 2), [{ asked: { cwd } }, { started: { args: ["lsp"], cwd } }]);
  assert.equal(initialize.workspaceFolders[0].uri, pathToFileURL(state.folder).href);
  const opened = await told("textDocument/didOpen");
  assert.deepEqual(opened.map((params) => params.textDocument.uri), [String(state.documents[0].uri)]);
  assert.deepEqual(state.said, []);
});

test("restarts, one server at a time, and stops", async () => {
  await activate();
  await Promise.all([state.commands["coachlog.restart"](), state.commands["coachlog.restart"]()]);
  await state.configured.fire({ affectsConfiguration: (key) => key === "coachlog.path" });
  await extension.deactivate();
  const order = notes().map((note) => note.method ?? (note.started && "start")).filter((what) => what === "start" || what === "shutdown");
  assert.deepEqual(order, ["start", "shutdown", "start", "shutdown", "start", "shutdown", "start", "shutdown"]);
});

test("starts nothing in a folder that isn't trusted, until it is", async () => {
  state.isTrusted = false;
  await activate();
  assert.equal(starts(), 0);
  state.isTrusted = true;
  await state.trusted.fire();
  assert.equal(starts(), 1);
});

test("starts nothing without a logbook, until there is one", async () => {
  state.logbooks = [];
  await activate();
  assert.equal(starts(), 0);
  state.logbooks = [state.folder];
  await state.created.fire();
  assert.equal(starts(), 1);
  state.logbooks = [];
  await state.deleted.fire();
  assert.equal((await told("shutdown")).length, 1);
  assert.equal(starts(), 1);
});

test("starts again after a server that ended at once", async () => {
  process.env.FAKE_COACHLOG_ENDS = "1";
  await activate();
  assert.match(state.said.join("\n"), /coachlog stopped/);
  delete process.env.FAKE_COACHLOG_ENDS;
  await state.commands["coachlog.restart"]();
  assert.equal((await told("initialized")).length, 1);
});

test("says that the program wasn't found, and where to get it", async () => {
  state.path = "no-such-coachlog";
  state.picks = ["How to install"];
  await activate();
  assert.match(state.said.join("\n"), /"no-such-coachlog" wasn't found/);
  assert.deepEqual(state.opened, ["https://github.com/coachlog/coachlog#install"]);
});

test("says that the program is too old", async () => {
  process.env.FAKE_COACHLOG_OLD = "1";
  state.picks = ["Open settings"];
  await activate();
  assert.match(state.said.join("\n"), /doesn't know "coachlog lsp"/);
  assert.deepEqual(state.opened, ["workbench.action.openSettings coachlog.path"]);
});

test("checks the logbook of the open file", async () => {
  const inner = join(state.folder, "examples/team");
  state.logbooks = [state.folder, inner];
  await activate();
  state.editor = { document: { uri: Uri.file(join(inner, "people/ana/plan.md")) } };
  await state.commands["coachlog.check"]();
  state.editor = undefined;
  await state.commands["coachlog.check"]();
  assert.deepEqual(state.offered, [inner, state.folder]);
  assert.deepEqual({ ...state.ran[0] }, { program: fake, args: ["check", "-C", inner], options: { cwd: homedir() } });
  assert.equal(state.ran.length, 2);
});
