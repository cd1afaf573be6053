package logparse

// ParseLogbookList reads logbooks.yaml: the folders of several logbooks, with patterns among
// them.
func ParseLogbookList(path string, text []byte) (folders []Value[string], doc *Document) {
	doc = &Document{Source: newSource(path, text), Kind: SettingsFile}
	defer doc.catch()
	doc.readYAML(path, func(r *keyReader) {
		folders = r.texts("logbooks")
		r.misspelt()
	})
	return folders, doc
}
