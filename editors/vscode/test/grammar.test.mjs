// Reads lines with VS Code's own tokenizer and its grammar of markdown.
import html from "@shikijs/langs/html-derivative";
import markdown from "@shikijs/langs/markdown";
import yaml from "@shikijs/langs/yaml";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const textmate = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const extension = new URL("..", import.meta.url).pathname;
const injected = require("../package.json").contributes.grammars.map(({ path }) => JSON.parse(readFileSync(join(extension, path), "utf8")));
const grammars = new Map([...html, ...yaml, ...markdown, ...injected].map((grammar) => [grammar.scopeName, grammar]));

await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({ createOnigScanner: (sources) => new oniguruma.OnigScanner(sources), createOnigString: (text) => new oniguruma.OnigString(text) }),
  loadGrammar: async (scope) => grammars.get(scope) ?? null,
  getInjections: (scope) => (scope === "text.html.markdown" ? injected.map((grammar) => grammar.scopeName) : undefined),
});
const grammar = await registry.loadGrammar("text.html.markdown");

/** What coachlog's scopes say of each line: its pieces as "scope: text", without ".coachlog". */
function linesColoured(text) {
  let state = textmate.INITIAL;
  return text.split("\n").map((line) => {
    const read = grammar.tokenizeLine(line, state);
    state = read.ruleStack;
    return read.tokens.flatMap(({ startIndex, endIndex, scopes }) => {
      const scope = scopes.findLast((scope) => scope.endsWith(".coachlog") && !scope.startsWith("meta."));
      return scope ? [`${scope.replace(".coachlog", "")}: ${line.slice(startIndex, endIndex)}`] : [];
    });
  });
}

const mark = (name, box) => `constant.language.mark.${name}: ${box}`;
const token = "keyword.other.token";

const cases = {
  "- [ ] Open\n- [x] Done\n- [X] Done\n- [/] Partly\n- [n] Not done\n- [N] Not done\n- [!] Blocked\n- [-] Dropped\n- [>] Carried": [
    mark("open", "[ ]"), mark("done", "[x]"), mark("done", "[X]"), mark("partly", "[/]"), mark("not-done", "[n]"), mark("not-done", "[N]"),
    mark("blocked", "[!]"), mark("dropped", "[-]"), mark("carried", "[>]"),
  ],
  "* [ ] One\n1. [x] Two\n\n   2) [n] Three\n+    [/] Four\n- [x]": [mark("open", "[ ]"), mark("done", "[x]"), mark("not-done", "[n]"), mark("partly", "[/]"), mark("done", "[x]")],
  "- [?] Unknown\n- see [x] there\n- [x]glued\n[x] no item": [],
  "- [ ] Calmer calls ^calm metric:aht<=390 due:2026-07-31": [
    mark("open", "[ ]"), "punctuation.definition.id: ^", "entity.other.attribute-name.id: calm",
    `${token}: metric:`, "variable.other.metric: aht", "keyword.operator.comparison: <=", "constant.numeric.target: 390", `${token}: due:`, "constant.numeric.date: 2026-07-31",
  ],
  "- [ ] Goal\n  - [n] Plan two hours @josh by:ana skill:notes every:week": [
    mark("open", "[ ]"), mark("not-done", "[n]"), "punctuation.definition.person: @", "variable.other.person: josh",
    `${token}: by:`, "string.unquoted.value: ana", `${token}: skill:`, "string.unquoted.value: notes", `${token}: every:`, "string.unquoted.value: week",
  ],
  "- I stay calm received:2026-07-01\n- Tier 1 since:2024-03-01\n- Tier 2 promoted:2026-09-01": ["received:", "since:", "promoted:"].flatMap((key, at) => [`${token}: ${key}`, `constant.numeric.date: ${["2026-07-01", "2024-03-01", "2026-09-01"][at]}`]),
  "- [ ] Call #coaching ^a [[Page]] <!-- due:soon --> ✅ 2026-07-12": [mark("open", "[ ]"), "punctuation.definition.id: ^", "entity.other.attribute-name.id: a"],
  "- Ask @josh about due:soon, and x^2": [],
  "Ask @josh\n\nNothing here due:2026-07-01": [],
  "- `code @josh`\n\n```\n- [x] code ^a\n```\n\n<!--\n- [x] comment ^a\n-->": [],
  "---\ncoach: josh\nlist:\n  - [x] a ^b\n---\n": [],
  "## Confidential": ["keyword.other.confidential: Confidential"],
  "#  CONFIDENTIAL: ##\n\n### 🔒 2. confidential": ["keyword.other.confidential: CONFIDENTIAL:", "keyword.other.confidential: 🔒 2. confidential"],
  "## How confidential is it?\n\n## Confidential talks\n\nConfidential": [],
};

for (const [text, expected] of Object.entries(cases)) {
  test(`colours ${JSON.stringify(text)}`, () => assert.deepEqual(linesColoured(text).flat(), expected));
}

test("colours every mark and every last token of the examples", () => {
  const examples = process.env.COACHLOG_EXAMPLES ?? join(extension, "../../examples");
  let marks = 0;
  let tokens = 0;
  for (const file of readdirSync(examples, { recursive: true }).filter((name) => /^team\/people\/.*\.md$/.test(name))) {
    const text = readFileSync(join(examples, file), "utf8");
    const colours = linesColoured(text);
    for (const [at, line] of text.split("\n").entries()) {
      const item = line.trimStart();
      const found = colours[at];
      const box = /^- (\[.\]) /.exec(item)?.[1];
      const last = /^- .* (?:\^|@|[a-z]+:)(\S+)$/.exec(item)?.[1].split(/[<>=]+/).at(-1);
      assert.ok(!box || found[0]?.endsWith(`: ${box}`), `${file}: ${line}: ${found}`);
      assert.ok(!last || found.at(-1)?.endsWith(`: ${last}`), `${file}: ${line}: ${found}`);
      marks += box ? 1 : 0;
      tokens += last ? 1 : 0;
    }
  }
  assert.ok(marks > 300 && tokens > 300, `${marks} marks and ${tokens} tokens were found`);
});
