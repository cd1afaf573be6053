package rules

import (
	"path"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var fileName = &Rule{
	ID: logparse.FileName, Title: "Files and folders have names that every system can have",
	Tier: Always, Severity: logparse.Error, looksAt: logbook | settings, NeedsLogbook: true,
	Why:  "On another computer such a file is missing, or two folders become one. In a folder that has nobody's id as its name, nobody can tell whose the logs are.",
	Bad:  "people/aux/2026-07-06.md",
	Good: "people/aux1/2026-07-06.md",
	find: func(f *finder) {
		seen := make(map[string]bool)
		for _, doc := range f.Docs {
			dir, base := path.Split(doc.Path)
			folder := path.Base(dir)
			first := !seen[dir]
			seen[dir] = true
			switch {
			case path.Dir(path.Clean(dir)) != logparse.PeopleFolder:
			case first && logparse.NameFault(folder) != "":
				f.in(doc, logparse.Span{}, "people/%s can't be a folder everywhere: %s", folder, logparse.NameFault(folder)).
					todo("rename the folder, as in people/%s", logparse.PortableName(folder))
			case first && !logparse.IsID(folder) && logparse.CopiedFolder(folder) == "" && !plan.Whose(doc).Set:
				f.in(doc, logparse.Span{}, "nobody's id can be %q, so nothing in people/%[1]s counts that doesn't say whose it is", folder).
					todo("rename the folder to an id, as in people/%s", logparse.PortableName(folder))
			}
			if why := logparse.NameFault(base); why != "" {
				f.in(doc, logparse.Span{}, "%s can't be a file everywhere: %s", base, why).todo("rename it, as in %s", logparse.PortableName(base))
			}
		}
	},
}
