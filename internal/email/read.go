package email

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
	"unicode/utf8"
)

// A Received is a mail that came in.
type Received struct {
	From string    // the sender's address; "" where it can't be read
	Date time.Time // when it was sent, in the sender's own offset; zero where it can't be read
	Text string    // of its plain part
}

// IsMail says whether a file is a mail with its headers, not only somebody's text.
func IsMail(text []byte) bool {
	message, err := mail.ReadMessage(bytes.NewReader(withoutEnvelope(text)))
	if err != nil || message.Header.Get("From") == "" {
		return false
	}
	for _, name := range []string{"Date", "Message-Id", "Mime-Version", "Received"} {
		if message.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// withoutEnvelope leaves out the line that a mailbox file starts each mail with.
func withoutEnvelope(text []byte) []byte {
	if bytes.HasPrefix(text, []byte("From ")) {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	return text
}

// maxDepth bounds how deep a mail's parts may lie in one another.
const maxDepth = 10

var (
	errHTMLOnly = errors.New("the mail has no plain text, only a web page; open it, copy the answers into a text file, and file that")
	errNoText   = errors.New("the mail has no text; copy the answers into a text file, and file that")
)

// Read reads a mail: its sender, date and first plain text. Attachments are left
// alone.
func Read(text []byte) (*Received, error) {
	message, err := mail.ReadMessage(bytes.NewReader(withoutEnvelope(text)))
	if err != nil {
		return nil, fmt.Errorf("the mail can't be read: %w", err)
	}
	r := &Received{}
	decoder := &mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: func(string, io.Reader) (io.Reader, error) {
		return strings.NewReader(""), nil // only the address counts, never the name
	}}}
	if from, err := decoder.ParseList(message.Header.Get("From")); err == nil {
		r.From = from[0].Address
	}
	if date, err := mail.ParseDate(message.Header.Get("Date")); err == nil {
		r.Date = date
	}
	var html bool
	r.Text, err = plainText(textproto.MIMEHeader(message.Header), message.Body, &html, 0)
	switch {
	case errors.Is(err, errNoText) && html:
		return nil, errHTMLOnly
	case err != nil:
		return nil, err
	}
	return r, nil
}

// plainText is the first plain text in a part and those within it, or errNoText.
// html says whether there was a web page.
func plainText(header textproto.MIMEHeader, body io.Reader, html *bool, depth int) (string, error) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case header.Get("Content-Type") == "":
		kind = "text/plain"
	case err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter):
		return "", errNoText // nobody can say what it is
	}
	if disposition, _, _ := mime.ParseMediaType(header.Get("Content-Disposition")); disposition == "attachment" {
		return "", errNoText
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && depth < maxDepth:
		return firstPart(multipart.NewReader(body, params["boundary"]), html, depth)
	case kind == "text/html":
		*html = true
		return "", errNoText
	case kind != "text/plain":
		return "", errNoText
	}
	text, err := io.ReadAll(decoded(header.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return "", fmt.Errorf("the mail's text can't be decoded (%w); copy the answers into a text file, and file that", err)
	}
	return toUTF8(text, params["charset"])
}

func firstPart(parts *multipart.Reader, html *bool, depth int) (string, error) {
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return "", errNoText // the end, or cut off
		}
		if text, err := plainText(part.Header, part, html, depth+1); !errors.Is(err, errNoText) {
			return text, err
		}
	}
}

func decoded(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}

// toUTF8 reads the character sets that mail is written in, but for those of
// languages whose programs have long sent UTF-8.
func toUTF8(text []byte, charset string) (string, error) {
	charset = strings.ToLower(charset)
	switch charset {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		if !utf8.Valid(text) {
			return "", errors.New("the mail's text is not UTF-8, as it says; copy the answers into a text file, and file that")
		}
		return string(text), nil
	case "iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "cp1252":
		var out strings.Builder
		for _, c := range text {
			out.WriteRune(westernRune(c, charset))
		}
		return out.String(), nil
	}
	return "", fmt.Errorf("the mail is written in the character set %q; copy the answers into a text file in UTF-8, and file that", charset)
}

// The characters in which windows-1252, from 0x80 on, and iso-8859-15 are not
// those of Unicode.
var (
	windows1252 = [...]rune{
		'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
		0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
	}
	iso885915 = map[byte]rune{0xa4: '€', 0xa6: 'Š', 0xa8: 'š', 0xb4: 'Ž', 0xb8: 'ž', 0xbc: 'Œ', 0xbd: 'œ', 0xbe: 'Ÿ'}
)

func westernRune(c byte, charset string) rune {
	if r, other := iso885915[c]; other && charset == "iso-8859-15" {
		return r
	}
	// Mail that says iso-8859-1 is often windows-1252, and never means the control
	// characters that stand there.
	if 0x80 <= c && c <= 0x9f && charset != "iso-8859-15" {
		return windows1252[c-0x80]
	}
	return rune(c)
}
