package logparse

import "fmt"

// isPulse says whether a file is one person's answers to the pulse. Such a file is sealed
// as a whole, its scores too; that of a coach's own folder has several people's, without
// names.
func (d *Document) isPulse() bool {
	a := d.Assessment
	return a != nil && a.Kind.V == "pulse" && !(a.About.Set && a.About.V == a.Person.V)
}

// sealPulse is a pulse that says no more than whose it is and of when.
func (d *Document) sealPulse(ids []string, known map[string]string, seal func(text []byte) ([]byte, error)) (*Document, error) {
	if text, ok := known[string(d.Text)]; ok {
		return Parse(d.Path, []byte(text), d.headings), nil
	}
	sealed, err := seal(d.Text)
	if err != nil {
		return nil, err
	}
	day := ""
	if a := d.Assessment; a.Date.Span.End > 0 {
		day = fmt.Sprintf("date: %s\n", a.Date.V)
	}
	text := "---\ntype: assessment\nkind: pulse\n" + day + "---\n\n## Confidential\n\n" + d.fenced(ids, sealed) + "\n"
	return Parse(d.Path, []byte(text), d.headings), nil
}

// openPulse is the file that was sealed as a whole.
func (d *Document) openPulse(b SealedBlock, open func(sealed []byte) ([]byte, error)) (*Document, error) {
	text, err := d.open(b, open)
	if err != nil {
		return nil, err
	}
	opened := Parse(d.Path, text, d.headings)
	if !opened.isPulse() {
		return nil, &SealError{d.Position(b.Span.Start).Line, fmt.Errorf("what is sealed here isn't a pulse")}
	}
	return opened, nil
}
