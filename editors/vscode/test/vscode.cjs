// A stand-in for the module that VS Code gives its extensions: what coachlog's own code
// asks for is written out, and all else does nothing.
const { pathToFileURL, fileURLToPath } = require("node:url");

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.slice(0, text.indexOf(":"));
  }
  static file = (path) => new Uri(pathToFileURL(path).href);
  static parse = (text) => new Uri(text);
  get fsPath() {
    return fileURLToPath(this.text);
  }
  toString = () => this.text;
}

class EventEmitter {
  listeners = [];
  event = (listener) => {
    this.listeners.push(listener);
    return { dispose: () => {} };
  };
  fire = (what) => Promise.all(this.listeners.map((listener) => listener(what)));
  dispose() {}
}

/** Whatever nobody has written out: a class, a function and a folder of more of them. */
function anything(written) {
  return new Proxy(written, {
    get: (_, name) => {
      if (name in written) {
        return written[name];
      }
      if (typeof name === "symbol" || name === "then") {
        return undefined;
      }
      if (name === "dispose") {
        return () => {};
      }
      const nothing = anything(class {});
      return (written[name] = /^[A-Z]/.test(name) ? nothing : anything(function () { return { dispose() {} }; }));
    },
  });
}

function stub(state) {
  const trusted = new EventEmitter();
  const created = new EventEmitter();
  const deleted = new EventEmitter();
  const configured = new EventEmitter();
  const commands = {};
  Object.assign(state, { trusted, created, deleted, configured, commands, said: [], opened: [], ran: [], picks: [] });
  return anything({
    version: "1.91.0",
    TaskScope: { Workspace: 2 },
    Uri,
    EventEmitter,
    RelativePattern: class {
      constructor(base, pattern) {
        Object.assign(this, { base, pattern });
      }
    },
    ProcessExecution: class {
      constructor(program, args, options) {
        Object.assign(this, { program, args, options });
      }
    },
    Task: class {
      constructor(definition, scope, name, source, execution) {
        Object.assign(this, { definition, scope, name, source, execution });
      }
    },
    env: anything({ language: "en", appName: "test", openExternal: async (uri) => state.opened.push(String(uri)) }),
    commands: anything({
      registerCommand: (name, run) => ((commands[name] = run), { dispose() {} }),
      executeCommand: async (...what) => state.opened.push(what.join(" ")),
    }),
    tasks: { executeTask: async (task) => state.ran.push(task.execution) },
    languages: anything({
      match: (selector, { uri, languageId }) => {
        const fits = ({ language, scheme, pattern: { base, pattern } }) =>
          language === languageId && scheme === uri.scheme && uri.fsPath.startsWith(base.fsPath + "/") && uri.fsPath.endsWith(pattern.replace("**/*", ""));
        return selector.some(fits) ? 10 : 0;
      },
      createDiagnosticCollection: () => anything({}),
    }),
    window: anything({
      get activeTextEditor() {
        return state.editor;
      },
      visibleTextEditors: [],
      tabGroups: anything({ all: [] }),
      createOutputChannel: () => anything({ logLevel: 0, error: (text) => state.said.push(text) }),
      showWarningMessage: async (text) => (state.said.push(text), state.picks.shift()),
      showErrorMessage: async (text) => void state.said.push(text),
      showQuickPick: async (folders) => (state.offered = folders, folders[0]),
    }),
    workspace: anything({
      get isTrusted() {
        return state.isTrusted ?? true;
      },
      get textDocuments() {
        return state.documents ?? [];
      },
      notebookDocuments: [],
      workspaceFolders: [{ uri: Uri.file(state.folder), name: "logbook", index: 0 }],
      getWorkspaceFolder: () => undefined,
      findFiles: async () => state.logbooks.map((folder) => Uri.file(`${folder}/coachlog.yaml`)),
      onDidGrantWorkspaceTrust: trusted.event,
      onDidChangeConfiguration: configured.event,
      createFileSystemWatcher: () => anything({ onDidCreate: created.event, onDidDelete: deleted.event }),
      getConfiguration: () => anything({ get: (key, otherwise) => (key === "path" ? state.path : otherwise) }),
    }),
  });
}

module.exports = { stub, Uri };
