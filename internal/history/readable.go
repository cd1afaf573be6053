package history

import (
	"bytes"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// readsAsLogbook says of a text whether it is what a logbook has at a path.
func readsAsLogbook(name string, text []byte) bool {
	return Readable(logparse.Parse(name, text, logparse.Headings{}))
}

// commonKeys are those of which a plan, assessment or preparation has one at least.
var commonKeys = []string{"type", "name", "role", "email", "coach", "coachee", "person", "date", "status"}

// Readable says whether a file is readable as what it is: of settings and tables that
// nothing in them is wrong, and of settings that they set something, since any text might
// be some.
func Readable(doc *logparse.Document) bool {
	switch doc.Kind {
	case logparse.OtherFile:
		return false
	case logparse.SettingsFile, logparse.MetricsFile:
		if doc.Broken() || len(doc.Diagnostics) > 0 || doc.Kind == logparse.MetricsFile {
			return !doc.Broken() && len(doc.Diagnostics) == 0
		}
		settings, _ := logparse.ParseSettings(doc.Path, doc.Text)
		return settings.SetSomething()
	case logparse.SessionLog:
		return !doc.Broken()
	}
	return !doc.Broken() && slices.ContainsFunc(commonKeys, func(key string) bool { return doc.Front.Field(key) != nil })
}

// recovered is a document that was read, or where that is none, what git can still make
// of its text. A version that nobody can read, and that was mended since, is no text;
// else the command ends with the error.
func (r *Reader) recovered(id string, doc *logparse.Document) (*logparse.Document, error) {
	if Readable(doc) || doc.Kind == logparse.OtherFile {
		return doc, nil
	}
	text, err := r.h.Recover(r.InRepository(doc.Path), id, doc.Text)
	if err != nil && r.mended(doc.Path, id) {
		text, err = []byte{0}, nil
	}
	if err != nil {
		r.fail(err)
		return nil, err
	}
	if bytes.Equal(text, doc.Text) {
		return doc, nil
	}
	return logparse.Parse(doc.Path, text, r.settings.Headings), nil
}

// mended says whether a file that no filter is known for can be read by now, and nobody
// agreed to the version that can't.
func (r *Reader) mended(name, id string) bool {
	now := r.filesAt(r.h.Head, name)[name]
	if now == "" || now == id || r.agreedTexts[id] || r.h.MayFilter(r.InRepository(name)) {
		return false
	}
	text, err := r.h.Blob(now)
	return err == nil && Readable(logparse.Parse(name, text, r.settings.Headings))
}
