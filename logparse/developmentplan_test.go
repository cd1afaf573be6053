package logparse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPassages(t *testing.T) {
	d := Parse("people/rep1/plan.md", []byte(`---
type: plan
---

Above the headings.

## How we work

<!-- A prompt
  over two lines. -->
One paragraph
over two lines <!-- aside --> and no more.

### In summer

Earlier.

1. An item
   - with one nested
   -
2. another

***

| a | table |

* [ ] a task
  > quoted in it

## Confidential

secret

### How we work

more secrets

## How we work

Again.

## Support needed
<!-- a comment without an end

secret`), Headings{})
	for name, want := range map[SectionName][]string{
		OwnSection:   {"Above the headings."},
		HowWeWork:    {"One paragraph over two lines and no more.", "In summer", "Earlier.", "- An item", "- with one nested", "- another", "| a | table |", "- a task", "Again."},
		Confidential: nil,
		Support:      nil,
		Rewards:      nil,
	} {
		var got []string
		for _, p := range d.Plan.Passages(d.Source, name) {
			if p.Item != nil {
				p.Text = "- " + p.Text
			}
			got = append(got, p.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestShown(t *testing.T) {
	d := Parse("people/rep1/plan.md", []byte(`---
type: plan
name: "Priya: S"
role:
email: [a@x.org, "b@x.org"]
check_ins:
  - 2026-07-01   # first
  - 2026-08-01
share: {team: {since: 2026-07-01, parts: [goals, "[x]"]}}
agreed:
  priya: 2026-07-01
  josh: 2026-07-02
bio: |
  two
  lines
---
`), Headings{})
	for key, want := range map[string]string{
		"name": "Priya: S", "role": "", "nothing": "", "email": "a@x.org, b@x.org", "check_ins": "2026-07-01, 2026-08-01",
		"share": "team: {since: 2026-07-01, parts: [goals, [x]]}", "agreed": "priya: 2026-07-01, josh: 2026-07-02", "bio": "two lines",
	} {
		if got := d.Front.Shown(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}
