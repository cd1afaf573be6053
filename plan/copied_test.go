package plan

import (
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
)

func TestCompare(t *testing.T) {
	const front = "---\nstatus: held\n---\n\n"
	for name, c := range map[string]struct{ copied, original, want string }{
		"the same":         {front + "one\n", front + "one\n", ""},
		"line ends":        {"---\r\nstatus: held\r\n---\r\n\r\none\r\n", front + "one\n", "the two differ in blanks or line ends only"},
		"blanks":           {front + "one  \n", front + "one\n", "the two differ in blanks or line ends only"},
		"a line each":      {front + "one\n", front + "two\n", `only this file has "one" (line 5); only the other has "two" (line 5)`},
		"more here":        {front + "one\ntwo\n", front + "one\n", `only this file has "two" (line 6)`},
		"more there":       {front, front + "one\n", `only the other has "one" (line 5)`},
		"moved":            {front + "one\ntwo\n", front + "two\none\n", `only this file has "one" (line 5); only the other has "one" (line 6)`},
		"many":             {front + "1\n2\n3\n4\n5\n", front, `only this file has "1" (line 5), "2" (line 6), "3" (line 7), 2 more`},
		"confidential":     {front + "a\n\n## Confidential\n\nSECRET\n", front + "b\n\n## Confidential\n\nSECRET too\n", `only this file has "a" (line 5), confidential lines (1); only the other has "b" (line 5), confidential lines (1)`},
		"behind it":        {front + "## Confidential\n\nSECRET\n\n## Notes\n\none\n", front + "## Confidential\n\nSECRET\n\n## Notes\n\ntwo\n", `only this file has confidential lines (1); only the other has confidential lines (1)`},
		"heading lost":     {front + "SECRET\n", front + "## Confidential\n\nSECRET too\n", `only this file has confidential lines (1); only the other has confidential lines (3)`},
		"heading moved":    {front + "SECRET\n\n## Confidential\n\nmore\n", front + "## Confidential\n\nSECRET\n", `only this file has confidential lines (3); only the other has confidential lines (1)`},
		"nearly a heading": {front + "##Confidential\n\nSECRET\n", front + "## Confidential\n\nSECRET too\n", `only this file has "##Confidential" (line 5), confidential lines (2); only the other has confidential lines (3)`},
		"sealed":           {front + "## Confidential\n\n-----BEGIN AGE ENCRYPTED FILE-----\nSECRET\n", front + "a\n", `only this file has confidential lines (4); only the other has confidential lines (1)`},
		"no text":          {front + "SECRET\x00\n", front + "a\n", `only this file has confidential lines (1); only the other has confidential lines (1)`},
	} {
		parse := func(path, text string) *logparse.Document {
			return logparse.Parse(path, []byte(text), logparse.Headings{})
		}
		got := Compare(parse("people/ana/2026-07-13 2.md", c.copied), parse("people/ana/2026-07-13.md", c.original))
		if got != c.want || strings.Contains(got, "SECRET") {
			t.Errorf("%s: got %s\nwant %s", name, got, c.want)
		}
	}
}
