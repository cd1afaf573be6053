package logparse

import "strings"

// yamlWords says in plain words what yaml.v3 complains of, and what to do. The
// first entry whose key is in the message counts.
var yamlWords = []struct{ theirs, message, remedy string }{
	{"mapping values are not allowed", "there is a second `: ` on this line, or the line is indented more than the one before", "put the value in double quotes, or start the line where the other lines start"},
	{"could not find expected ':'", "this line isn't `key: value`, or a quote above it isn't closed", "write a colon and a blank after the key, and close each quote"},
	{"did not find expected ',' or '}'", "a `{` is not closed, or a comma is missing after it", "write `{aht: 398, fcr: 71}`, on one line"},
	{"did not find expected ',' or ']'", "a `[` is not closed, or a comma is missing after it", "write `[aht, fcr]`, or put the value in double quotes"},
	{"node content", "a `[` or `{` is not closed", "write lists as `[a, b]` and mappings as `{aht: 398}`, on one line"},
	{"did not find expected key", "this line doesn't fit the lines above it", "indent keys of one level alike, and put values that start with a quote or a bracket in double quotes whole"},
	{"found character that cannot start any token", "a value here starts with a character that means something in YAML, or with a tab", "put the value in double quotes, and use blanks in place of tabs"},
	{"a tab character", "there is a tab where YAML only allows blanks", "use blanks to indent"},
	{"found unexpected end of stream", "a quote is not closed", "close the quote at the end of the value"},
	{"unknown escape character", "a backslash in double quotes starts something that YAML doesn't know", "write two backslashes, or use single quotes"},
	{"escape code", "a backslash in double quotes starts something that YAML doesn't know", "write two backslashes, or use single quotes"},
	{"control characters are not allowed", "there is an invisible control character here", "type the line again"},
	{"block sequence entries are not allowed", "there is a `- ` where no list can be", "write the list on lines of its own below the key, or as `[a, b]`"},
	{"unknown anchor", "a value starts with `*`, which YAML takes for a reference", "put the value in double quotes"},
	{"while scanning an a", "a value starts with `*` or `&`, which YAML takes for a reference", "put the value in double quotes"},
	{"alphabetic or numeric character", "a value starts with `*` or `&`, which YAML takes for a reference", "put the value in double quotes"},
	{"'-' indicator", "this line doesn't fit the list above it", "start each line of a list with `- `, all indented alike"},
	{"block scalar", "the text after `|` or `>` can't be read", "put the text in double quotes, on one line"},
	{"indentation indicator", "the text after `|` or `>` can't be read", "put the text in double quotes, on one line"},
	{"directive", "a line starts with `%`, which means something in YAML", "put the value in double quotes"},
	{"tag", "a value starts with `!`, which means something in YAML", "put the value in double quotes"},
	{"document", "this line starts or ends a YAML document", "only use `---` and `...` around the front matter"},
}

// plainYAMLError is yaml.v3's message in plain words, with what to do about it.
func plainYAMLError(theirs string) (message, remedy string) {
	for _, w := range yamlWords {
		if strings.Contains(theirs, w.theirs) {
			return w.message, w.remedy
		}
	}
	return "this line isn't YAML that coachlog can read", "write `key: value`, and quote values that hold ': ' or start with one of [ { * & ! % @ `"
}
