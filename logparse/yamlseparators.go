package logparse

import "strings"

// hideSeparators replaces the characters that yaml.v3 takes for line ends, as
// YAML 1.1 did: everybody else reads them as part of the line. Each becomes one
// character, so that columns stay the same; restore puts them back into a value.
func hideSeparators(text string) (hidden string, restore func(string) string) {
	if !strings.ContainsAny(text, yamlSeparators) {
		return text, func(value string) string { return value }
	}
	var there, back []string
	substitute := rune(0xe000) // private use: it means nothing to YAML
	for _, separator := range yamlSeparators {
		for strings.ContainsRune(text, substitute) {
			substitute++
		}
		there = append(there, string(separator), string(substitute))
		back = append(back, string(substitute), string(separator))
		substitute++
	}
	return strings.NewReplacer(there...).Replace(text), strings.NewReplacer(back...).Replace
}

const yamlSeparators = "\u0085\u2028\u2029"
