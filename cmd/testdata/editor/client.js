// The protocol's own client, as VS Code has it, against coachlog lsp: it says what TestProtocolClient reads.
const path = require('node:path')
const fs = require('node:fs')
const { spawn } = require('node:child_process')
const { pathToFileURL } = require('node:url')
const modules = path.join(process.env.COACHLOG_EDITOR, 'node_modules')
const p = require(require.resolve('vscode-languageserver-protocol/node', { paths: [modules] }))

const server = spawn('coachlog', ['--today', '2026-08-10', 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
const connection = p.createProtocolConnection(new p.StreamMessageReader(server.stdout), new p.StreamMessageWriter(server.stdin))
const ended = new Promise(done => server.on('exit', done))
const uri = name => pathToFileURL(path.resolve(name)).toString()
const say = (...words) => console.log(...words)

const log = 'people/ana/2026-08-03.md', before = 'people/ana/2026-07-27.md'
let found = new Map(), told = () => {}, watchers = []
connection.onNotification(p.PublishDiagnosticsNotification.type, d => { found.set(d.uri, d); told() })
connection.onRequest(p.RegistrationRequest.type, r => { watchers.push(...r.registrations.map(r => r.method)) })
connection.listen()

async function until(name, holds) {
  const end = Date.now() + 10000
  while (!holds(found.get(uri(name))?.diagnostics ?? null)) {
    if (Date.now() > end) throw new Error(`${name}: ${JSON.stringify(found.get(uri(name)))}`)
    await new Promise(go => { told = go; setTimeout(go, 50) })
  }
}
const has = text => all => all !== null && all.some(d => d.message.includes(text))
const not = text => all => all !== null && !all.some(d => d.message.includes(text))

async function main() {
  const ready = await connection.sendRequest(p.InitializeRequest.type, {
    processId: process.pid, rootUri: uri('.'), workspaceFolders: null,
    capabilities: {
      general: { positionEncodings: ['utf-8', 'utf-16'] },
      workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } },
    },
  })
  say('places in', ready.capabilities.positionEncoding)
  await connection.sendNotification(p.InitializedNotification.type, {})

  let text = fs.readFileSync(log, 'utf8').replace('- [ ] Walk', '- [x] Walk')
  const document = { uri: uri(log) }
  await connection.sendNotification(p.DidOpenTextDocumentNotification.type, { textDocument: { ...document, languageId: 'markdown', version: 1, text } })
  await until(log, has('nobody noted what came of "Sit beside Ana for an hour"'))
  const d = found.get(uri(log)).diagnostics.find(d => d.message.includes('nobody noted'))
  say(d.source, d.code, 'of version', found.get(uri(log)).version)
  while (watchers.length === 0) await new Promise(go => setTimeout(go, 10))
  say('watches', watchers.join(' '))

  const actions = await connection.sendRequest(p.CodeActionRequest.type, { textDocument: document, range: d.range, context: { diagnostics: [d], only: ['quickfix'] } })
  for (const a of actions) say('action:', a.title, a.kind)
  const [edit] = actions.find(a => a.title.startsWith('Carry on "Sit')).edit.documentChanges
  say('for version', edit.textDocument.version)
  await connection.sendNotification(p.DidChangeTextDocumentNotification.type, { textDocument: { ...document, version: 2 }, contentChanges: edit.edits.map(e => ({ range: e.range, text: e.newText })) })
  await until(log, not('nobody noted'))
  const symbols = await connection.sendRequest(p.DocumentSymbolRequest.type, { textDocument: document })
  say('followed:', symbols.find(s => s.name === 'Follow-through').children.map(s => `${s.detail} ${s.name}`).join(' | '))

  // Somebody else changes another log, as git does, and the editor tells of it.
  fs.writeFileSync(before, fs.readFileSync(before, 'utf8').replace('^sit @josh', '^sit @josh\n  - [ ] Read the guide ^guide'))
  await connection.sendNotification(p.DidChangeWatchedFilesNotification.type, { changes: [{ uri: uri(before), type: p.FileChangeType.Changed }] })
  await until(log, has('"Read the guide" ^guide'))
  say('a change of another file is seen')

  const lenses = await connection.sendRequest(p.CodeLensRequest.type, { textDocument: document })
  say('lenses:', lenses.length)
  await connection.sendNotification(p.DidOpenTextDocumentNotification.type, { textDocument: { uri: uri(before), languageId: 'markdown', version: 7, text: fs.readFileSync(before, 'utf8') } })
  for (const l of await connection.sendRequest(p.CodeLensRequest.type, { textDocument: { uri: uri(before) } })) say('lens:', l.command.title)
  const line = fs.readFileSync(before, 'utf8').split('\n').findIndex(l => l.includes('^checklist'))
  const at = { textDocument: { uri: uri(before) }, position: { line, character: 57 } }
  const places = await connection.sendRequest(p.ReferencesRequest.type, { ...at, context: { includeDeclaration: true } })
  say('references:', places.map(l => path.basename(l.uri) + ':' + (l.range.start.line + 1)).join(' '))
  const renamed = await connection.sendRequest(p.RenameRequest.type, { ...at, newName: 'walk' })
  say('rename:', renamed.documentChanges.map(c => path.basename(c.textDocument.uri) + ' version ' + c.textDocument.version).join(', '))
  const folds = await connection.sendRequest(p.FoldingRangeRequest.type, { textDocument: document })
  say('folds:', folds.map(f => `${f.startLine}-${f.endLine}`).join(' '))
  const form = await connection.sendRequest(p.DocumentFormattingRequest.type, { textDocument: document, options: { tabSize: 2, insertSpaces: true } })
  say('form:', JSON.stringify(form))

  try {
    await connection.sendRequest('coachlog/nothing', {})
  } catch (e) { say('unknown:', e.code) }
  await connection.sendNotification(p.DidCloseTextDocumentNotification.type, { textDocument: document })
  await until(log, has('there is a remark on'))
  say('closed: what the file says counts')
  await connection.sendRequest(p.ShutdownRequest.type)
  await connection.sendNotification(p.ExitNotification.type)
  say('ended with', await ended)
}

main().catch(e => { say('FAILED', e.stack); server.kill() }).finally(() => process.exit())
