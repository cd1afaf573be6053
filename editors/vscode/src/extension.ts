import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { dirname, sep } from "node:path";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, type ErrorHandler, type ServerOptions } from "vscode-languageclient/node";

const installPage = "https://github.com/coachlog/coachlog#install";

let log: vscode.LogOutputChannel;
let client: LanguageClient | undefined;
let turn: Promise<void> = Promise.resolve();

export function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("coachlog", { log: true });
  const settings = vscode.workspace.createFileSystemWatcher("**/coachlog.yaml", false, true, false);
  context.subscriptions.push(
    log,
    settings,
    settings.onDidCreate(restart),
    settings.onDidDelete(restart),
    vscode.commands.registerCommand("coachlog.restart", restart),
    vscode.commands.registerCommand("coachlog.check", check),
    vscode.workspace.onDidChangeWorkspaceFolders(restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("coachlog.path")) {
        restart();
      }
    }),
  );
  return restart();
}

export function deactivate(): Promise<void> {
  return inTurn(stop);
}

function restart(): Promise<void> {
  return inTurn(async () => {
    await stop();
    await start();
  });
}

/** Two starts at once would leave a server behind that nobody stops. */
function inTurn(step: () => Promise<void>): Promise<void> {
  turn = turn.then(step).catch((error) => log.error(String(error)));
  return turn;
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose().catch(() => undefined); // one that never started can't be stopped
}

async function start(): Promise<void> {
  const logbooks = await findLogbooks();
  if (!vscode.workspace.isTrusted || logbooks.length === 0) {
    return;
  }
  const problem = await whyNot(program());
  if (problem) {
    tell(problem);
    return;
  }
  client = new LanguageClient("coachlog", "coachlog", server(program()), {
    documentSelector: logbooks.map((folder) => ({
      scheme: "file",
      language: "markdown",
      pattern: { baseUri: folder.toString(), pattern: "**/*.md" },
    })),
    outputChannel: log,
    errorHandler: handler,
  });
  await client.start();
}

function program(): string {
  return vscode.workspace.getConfiguration("coachlog").get("path", "") || "coachlog";
}

// Windows looks for a program in the current folder first, and a folder that somebody
// opens could hold one of that name: coachlog never starts there.
const outside = { cwd: homedir() };

function server(path: string): ServerOptions {
  return { command: path, args: ["lsp"], options: outside };
}

/** The client's own handler starts a server anew, which would run beside the next restart's. */
const handler: ErrorHandler = {
  error: () => ({ action: ErrorAction.Continue }),
  closed: () => ({
    action: CloseAction.DoNotRestart,
    message: 'coachlog stopped. "coachlog: Restart" starts it again; the output "coachlog" shows what it said last.',
  }),
};

/** What keeps coachlog from starting, in words for the user; nothing where it would. */
function whyNot(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["lsp", "--help"], { ...outside, timeout: 20_000 }, (error, _out, stderr) => {
      if (!error) {
        resolve(undefined);
      } else if (error.code === "ENOENT") {
        resolve(`"${path}" wasn't found, so logs aren't checked while you write. Install coachlog, or set its path in the settings.`);
      } else if (typeof error.code === "number") {
        log.error(stderr);
        resolve(`This coachlog ("${path}") doesn't know "coachlog lsp". Install a newer one.`);
      } else {
        resolve(`coachlog can't be started: ${error.message}`);
      }
    });
  });
}

async function tell(problem: string): Promise<void> {
  log.error(problem);
  const install = "How to install";
  const settings = "Open settings";
  const chosen = await vscode.window.showWarningMessage(problem, install, settings);
  if (chosen === install) {
    await vscode.env.openExternal(vscode.Uri.parse(installPage));
  } else if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "coachlog.path");
  }
}

async function findLogbooks(): Promise<vscode.Uri[]> {
  const settings = await vscode.workspace.findFiles("**/coachlog.yaml", "**/node_modules/**");
  return settings.filter((file) => file.scheme === "file").map((file) => vscode.Uri.file(dirname(file.fsPath)));
}

async function check(): Promise<void> {
  const folder = await chooseLogbook(await findLogbooks());
  if (!folder) {
    return;
  }
  const run = new vscode.ProcessExecution(program(), ["check", "-C", folder], outside);
  const task = new vscode.Task({ type: "coachlog" }, vscode.TaskScope.Workspace, "check", "coachlog", run);
  await vscode.tasks.executeTask(task);
}

/** The logbook of the open file, else the only one, else the one that somebody picks. */
async function chooseLogbook(logbooks: vscode.Uri[]): Promise<string | undefined> {
  const folders = logbooks.map((folder) => folder.fsPath).sort((a, b) => b.length - a.length);
  const open = vscode.window.activeTextEditor?.document.uri.fsPath;
  const around = folders.find((folder) => open?.startsWith(folder + sep));
  return around ?? (folders.length > 1 ? vscode.window.showQuickPick(folders) : folders[0]);
}
