package plainfile

import "strings"

// The most that is read of one file, in bytes, by what the file is. A file above its
// bound is refused by its size, before anything of it is read. What a log may have is
// the parser's to say.
const (
	OneLine = 64 << 10 // files of git that hold one line: HEAD, a branch
	Text    = 16 << 20 // files of a logbook, and notes that become some
	Export  = 64 << 20 // exports of other systems, the tables made of them, mails
	GitList = 64 << 20 // git's settings and lists: packed-refs, attributes
)

// Most is the bound of a logbook's file: a table may be long.
func Most(name string) int64 {
	if strings.HasSuffix(name, ".csv") {
		return Export
	}
	return Text
}
