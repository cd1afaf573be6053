package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

var sealedText = &Rule{
	ID: "sealed-text", Title: "Confidential text is sealed where the logbook wants it to be",
	Tier: Always, Severity: logparse.Error, looksAt: files,
	Why:  "git keeps what it once had, in every copy. Text that should be for two people has to be sealed before the first commit.",
	Bad:  "## Confidential\n\nSomething that was said between us",
	Good: "## Confidential\n\n```age rep1 josh\n-----BEGIN AGE ENCRYPTED FILE-----",
	find: func(f *finder) {
		var plain []logparse.Span
		damaged := false
		for _, c := range f.doc.Confidential() {
			for _, b := range c.Sealed {
				if damage := b.Damage(); damage != "" {
					damaged = true
					f.at(b.Span, "nobody can open this: %s", damage).todo("bring the lines back as they were: git log -p -- %s", f.doc.Path)
				}
			}
			if len(c.Plain) > 0 {
				plain = append(plain, c.Heading)
			}
		}
		if damaged || !f.Settings.MustSeal(f.doc) {
			return
		}
		const message = "there is confidential text here that isn't sealed"
		for _, span := range f.doc.LooseConfidential() {
			f.at(span, message).todo("write it below a heading `## Confidential` instead of in a comment, then: coachlog seal %s", f.doc.Path)
			return
		}
		f.at(slices.Concat(plain, []logparse.Span{f.title()})[0], message).todo("coachlog seal %s", f.doc.Path)
	},
}
