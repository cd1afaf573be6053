// Package email writes the message of `coachlog prep` as a link or a draft that
// a mail program opens, and reads the mail that answers it. It sends nothing.
package email

import (
	"bytes"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"strings"
	"unicode"
)

// A Message is a mail that is to be sent. From and To may be nil, where an
// address isn't known: then whoever sends it fills that in.
type Message struct {
	From, To *mail.Address
	Subject  string
	Body     string // with LF line ends
}

// Address reads an address that somebody wrote into a file, as in
// rep1@example.org, and gives it a name.
func Address(text, name string) (*mail.Address, error) {
	address, err := mail.ParseAddress(text)
	if err != nil {
		return nil, fmt.Errorf("%q isn't an email address; write one like rep1@example.org", text)
	}
	if strings.ContainsFunc(address.Address, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return nil, fmt.Errorf("%q has characters that some mail programs can't send to; use a plain ASCII address", text)
	}
	address.Name = name
	return address, nil
}

// EML is the message as a draft (RFC 5322, 2045): mail programs that know
// X-Unsent open it for editing. Every value is encoded, so that none can add a
// header of its own.
func (m Message) EML() []byte {
	var out bytes.Buffer
	header := func(name, value string) { out.WriteString(fold(name+": "+value) + "\r\n") }
	if m.From != nil {
		header("From", mailbox(m.From))
	}
	if m.To != nil {
		header("To", mailbox(m.To))
	}
	header("Subject", mime.QEncoding.Encode("utf-8", oneLine(m.Subject)))
	header("X-Unsent", "1")
	header("MIME-Version", "1.0")
	header("Content-Type", "text/plain; charset=utf-8")
	header("Content-Transfer-Encoding", "quoted-printable")
	out.WriteString("\r\n")
	body := quotedprintable.NewWriter(&out)
	// Writing to memory doesn't fail.
	_, _ = body.Write([]byte(mailLines(m.Body)))
	_ = body.Close()
	return out.Bytes()
}

// Mailto is the message as a link (RFC 6068).
func (m Message) Mailto() string {
	to := ""
	if m.To != nil {
		at := strings.LastIndexByte(m.To.Address, '@')
		to = escape(m.To.Address[:at]) + "@" + escape(m.To.Address[at+1:])
	}
	return "mailto:" + to + "?subject=" + escape(oneLine(m.Subject)) + "&body=" + escape(mailLines(m.Body))
}

// fold breaks a header before blanks, so that its lines stay below 78 characters
// where its words do.
func fold(line string) string {
	var out strings.Builder
	column := 0
	for i, word := range strings.Split(line, " ") {
		switch {
		case i > 1 && column+1+len(word) > 77:
			out.WriteString("\r\n ")
			column = 1
		case i > 0:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += len(word)
	}
	return out.String()
}

// mailbox is an address with its name. Names beyond ASCII go in base64, where no
// character of theirs can mean anything.
func mailbox(a *mail.Address) string {
	name := oneLine(a.Name)
	if encoded := mime.BEncoding.Encode("utf-8", name); encoded != name {
		return encoded + " <" + a.Address + ">"
	}
	return (&mail.Address{Name: name, Address: a.Address}).String()
}

// mailLines is text with the line ends of mail.
func mailLines(text string) string {
	return strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(text)
}

// maxHeader bounds a subject or name, in characters: RFC 5322 allows lines of 998.
const maxHeader = 200

// oneLine is a header's text: control characters have no place in it.
func oneLine(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	line := []rune(strings.Join(words, " "))
	return strings.TrimSpace(string(line[:min(len(line), maxHeader)]))
}

// escape writes all but the unreserved characters of RFC 3986 as %XX.
func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
