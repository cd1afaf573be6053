package email

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/coachlog/coachlog/internal/pattern"
)

// A Received is a mail that came in, or a text alone.
type Received struct {
	From string    // the sender's address; "" where it can't be read, or there are more than one
	ID   string    // its Message-ID, without brackets
	Date time.Time // when it was sent, in the sender's own offset; zero where it can't be read
	Text string    // of its plain part
}

// isMail says whether headers are a mail's, and not the first lines of somebody's text.
func isMail(header mail.Header) bool {
	has := func(name string) bool { return header.Get(name) != "" }
	return has("From") && slices.ContainsFunc([]string{"Date", "Message-Id", "Mime-Version", "Received"}, has)
}

// Mails are the mails of a mailbox file, each behind a line that starts with "From "; of
// any other file the whole.
func Mails(file []byte) [][]byte {
	if !bytes.HasPrefix(file, []byte("From ")) {
		return [][]byte{file}
	}
	var mails [][]byte
	start := 0
	for _, at := range nextMail().FindAllSubmatchIndex(file, -1) {
		mails = append(mails, file[start:at[0]+1])
		start = at[2]
	}
	return append(mails, file[start:])
}

// nextMail is a blank line and one with an address, or none, and a time of day.
var nextMail = pattern.Of(`\n\r?\n(From [^\n]*\d\d:\d\d[^\n]*\n)`)

var (
	errHTMLOnly = errors.New("the mail has no plain text, only a web page; open it, copy the answers into a text file, and use that")
	errNoText   = errors.New("the mail has no text; copy the answers into a text file, and use that")
)

// Read reads a file that somebody's answer came in: the text alone, or a mail with its
// sender, date and first plain text. Attachments are left alone.
func Read(file []byte) (*Received, error) {
	r := &Received{Text: string(file)}
	if bytes.HasPrefix(file, []byte("From ")) { // as a mailbox file starts each mail
		_, file, _ = bytes.Cut(file, []byte("\n"))
	}
	message, err := mail.ReadMessage(bytes.NewReader(file))
	if err == nil && isMail(message.Header) {
		if r, err = readMail(message); err != nil {
			return nil, err
		}
	}
	if !utf8.ValidString(r.Text) || strings.Contains(r.Text, "\x00") {
		return nil, errors.New("it isn't UTF-8 text; save the answers as a plain text file in UTF-8, and use that")
	}
	return r, nil
}

func readMail(message *mail.Message) (r *Received, err error) {
	r = &Received{}
	decoder := &mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: func(string, io.Reader) (io.Reader, error) {
		return strings.NewReader(""), nil // only the address counts, never the name
	}}}
	if lines := message.Header["From"]; len(lines) == 1 {
		if from, err := decoder.ParseList(lines[0]); err == nil && len(from) == 1 {
			r.From = from[0].Address
		}
	}
	r.ID = strings.Trim(message.Header.Get("Message-Id"), " <>")
	if date, err := mail.ParseDate(message.Header.Get("Date")); err == nil {
		r.Date = date
	}
	r.Text, err = plainText(textproto.MIMEHeader(message.Header), message.Body, 0)
	return r, err
}

// maxDepth bounds how deep a mail's parts may lie in one another.
const maxDepth = 10

// plainText is the first plain text in a part and those within it; else errHTMLOnly or
// errNoText.
func plainText(header textproto.MIMEHeader, body io.Reader, depth int) (string, error) {
	kind, params, err := mime.ParseMediaType(cmp.Or(header.Get("Content-Type"), "text/plain"))
	disposition, _, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	switch {
	case err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter): // nobody can say what it is
		return "", errNoText
	case disposition == "attachment":
		return "", errNoText
	case strings.HasPrefix(kind, "multipart/") && depth < maxDepth:
		return firstText(multipart.NewReader(body, params["boundary"]), depth+1)
	case kind == "text/html":
		return "", errHTMLOnly
	case kind != "text/plain":
		return "", errNoText
	}
	text, err := io.ReadAll(decoded(header.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return "", fmt.Errorf("the mail's text can't be decoded (%w); copy the answers into a text file, and use that", err)
	}
	return toUTF8(text, params["charset"])
}

func firstText(parts *multipart.Reader, depth int) (string, error) {
	none := errNoText
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return "", none // the end, or cut off
		}
		switch text, err := plainText(part.Header, part, depth); err {
		case errHTMLOnly:
			none = errHTMLOnly
		case errNoText:
		default:
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
	switch strings.ToLower(charset) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		if !utf8.Valid(text) {
			return "", errors.New("the mail says that it is UTF-8, but it isn't; copy the answers into a text file, and use that")
		}
		return string(text), nil
	case "iso-8859-1", "latin1", "windows-1252", "cp1252":
		// Mail that says iso-8859-1 is often windows-1252.
		return charmap.Windows1252.NewDecoder().String(string(text))
	case "iso-8859-15":
		return charmap.ISO8859_15.NewDecoder().String(string(text))
	}
	return "", fmt.Errorf("the mail is written in the character set %q; copy the answers into a text file in UTF-8, and use that", strings.ToLower(charset))
}
