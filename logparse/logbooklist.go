package logparse

// ParseLogbookList reads logbooks.yaml: the folders of several logbooks, with patterns among
// them.
func ParseLogbookList(path string, text []byte) (folders []Value[string], doc *Document) {
	doc = &Document{Source: newSource(path, text), Kind: SettingsFile}
	defer doc.catch()
	if !doc.readable() {
		return nil, doc
	}
	doc.readConflicts()
	defer doc.finish()
	root := parseYAML(doc.Source, Span{doc.bom, len(doc.plain)}, doc.report)
	r := &keyReader{root: root, report: doc.report}
	if root != nil && r.typed(path, root, yamlMapping) != nil {
		folders = r.texts("logbooks")
		r.misspelt()
	}
	return folders, doc
}
