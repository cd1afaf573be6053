package report_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report"
)

// hostileTexts are what somebody might write to break a page, a terminal or a
// spreadsheet, and what breaks them without anybody's meaning to.
var hostileTexts = []string{
	`<script>document.title = "run"</script>`,
	`<img src="missing.png" onerror="document.title = 'run'">`,
	`</style><style>body { display: none }</style>`,
	`</title></desc></svg></table></p><svg onload="document.title = 'run'">`,
	`<iframe src="https://example.invalid/"></iframe>`,
	`<a href="javascript:document.title = 'run'" style="position: fixed">a</a>`,
	`&lt;b&gt; &amp;amp; &#60;b&#62; & <b>`,
	`[a link](javascript:document.title='run') <javascript:document.title='run'>`,
	`![an image](https://example.invalid/i.png) https://example.invalid/`,
	`"double" 'single' {{.}} ${1} %s \`,
	"\x1b[31mred\x1b[0m \x1b]0;a title\x07 \x1b]8;;https://example.invalid\x1b\\a link\x1b]8;;\x1b\\ \u009b2J \x7f",
	"\u202egnp.exe\u202c \u2066apart\u2069 \u200f\u061c\ufeff",
	`=HYPERLINK("https://example.invalid/?x="&A1,"click") +1+cmd|' /C calc'!A0`,
	strings.Repeat("w", 10_000),
	strings.Repeat("通話の最後に要点をまとめる", 10),
	"👩‍🏫 🏳️‍🌈 🇩🇪 👍🏽" + strings.Repeat("🧑‍🤝‍🧑", 10),
	"مرحبا بالعالم (1) שלום עולם",
}

// Ids are letters of any script, as many as there is room for in the name of a folder,
// a line of YAML or a log.
var (
	hostilePerson   = "ליאת"
	hostileCoach    = strings.Repeat("教", 60)
	hostileQuestion = strings.Repeat("W", 1_000)
	hostileOwner    = strings.Repeat("W", 10_000)
)

// marked are the hostile texts with words around them, by which each can be told
// from the others wherever it stands.
func marked(what string) []string {
	var all []string
	for i, text := range hostileTexts {
		all = append(all, fmt.Sprintf("%s %s no. %d", what, text, i))
	}
	return all
}

// markedName has all of them in one.
func markedName(what string) string { return strings.Join(marked(what), ", ") }

// quoted writes a text for YAML, in lines that are no longer than coachlog reads.
func quoted(text string) string {
	var lines []string
	for part := range slices.Chunk([]rune(text), 500) {
		line := strconv.Quote(string(part))
		line = line[1 : len(line)-1]
		if line[0] == ' ' {
			line = `\` + line // the next line's own, and no indentation
		}
		lines = append(lines, line)
	}
	return `"` + strings.Join(lines, "\\\n    ") + `"`
}

// items writes each text as an item of a list.
func items(before string, texts []string) string {
	return before + strings.Join(texts, "\n"+before) + "\n"
}

// hostileLogbook is a logbook that has the hostile texts wherever a text can stand:
// its files by name.
func hostileLogbook() map[string]string {
	const shared = "share: {team: {since: 2026-01-05, parts: [all]}}\n"
	files := make(map[string]string)
	person := "people/" + hostilePerson + "/"
	session := func(by, more string) string {
		return fmt.Sprintf("---\ntype: session\ncoachee: %s\ncoach: %s\nstatus: held\nminutes: 30\n%s---\n\n", by, hostileCoach, more)
	}

	settings, values := fmt.Sprintf("name: %s\nmetrics:\n", quoted(markedName("Book"))), "date,person,metric,value\n"
	names, units := marked("Metric"), marked("Unit")
	for i := range hostileTexts {
		settings += fmt.Sprintf("  m%d: {name: %s, unit: %s, direction: lower}\n", i, quoted(names[i]), quoted(units[i]))
		for _, id := range []string{hostilePerson, "rep1", "rep2", "rep3", "rep4", "rep5", "rep6"} {
			values += fmt.Sprintf("2026-07-10,%s,m%d,9%d\n2026-08-10,%s,m%d,8%d\n", id, i, i%10, id, i, i%10)
		}
	}
	files["coachlog.yaml"], files["metrics/2026-Q3.csv"] = settings, values

	files[person+"plan.md"] = fmt.Sprintf("---\nname: %s\ncoach: %s\nteam: %s\n%s---\n\n", quoted(markedName("Name")), hostileCoach, quoted(markedName("Team 1")), shared) +
		"## Strengths\n\n" + items("- ", marked("Strength")) +
		"\n## Skills for the current role\n\n" + items("- [/] ", marked("Skill")) +
		"\n## Skills for the next role\n\n" + items("- [ ] ", marked("Next skill"))

	agreed, account := session(hostilePerson, "")+"## Short-term goals\n\n", session(hostilePerson, "")+"## Follow-through\n\n"
	goals, actions, counters, remarks, coaches, still := marked("Goal"), marked("Action"), marked("Counter"), marked("Remark"), marked("Promise"), marked("Still")
	for i := range hostileTexts {
		agreed += fmt.Sprintf("- [ ] %s ^g%d metric:m%d<=85 due:2026-07-13\n", goals[i], i, i) +
			fmt.Sprintf("  - [ ] %s ^a%d\n    - counter: %s by:%s\n", actions[i], i, counters[i], hostileCoach) +
			fmt.Sprintf("  - [ ] %s ^c%d @%s\n  - [ ] %s ^s%d due:2026-12-31\n", coaches[i], i, hostileCoach, still[i], i)
		account += fmt.Sprintf("- [ ] %s ^g%d\n  - [%c] %s ^a%d\n    - %s\n  - [x] %s ^c%d @%s\n", goals[i], i, "x/xn-"[i%5], actions[i], i, remarks[i], coaches[i], i, hostileCoach)
	}
	agreed += fmt.Sprintf("  - [ ] Ask somebody else ^w @%s\n", hostileOwner)
	files[person+"2026-07-06.md"] = agreed
	files[person+"2026-07-13.md"] = account + fmt.Sprintf("  - [x] Ask somebody else ^w @%s\n", hostileOwner) +
		"\n## Feedback\n\n### Going well\n\n" + items("- ", marked("Praise")) +
		"\n## Mid-term goals\n\n" + items("- [ ] ", marked("Mid-term")) +
		"\n## Long-term goals\n\n" + items("- ", marked("Dream")) + items("  - [x] ", marked("Help"))
	// A report names ten tasks of older notes: those of the second of these logs.
	files[person+"2026-07-01.md"] = session(hostilePerson, "adopted: 2026-08-01\n") + items("- [ ] ", marked("Older")[:9])
	files[person+"2026-07-02.md"] = session(hostilePerson, "adopted: 2026-08-01\n") + items("- [ ] ", marked("Older")[9:])

	// What others say of the coach, and others enough for the report of a team.
	files["people/"+hostileCoach+"/plan.md"] = fmt.Sprintf("---\nname: %s\n%s---\n", quoted(markedName("Coach")), shared)
	files[person+"pulse-2026-Q3.md"] = fmt.Sprintf("---\nscores: {%s: 5, %s: [1, 2, 3, 4, 5]}\n---\n", hostileQuestion, hostileCoach)
	for i := range 12 {
		id := fmt.Sprintf("rep%d", i)
		files["people/"+id+"/plan.md"] = fmt.Sprintf("---\nname: Somebody\ncoach: %s\nteam: %s\n%s---\n", hostileCoach, quoted(markedName(fmt.Sprint("Team ", i%2))), shared)
		files["people/"+id+"/2026-07-06.md"] = session(id, "")
	}
	files["people/new/plan.md"] = "---\nname: Somebody New\n---\n"
	return files
}

// What each page of it has to show.
func hostilePersonTexts() []string {
	all := append(marked("Older")[9:], markedName("Name"), "@"+hostileCoach, "@"+hostileOwner)
	for _, what := range strings.Split("Strength,Skill,Next skill,Goal,Action,Counter,Promise,Remark,Still,Praise,Mid-term,Dream,Help,Metric,Unit", ",") {
		all = append(all, marked(what)...)
	}
	return all
}

func hostileCoachTexts() []string {
	return []string{markedName("Coach"), hostileQuestion, hostileCoach}
}

func hostileLogbookTexts() []string {
	return slices.Concat(marked("Metric"), marked("Unit"), []string{markedName("Book"), markedName("Team 0"), markedName("Team 1"), markedName("Coach")})
}

// A writtenPage is a review as HTML.
type writtenPage struct {
	name, html string
	texts      []string // of the logbook, which it has to show
}

func writtenPages(t *testing.T) []writtenPage {
	t.Helper()
	folder := t.TempDir()
	for name, text := range hostileLogbook() {
		name = filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	example, desk, bad := openBook(t, "../examples/team"), generatedBook(t), openBook(t, folder)
	quarter, forTeam := scopeOf(t, "2026-Q3", "2026-10-02", ""), scopeOf(t, "2026-Q3", "2026-10-02", "team")
	spring := scopeOf(t, "2026-Q2", "2026-07-10", "team")
	everybody := report.TeamMembers("")
	var pages []writtenPage
	add := func(name string, review report.Review, texts []string) {
		pages = append(pages, writtenPage{name, write(t, review, report.Output{Format: "html"}), texts})
	}
	add("hostile person", report.NewPerson(bad, hostilePerson, quarter), hostilePersonTexts())
	add("hostile coach", report.NewCoach(bad.Everybody(), hostileCoach, quarter), hostileCoachTexts())
	add("hostile logbook", report.NewLogbook(bad.Everybody(), forTeam), hostileLogbookTexts())
	add("person", report.NewPerson(example, "priya", quarter), nil)
	add("person over a year", report.NewPerson(example, "priya", scopeOf(t, "2026", "2026-10-02", "")), nil)
	add("person for a group", report.NewPerson(example, "priya", forTeam), nil)
	add("person without a log", report.NewPerson(bad, "new", quarter), nil)
	add("coach", report.NewCoach(example.Everybody(), "josh", quarter), nil)
	add("team", report.NewTeam(desk.Everybody(), "The desk", everybody, spring), nil)
	add("logbook", report.NewLogbook(desk.Everybody(), spring), nil)
	return pages
}

var (
	styleElement = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	policyMeta   = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)
	startTag     = regexp.MustCompile(`<([A-Za-z][^\s/>]*)((?:[^>"]|"[^"]*")*)>`)
	attribute    = regexp.MustCompile(`([^\s"=/]+)(?:="([^"]*)")?`)
)

// The elements that a page is made of, and their attributes: none that runs or loads
// anything.
var (
	elements = strings.Fields("html head meta title style body main header section article h1 h2 h3 p span b a ul ol li dl dt dd div " +
		"table thead tbody tr th td figure figcaption svg desc defs pattern g rect line path circle text")
	attributes = strings.Fields("lang charset http-equiv content name id class dir title role scope href data-column aria-label aria-labelledby aria-hidden " +
		"xmlns viewBox x y x1 x2 y1 y2 cx cy r rx d width height fill stroke stroke-width font-size text-anchor transform patternUnits patternTransform")
)

// TestHTMLHoldsNothingActive reads the bytes of each page, which a browser would mend
// before it shows them.
func TestHTMLHoldsNothingActive(t *testing.T) {
	for _, p := range writtenPages(t) {
		t.Run(p.name, func(t *testing.T) {
			text := p.html
			styles, policy := styleElement.FindAllStringSubmatch(text, -1), policyMeta.FindStringSubmatchIndex(text)
			if len(styles) != 1 || policy == nil || policy[0] > strings.Index(text, "<style>") {
				t.Fatalf("there are %d style sheets; the policy stands at %v", len(styles), policy)
			}
			sum := sha256.Sum256([]byte(styles[0][1]))
			want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
			if got := html.UnescapeString(text[policy[2]:policy[3]]); got != want {
				t.Errorf("the policy is\n%s, want\n%s", got, want)
			}
			if css := strings.ToLower(styles[0][1]); strings.Contains(css, "url(") || strings.Contains(css, "@import") || strings.Contains(css, "http") {
				t.Error("the style sheet asks for something")
			}
			if shown := strings.ReplaceAll(text, "\n", " "); terminal.Escape(shown) != shown {
				t.Error("there are control characters")
			}
			rest := styleElement.ReplaceAllString(text, "<style></style>")
			for _, tag := range startTag.FindAllStringSubmatch(rest, -1) {
				if !slices.Contains(elements, tag[1]) {
					t.Errorf("there is a %.200s", tag[0])
				}
				for _, a := range attribute.FindAllStringSubmatch(tag[2], -1) {
					name, value := a[1], strings.ToLower(html.UnescapeString(a[2]))
					switch {
					case !slices.Contains(attributes, name),
						name == "href" && !strings.HasPrefix(value, "#"),
						strings.Contains(value, "url(") && !strings.Contains(value, "url(#"),
						(strings.Contains(value, "http:") || strings.Contains(value, "https:")) && value != "http://www.w3.org/2000/svg" && name != "title" && name != "data-column":
						t.Errorf("there is a %s: %.200s", name, tag[0])
					}
				}
			}
			if left := startTag.ReplaceAllString(rest, ""); strings.Contains(strings.ToLower(left), "<script") {
				t.Error("there is a script")
			}
		})
	}
}

// A size is that of a window or, at 96 to the inch, of a sheet within its margins.
type size struct {
	name          string
	width, height int64
	scale         float64
	mobile        bool
	media         string // "" is the screen, until something is printed
}

var (
	phone  = size{"phone", 360, 740, 2, true, ""}
	laptop = size{"laptop", 1280, 800, 1, false, ""}
	sheet  = size{"A4", 680, 1002, 1, false, "print"}
)

// TestBrowser looks at each page in Chromium: that it fits, says nothing and asks for
// nothing, that axe-core has nothing against it, that it prints, and that it reads well
// without its style sheet. Where there is no Chromium it is skipped; in the gate, which
// installs it, it fails.
func TestBrowser(t *testing.T) {
	browser := startBrowser(t)
	t.Run("faults are found", func(t *testing.T) { findsFaults(t, browser) })
	for _, p := range writtenPages(t) {
		address := keep(t, p.html)
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			v := newView(t, browser)
			for _, in := range []struct {
				size
				scheme string
				axe    bool // each width and each palette once: it takes its time
			}{
				{phone, "light", false}, {phone, "dark", true},
				{laptop, "light", true}, {laptop, "dark", false},
				{sheet, "light", false}, {sheet, "dark", p.name == "person"},
			} {
				t.Run(in.name+" "+in.scheme, func(t *testing.T) {
					v.open(t, address, in.size, in.scheme)
					complain(t, v.sticksOut(t))
					if in.axe {
						t.Run("axe", func(t *testing.T) { complain(t, v.axeFindings(t, axe(t))) })
					}
					complain(t, v.noises())
				})
			}
			v.open(t, address, laptop, "dark")
			t.Run("texts", func(t *testing.T) { showsTexts(t, v, p.texts) })
			t.Run("paper", func(t *testing.T) {
				a4, letter := printed(t, v, chromedp.PaperA4), printed(t, v, chromedp.PaperLetter)
				t.Logf("%d sheets of A4, %d of Letter", a4, letter)
				if a4 > letter+letter/4+1 || letter > a4+a4/4+1 {
					t.Errorf("%d sheets of A4, and %d of Letter", a4, letter)
				}
			})
			t.Run("without styles", func(t *testing.T) { complain(t, v.readsBadly(t)) })
			complain(t, v.noises())
		})
	}
}

// findsFaults holds the tests to a page that has everything they look for.
func findsFaults(t *testing.T, browser context.Context) {
	const faulty = `<!DOCTYPE html><html><head><title>Faulty</title><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src file:; style-src 'unsafe-inline'">
<style>b { display: inline-block; width: 3000px } .pale { color: #eee; background: #fff } .badge, h4 { display: block } ol { margin: 0 -8px; padding: 0 }</style></head>
<body><main><h1>One</h1><b>wide</b><p class="pale">pale</p><img src="missing.png"><script>document.title = "run"</script>
<span class="badge">plan worked</span><h4>Four<span>5</span></h4><svg viewBox="0 0 10 10"><text x="5" y="5">cut off</text></svg><svg><rect width="90" height="90"/><text x="5" y="50">covered</text></svg>
<ol><li>Numbered</li></ol><table><tr><td>1</td></tr></table></main></body></html>`
	v := newView(t, browser)
	v.open(t, keep(t, faulty), phone, "light")
	found := map[string][]string{"noises": v.noises(), "sizes": v.sticksOut(t)}
	want := map[string][]string{
		"noises":  {"a request: file:", "Content Security Policy"},
		"sizes":   {"the page is", "beyond the window", "wider than itself", "cut off by its drawing", "numbers"},
		"reading": {"h4 after h1", "no title", "column 1", "row", "covered", "runs on", "runs into"},
	}
	if source := axeSource(); source != "" {
		found["axe"] = v.axeFindings(t, source)
		want["axe"] = []string{"image-alt", "color-contrast", "html-has-lang"}
	}
	found["reading"] = v.readsBadly(t)
	for what, parts := range want {
		for _, part := range parts {
			if !slices.ContainsFunc(found[what], func(fault string) bool { return strings.Contains(fault, part) }) {
				t.Errorf("of %s, %q isn't among\n%s", what, part, strings.Join(found[what], "\n"))
			}
		}
	}
}

// startBrowser starts the one browser that all tests share.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		missing(t, "no Chromium is here: apt-get install chromium")
	}
	// Whatever the browser does on its own account is off.
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))
	inTime, tooLate := context.WithTimeout(context.Background(), 8*time.Minute) // before go test itself gives up
	t.Cleanup(tooLate)
	allocator, stop := chromedp.NewExecAllocator(inTime, options...)
	t.Cleanup(stop)
	browser, closeBrowser := chromedp.NewContext(allocator)
	t.Cleanup(closeBrowser)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("%s doesn't start: %v", path, err)
	}
	return browser
}

// axe is axe-core, which knows what keeps people from reading a page.
func axe(t *testing.T) string {
	t.Helper()
	source := axeSource()
	if source == "" {
		missing(t, "no axe-core is here: npm install --no-save axe-core, or set COACHLOG_AXE to an axe.min.js")
	}
	return source
}

func axeSource() string {
	for _, path := range []string{os.Getenv("COACHLOG_AXE"), "../node_modules/axe-core/axe.min.js"} {
		if source, err := os.ReadFile(path); err == nil {
			return string(source)
		}
	}
	return ""
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("COACHLOG_CI") != "" {
		t.Fatal(what)
	}
	t.Skip("SKIPPED: " + what)
}

// keep writes a page into a folder of its own, and returns its address.
func keep(t *testing.T, page string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// A view is a tab, with what the page in it did besides being there.
type view struct {
	tab   context.Context
	width int64

	mu      sync.Mutex // of what hear writes and reads
	address string
	loads   int
	heard   []string
}

func newView(t *testing.T, browser context.Context) *view {
	t.Helper()
	tab, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	v := &view{tab: tab}
	if err := chromedp.Listen(tab, v.hear); err != nil {
		t.Fatal(err)
	}
	call(t, v, network.Enable, network.EnableParams{})
	call(t, v, log.Enable, cdp.Empty{})
	call(t, v, runtime.Enable, cdp.Empty{})
	return v
}

// open loads a page anew, in a window or on a sheet of some size.
func (v *view) open(t *testing.T, address string, s size, scheme string) {
	t.Helper()
	v.mu.Lock()
	v.address, v.loads, v.heard = address, 0, nil
	v.mu.Unlock()
	call(t, v, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: s.media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	how := []chromedp.EmulateViewportOption{chromedp.EmulateScale(s.scale)}
	if s.mobile {
		how = append(how, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	if err := chromedp.Do(v.tab, chromedp.EmulateViewport(s.width, s.height, how...), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	if width := evaluate[int64](t, v, "document.documentElement.clientWidth"); width != s.width {
		t.Fatalf("the window is %d wide", width)
	}
	v.width = s.width
}

func call[P, R any](t *testing.T, v *view, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(v.tab, command, params); err != nil {
		t.Fatal(err)
	}
}

func evaluate[T any](t *testing.T, v *view, script string) T {
	t.Helper()
	value, err := chromedp.Run(v.tab, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func (v *view) hear(event any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		v.heard = append(v.heard, fmt.Sprintf("the console says: %s %+v", e.Type, e.Args))
	case *runtime.EventExceptionThrown:
		v.heard = append(v.heard, "an exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		v.heard = append(v.heard, fmt.Sprintf("the log says: %s: %s", e.Entry.Level, e.Entry.Text))
	case *network.EventRequestWillBeSent:
		if e.Request.URL == v.address {
			v.loads++
		} else {
			v.heard = append(v.heard, "a request: "+e.Request.URL)
		}
	}
}

// noises are the page's messages and requests.
func (v *view) noises() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	noises := slices.Clone(v.heard)
	if v.loads != 1 { // also says that requests are heard at all
		noises = append(noises, fmt.Sprintf("%d requests for the page itself", v.loads))
	}
	return noises
}

// complain tells some of the faults.
func complain(t *testing.T, faults []string) {
	t.Helper()
	for i, fault := range faults {
		if i == 8 {
			t.Errorf("and %d more", len(faults)-i)
			return
		}
		t.Errorf("%.500s", fault)
	}
}

// sticksOut finds whatever is wider than the window, than its own box or, in a chart,
// than the drawing, which would cut it off. Only the head of a table may be hidden.
func (v *view) sticksOut(t *testing.T) []string {
	t.Helper()
	return evaluate[[]string](t, v, fmt.Sprintf("(%s)(%d)", sticksOut, v.width))
}

const sticksOut = `width => {
	const faults = []
	const name = e => e.tagName + ' ' + (e.getAttribute('class') || '') + ' "' + e.textContent.trim().slice(0, 60) + '"'
	const page = document.scrollingElement
	if (page.scrollWidth > width) faults.push('the page is ' + page.scrollWidth + ' wide')
	for (const e of document.body.querySelectorAll('*')) {
		const head = e.closest('thead')
		if (head && getComputedStyle(head).clipPath !== 'none' || e.closest('defs')) continue
		const box = e.getBoundingClientRect()
		if (box.right > width + .5 || box.left < -.5) faults.push(name(e) + ' reaches from ' + box.left + ' to ' + box.right + ', beyond the window')
		if (!e.ownerSVGElement) {
			if (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1) faults.push(name(e) + ' holds something wider than itself')
			continue
		}
		const frame = e.ownerSVGElement.getBoundingClientRect(), above = 3 // a line of text is higher than its letters
		if (box.width > 0 && (box.left < frame.left - .5 || box.right > frame.right + .5 || box.top < frame.top - above || box.bottom > frame.bottom + above))
			faults.push(name(e) + ' is cut off by its drawing')
	}
	for (const list of document.querySelectorAll('ol')) {
		const pen = document.createElement('canvas').getContext('2d') // numbers are no elements
		pen.font = getComputedStyle(list).font
		if (pen.measureText(list.children.length + '. ').width > list.lastElementChild.getBoundingClientRect().left) faults.push('the numbers of a list are cut off')
	}
	return faults
}`

// readsBadly takes the style sheet away and finds what no longer reads well, on the
// screen and from a screen reader.
func (v *view) readsBadly(t *testing.T) []string {
	t.Helper()
	return evaluate[[]string](t, v, "("+readsBadly+")()")
}

const readsBadly = `() => {
	const faults = []
	document.querySelector('style').remove()
	const text = e => e ? e.textContent.trim() : ''
	let last = 'h0'
	for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
		const name = h.tagName.toLowerCase()
		if (name[1] > +last[1] + 1 || last !== 'h0' && name === 'h1') faults.push(name + ' after ' + last + ': ' + text(h))
		if (!text(h)) faults.push(name + ' without text')
		last = name
	}
	const ids = new Set()
	for (const e of document.querySelectorAll('[id]')) {
		if (ids.has(e.id)) faults.push('two elements have the id ' + e.id)
		ids.add(e.id)
	}
	for (const chart of document.querySelectorAll('svg')) {
		const parts = (chart.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id))
		if (chart.getAttribute('role') !== 'img' || parts.length !== 2 || !parts.every(e => text(e) && e.parentNode === chart) || parts[0].tagName !== 'title' || parts[1].tagName !== 'desc')
			faults.push('a chart has no title and description: ' + chart.outerHTML.slice(0, 200))
		if (chart.getBoundingClientRect().width > 500) faults.push('a chart is ' + chart.getBoundingClientRect().width + ' wide')
		for (const e of chart.querySelectorAll('text, path')) {
			const {color, fill} = getComputedStyle(e)
			if (e.tagName === 'path' && fill !== 'none') faults.push('a line of a chart is an area')
			if (e.tagName === 'path' || !text(e)) continue
			const {left, right, top, bottom} = e.getBoundingClientRect(), x = (left + right) / 2, y = (top + bottom) / 2
			const behind = [...chart.querySelectorAll('rect')].filter(r => !r.closest('defs') && getComputedStyle(r).fill !== 'none').map(r => r.getBoundingClientRect())
				.some(box => box.left < x && x < box.right && box.top < y && y < box.bottom)
			if (fill === color === behind) faults.push('"' + text(e) + '" of a chart can\'t be read')
		}
	}
	for (const table of document.querySelectorAll('table')) {
		const columns = table.rows[0].cells
		for (let i = 1; i < columns.length || i === 1; i++)
			if (!columns[i] || !text(columns[i]) || columns[i].scope !== 'col' || columns[i].tagName !== 'TH') faults.push('column ' + i + ' of a table has no header: ' + table.innerText.slice(0, 200))
		for (const row of [...table.rows].slice(table.tHead ? 1 : 0))
			if (row.cells[0].tagName !== 'TH' || row.cells[0].scope !== 'row' || !text(row.cells[0])) faults.push('a row of a table has no header: ' + row.innerText)
	}
	for (const badge of document.querySelectorAll('.badge'))
		for (const e of [badge, badge.nextElementSibling])
			if (getComputedStyle(e).display !== 'block') faults.push('"' + text(e) + '" runs on in the line')
	for (const e of document.querySelectorAll('main span, main a, main b')) {
		const before = e.previousSibling
		if (before && !/\s$/.test(before.textContent) && /^[\p{L}\p{N}(]/u.test(e.textContent)) faults.push('"' + text(e) + '" runs into "' + text(before) + '"')
	}
	return faults
}`

// axeFindings are what any rule of axe has against a page.
func (v *view) axeFindings(t *testing.T, source string) []string {
	t.Helper()
	evaluate[cdp.Empty](t, v, source+"\n;({})")
	return evaluate[[]string](t, v, `axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'rule', values: axe.getRules().map(r => r.ruleId)}})
	.then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + ': ' + n.failureSummary + ': ' + n.html)))`)
}

// showsTexts says whether a page shows texts as they are, control characters aside,
// and made nothing of them.
func showsTexts(t *testing.T, v *view, texts []string) {
	t.Helper()
	shown := evaluate[string](t, v, "document.body.innerText")
	for _, text := range texts {
		if text = terminal.Escape(text); !strings.Contains(shown, text) {
			t.Errorf("%.200s isn't shown", text)
		}
	}
	if shown = strings.NewReplacer("\n", " ", "\t", " ").Replace(shown); terminal.Escape(shown) != shown {
		t.Error("control characters are shown")
	}
	complain(t, evaluate[[]string](t, v, `[...document.querySelectorAll('script, style, img, picture, iframe, frame, object, embed, link, base, form, input, button, audio, video, template, foreignObject, image, use, animate, set')]
	.filter(e => e !== document.querySelector('head > style')).concat([...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a =>
		/^on|^style$|^src/i.test(a.name) || /href$/i.test(a.name) && !a.value.startsWith('#')))).map(e => 'there is a ' + e.outerHTML)`))
	if title := evaluate[string](t, v, "document.title"); title == "run" {
		t.Error("a script was run")
	}
}

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// printed prints the page and returns on how many sheets. None is blank.
func printed(t *testing.T, v *view, paper chromedp.PaperSize) int {
	t.Helper()
	pdf, err := chromedp.Run(v.tab, chromedp.PrintToPDF(chromedp.PDFPaper(paper), chromedp.PDFStream()))
	if err != nil {
		t.Fatal(err)
	}
	sheets := len(pdfPage.FindAll(pdf, -1))
	if sheets == 0 {
		t.Fatal("nothing was printed")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		missing(t, "no pdftotext is here: apt-get install poppler-utils")
	}
	c := exec.Command("pdftotext", "-", "-")
	c.Stdin = bytes.NewReader(pdf)
	text, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	texts := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	if len(texts) != sheets {
		t.Errorf("%d sheets have text, of %d", len(texts), sheets)
	}
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			t.Errorf("sheet %d of %d is blank", i+1, sheets)
		}
	}
	return sheets
}
