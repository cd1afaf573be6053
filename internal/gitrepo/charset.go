package gitrepo

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charset is the character set of a name, however that is spelt: "ISO-8859-2", "iso8859_2",
// "latin2". Nil where none is known. x/text's own list of names costs every start a
// thirtieth of its time.
func charset(name string) encoding.Encoding { return charsets()[otherName(bareName(name))] }

// charsets are all of them, by their bare names.
var charsets = sync.OnceValue(func() map[string]encoding.Encoding {
	all := make(map[string]encoding.Encoding)
	for _, set := range slices.Concat(charmap.All, japanese.All, simplifiedchinese.All, []encoding.Encoding{korean.EUCKR, traditionalchinese.Big5}) {
		all[bareName(fmt.Sprint(set))] = set
	}
	return all
})

// otherName is the name that x/text has for a character set that goes by several. What says
// ISO-8859-1 is often Windows-1252, which has all of it.
func otherName(name string) string {
	switch name {
	case "iso88591", "latin1", "l1", "ascii", "usascii":
		return "windows1252"
	case "latin2":
		return "iso88592"
	case "iso88599", "latin5":
		return "windows1254"
	case "latin9", "l9":
		return "iso885915"
	case "tis620", "iso885911":
		return "windows874"
	case "sjis", "xsjis", "mskanji", "cp932", "windows31j":
		return "shiftjis"
	case "gb2312", "euccn", "cp936":
		return "gbk"
	case "ksc5601", "ksc56011987", "cp949", "uhc":
		return "euckr"
	}
	if windows, ok := strings.CutPrefix(name, "cp125"); ok {
		return "windows125" + windows
	}
	return strings.Replace(strings.Replace(name, "cp", "ibm", 1), "ibm", "ibmcodepage", 1)
}

// bareName is a name in small letters and digits alone.
func bareName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
