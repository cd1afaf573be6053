package cmd

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// readsAsLogbook says of a file of the repository whether its text is what a logbook, in
// a folder of that repository, has at its path.
func readsAsLogbook(prefix string) func(name string, text []byte) bool {
	return func(name string, text []byte) bool {
		if prefix != "." {
			name = strings.TrimPrefix(name, prefix+"/")
		}
		return readsAsIs(logparse.Parse(name, text, logparse.Headings{}))
	}
}

// commonKeys are those of which a plan, assessment or preparation has one at least.
var commonKeys = []string{"type", "name", "role", "email", "coach", "coachee", "person", "date", "status"}

// readsAsIs says whether a file is readable as what it is: of settings and tables that
// nothing in them is wrong, and of settings that they set something, since any text might
// be some.
func readsAsIs(doc *logparse.Document) bool {
	switch doc.Kind {
	case logparse.OtherFile:
		return false
	case logparse.SettingsFile, logparse.MetricsFile:
		settings, _ := logparse.ParseSettings(doc.Path, doc.Text)
		sets := doc.Kind == logparse.MetricsFile || !reflect.ValueOf(*settings).IsZero()
		return sets && !doc.Broken() && len(doc.Diagnostics) == 0
	case logparse.SessionLog:
		return !doc.Broken()
	}
	return !doc.Broken() && slices.ContainsFunc(commonKeys, func(key string) bool { return doc.Front.Field(key) != nil })
}

// recovered is a document that was read, or where that is none, what git can still make
// of its text. A version that nobody can read, and that was mended since, is no text;
// else the command ends with the error.
func (p *past) recovered(id string, doc *logparse.Document) (*logparse.Document, error) {
	if readsAsIs(doc) || doc.Kind == logparse.OtherFile {
		return doc, nil
	}
	text, err := p.h.Recover(p.inRepository(doc.Path), id, doc.Text)
	if err != nil && p.mended(doc.Path, id) {
		text, err = []byte{0}, nil
	}
	if err != nil {
		p.unread = cmp.Or(p.unread, err)
		return nil, err
	}
	if bytes.Equal(text, doc.Text) {
		return doc, nil
	}
	return logparse.Parse(doc.Path, text, p.settings.Headings), nil
}

// mended says whether a file that no filter is known for can be read by now, and nobody
// agreed to the version that can't.
func (p *past) mended(name, id string) bool {
	inRepository := p.inRepository(name)
	files, err := p.h.FilesAt(p.h.Head, inRepository)
	now := files[inRepository]
	if err != nil || now == "" || now == id || p.agreedTexts[id] || p.h.MayFilter(inRepository) {
		return false
	}
	text, err := p.h.Blob(now)
	return err == nil && readsAsIs(logparse.Parse(name, text, p.settings.Headings))
}
