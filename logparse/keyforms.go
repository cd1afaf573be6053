package logparse

// A KeyForm says what can be behind a key of front matter or settings, as the functions that
// read the key take it. Schemas for editors are made of them.
type KeyForm struct {
	Kind      KeyKind
	Choices   []string
	Low, High int                 // of a whole number
	Keys      map[string]*KeyForm // of a mapping whose keys are known
	Each      *KeyForm            // of a mapping: what is behind every other key
	OrText    bool                // a single value can be there, too
}

// A KeyKind is the kind of a key's value.
type KeyKind string

// The kinds.
const (
	TextKey    KeyKind = "text"
	DayKey     KeyKind = "day"
	ClockKey   KeyKind = "time"
	ChoiceKey  KeyKind = "choice"
	WholeKey   KeyKind = "whole number"
	NumberKey  KeyKind = "number"
	ListKey    KeyKind = "list"
	MappingKey KeyKind = "mapping"
)

// takes notes what a key takes, for schemas; the first word counts, which is that of who knows best.
func (r *keyReader) takes(key string, form KeyForm) {
	if r.forms != nil && r.forms[key] == nil {
		r.forms[key] = &form
	}
}

// formsOf are the keys that a function reads.
func formsOf(read func(*keyReader)) map[string]*KeyForm {
	forms := make(map[string]*KeyForm)
	read(&keyReader{root: &yamlNode{kind: yamlMapping}, report: func(Diagnostic) {}, forms: forms})
	return forms
}

// SettingsKeys are the keys of coachlog.yaml.
func SettingsKeys() map[string]*KeyForm {
	return formsOf(func(r *keyReader) { new(Settings).readKeys(r, r.report) })
}

// LogbookListKeys are the keys of logbooks.yaml.
func LogbookListKeys() map[string]*KeyForm {
	return formsOf(func(r *keyReader) { r.texts("logbooks") })
}

// FrontKeys are the keys of the front matter of files of a kind.
func FrontKeys(kind FileKind) map[string]*KeyForm {
	return formsOf(func(r *keyReader) {
		d := &Document{Source: newSource("", nil), Kind: kind}
		d.readKind(r, 0)
	})
}
