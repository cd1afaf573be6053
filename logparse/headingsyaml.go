package logparse

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A SectionHeadings is one section with headings that are to open it too.
type SectionHeadings struct {
	Name   SectionName
	Titles []string
}

// HeadingsYAML writes headings as coachlog.yaml has them under `sections:`, a line
// each, behind an indentation.
func HeadingsYAML(add []SectionHeadings, indent string) string {
	var out strings.Builder
	for _, s := range add {
		titles := make([]string, len(s.Titles))
		for i, title := range s.Titles {
			titles[i] = QuoteYAML(title)
			if strings.ContainsAny(title, ",[]{}") && titles[i] == title {
				quoted, _ := json.Marshal(title)
				titles[i] = string(quoted)
			}
		}
		fmt.Fprintf(&out, "%s%s: [%s]\n", indent, s.Name, strings.Join(titles, ", "))
	}
	return out.String()
}
