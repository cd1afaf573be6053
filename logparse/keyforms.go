package logparse

import (
	"slices"
	"sync"
)

// A KeyForm says what a key of front matter or settings is for and what can be behind it, as the
// functions that read the key take it. What an editor offers, how fmt writes values and the schemas are made of it.
type KeyForm struct {
	Key, Means string
	Kind       KeyKind
	Choices    []string
	Low, High  int      // of a whole number
	Keys       KeyForms // of a mapping whose keys are known
	Each       *KeyForm // what is behind every other key of a mapping, or an item of a list
	OrText     bool     // a single value can be there, too
}

// KeyForms are those of a mapping's keys, in the order in which they are read.
type KeyForms []*KeyForm

// Of is the form of one key; nil where no such key is read.
func (forms KeyForms) Of(key string) *KeyForm {
	if i := slices.IndexFunc(forms, func(f *KeyForm) bool { return f.Key == key }); i >= 0 {
		return forms[i]
	}
	return nil
}

// A KeyKind is the kind of a key's value.
type KeyKind string

// The kinds.
const (
	TextKey    KeyKind = "text"
	DayKey     KeyKind = "day"
	DaysKey    KeyKind = "days" // the first and the last of a range
	ClockKey   KeyKind = "time"
	ChoiceKey  KeyKind = "choice"
	WholeKey   KeyKind = "whole number"
	MinutesKey KeyKind = "whole number of minutes"
	PercentKey KeyKind = "whole number of percent"
	NumberKey  KeyKind = "number"
	ListKey    KeyKind = "list"
	MappingKey KeyKind = "mapping"
)

// means says what the key is for that is read next.
func (r *keyReader) means(what string) *keyReader {
	r.meaning = what
	return r
}

// takes notes what a key takes, where somebody wants to know; the first word counts, which is that of who knows best.
func (r *keyReader) takes(key string, form KeyForm) {
	if r.forms != nil && r.forms.Of(key) == nil {
		form.Key, form.Means, r.meaning = key, r.meaning, ""
		*r.forms = append(*r.forms, &form)
	}
}

// formsOf are the keys that a function reads.
func formsOf(read func(*keyReader)) (forms KeyForms) {
	read(&keyReader{root: &yamlNode{kind: yamlMapping}, report: func(Diagnostic) {}, forms: &forms})
	return forms
}

// Keys are the keys of coachlog.yaml, or of the front matter of files of another kind.
func Keys(kind FileKind) KeyForms { return keysByKind()[kind] }

var keysByKind = sync.OnceValue(func() map[FileKind]KeyForms {
	keys := map[FileKind]KeyForms{SettingsFile: formsOf(new(Settings).readKeys)}
	for _, kind := range []FileKind{SessionLog, PlanFile, AssessmentFile, PreparationFile} {
		d := &Document{Source: newSource("", nil), Kind: kind}
		keys[kind] = formsOf(func(r *keyReader) { d.readKind(r, 0) })
	}
	return keys
})

// LogbookListKeys are the keys of logbooks.yaml.
func LogbookListKeys() KeyForms {
	return formsOf(func(r *keyReader) { r.texts("logbooks") })
}
