package email

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func address(t *testing.T, text, name string) *mail.Address {
	t.Helper()
	a, err := Address(text, name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAddress(t *testing.T) {
	for _, text := range []string{
		"", "priya", "priya@", "@example.org", "a@x.org, b@x.org", "priya@example.org\r\nBcc: evil@example.org", "<priya@example.org", "pri ya@example.org",
		"priya@exämple.org", "\"a b\"@example.org", "priya@example.org\x00",
	} {
		if a, err := Address(text, ""); err == nil {
			t.Errorf("%q is taken as %v", text, a)
		}
	}
	for _, text := range []string{"priya@example.org", " priya@example.org ", "Priya <priya@example.org>"} {
		if a, err := Address(text, "P"); err != nil || a.Address != "priya@example.org" || a.Name != "P" {
			t.Errorf("%q is taken as %v (%v)", text, a, err)
		}
	}
}

// messages are plain and hostile ones.
func messages(t *testing.T) []Message {
	long := strings.Repeat("A long line with ümläuts and a dot.\n.\n= and =3D\ttab ", 40)
	return []Message{
		{address(t, "josh@example.org", "Josh Keller"), address(t, "priya@example.org", "Priya Raman"), "Our session on Monday, 6 July 2026", "Hello,\n\nwhat feels good?\n"},
		{nil, nil, "Nobody yet", "Hello\n"},
		{nil, address(t, "o'brien+a&b=c%d@example.org", "Zoë \"Z\" O'Brien, Ünit \U0001f600"), "Über uns: 5 % & more? #1", "Grüße\n\n> quoted\nFrom me\n" + long},
		{address(t, "josh@example.org", "Josh\r\nBcc: evil@example.org\r\n\r\nBody"), address(t, "p@example.org", "P\nBcc: evil@example.org"),
			"Subject\r\nBcc: evil@example.org\r\n\r\nBody", "Body\r\n"},
		{address(t, "josh@example.org", strings.Repeat("Long name ", 30)), nil, strings.Repeat("long subject ", 80), "x"},
		{nil, address(t, "p@example.org", strings.Repeat("Zoë", 60)), strings.Repeat("Über uns ", 40), strings.Repeat("ü", 2000)},
		{nil, address(t, "p@example.org", strings.Repeat("Z", 2000)), strings.Repeat("Ü", 2000), strings.Repeat("u", 2000)},
	}
}

// checkEML holds a draft against the message, read by Go's own parser.
func checkEML(t *testing.T, m Message) {
	t.Helper()
	raw := m.EML()
	for _, line := range bytes.Split(raw, []byte("\r\n")) {
		if bytes.ContainsAny(line, "\r\n") || len(line) > 998 {
			t.Fatalf("a line ends in something else than CRLF, or is too long: %q", line)
		}
	}
	if i := bytes.IndexFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
		t.Fatalf("byte %d is not ASCII", i)
	}
	got, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"From": true, "To": true, "Subject": true, "X-Unsent": true, "Mime-Version": true, "Content-Type": true, "Content-Transfer-Encoding": true}
	for name, values := range got.Header {
		if !known[name] || len(values) != 1 {
			t.Errorf("there is a header %s: %q", name, values)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != oneLine(m.Subject) {
		t.Errorf("the subject is %q (%v)", subject, err)
	}
	for header, want := range map[string]*mail.Address{"From": m.From, "To": m.To} {
		if want == nil {
			continue
		}
		list, err := got.Header.AddressList(header)
		if err != nil || len(list) != 1 || list[0].Address != want.Address {
			t.Errorf("%s is %v (%v), want %v", header, list, err, want)
		}
	}
	body, err := io.ReadAll(quotedprintable.NewReader(got.Body))
	if want := mailLines(m.Body); err != nil || string(body) != want {
		t.Errorf("the body is %q, want %q (%v)", body, want, err)
	}
}

func TestEML(t *testing.T) {
	for _, m := range messages(t) {
		checkEML(t, m)
	}
}

// TestEMLReadByAnother holds the drafts against another program's parser.
func TestEMLReadByAnother(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	const program = `
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
print(json.dumps({"to": [a.addr_spec for a in m["to"].addresses] if m["to"] else [], "subject": str(m["subject"]), "body": m.get_content(),
  "headers": sorted(k.lower() for k in m.keys()), "defects": [str(d) for d in m.defects]}))`
	for _, m := range messages(t) {
		c := exec.Command(python, "-c", program)
		c.Stdin, c.Stderr = bytes.NewReader(m.EML()), os.Stderr
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			To, Headers, Defects []string
			Subject, Body        string
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		want := strings.ReplaceAll(m.Body, "\r\n", "\n")
		if got.Subject != oneLine(m.Subject) || strings.ReplaceAll(got.Body, "\r\n", "\n") != want || len(got.Defects) > 0 {
			t.Errorf("it reads %+v, want %+v", got, m)
		}
		if m.To != nil && (len(got.To) != 1 || got.To[0] != m.To.Address) {
			t.Errorf("it is to %q, want %v", got.To, m.To)
		}
		if strings.Contains(strings.Join(got.Headers, " "), "bcc") {
			t.Errorf("there are %q", got.Headers)
		}
	}
}

func TestMailto(t *testing.T) {
	for _, m := range messages(t) {
		link := m.Mailto()
		if strings.ContainsAny(link, " +\r\n\"<>#") {
			t.Errorf("not everything is escaped in %q", link)
		}
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "mailto" {
			t.Fatalf("%q: %v", link, err)
		}
		to, err := url.PathUnescape(u.Opaque)
		if want := ""; m.To != nil {
			want = m.To.Address
			if err != nil || to != want {
				t.Errorf("it is to %q, want %q", to, want)
			}
		}
		query := u.Query()
		if len(query) != 2 || query.Get("subject") != oneLine(m.Subject) {
			t.Errorf("the link asks for %v", query)
		}
		if body := query.Get("body"); strings.ReplaceAll(body, "\r\n", "\n") != strings.ReplaceAll(m.Body, "\r\n", "\n") || strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\n") {
			t.Errorf("the body is %q", body)
		}
	}
	if got := (Message{Subject: "a b", Body: "c\nd"}).Mailto(); got != "mailto:?subject=a%20b&body=c%0D%0Ad" {
		t.Errorf("got %s", got)
	}
}

func TestRead(t *testing.T) {
	const head = "From: Priya Raman <priya@example.org>\nDate: Sat, 4 Jul 2026 23:30:00 -0700\nMIME-Version: 1.0\n"
	multi := "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/html\n\n<p>no</p>\n" +
		"--a\nContent-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: base64\n\nR3LDvMOf\nZQo=\n--a--\n--m\nContent-Type: text/plain\nContent-Disposition: attachment\n\nno\n--m--\n"
	for _, test := range []struct{ name, mail, text, err string }{
		{"plain", head + "\nHello\n", "Hello\n", ""},
		{"with CRLF", strings.ReplaceAll(head+"\nHello\n", "\n", "\r\n"), "Hello\r\n", ""},
		{"from a mailbox", "From priya@example.org Sat Jul  4 2026\n" + head + "\nHello\n", "Hello\n", ""},
		{"quoted-printable", head + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable\n\nGr=C3=BC=C3=9Fe, a long li=\nne\n", "Grüße, a long line\n", ""},
		{"latin", head + "Content-Type: text/plain; charset=ISO-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe =80 =96\n", "Grüße € –\n", ""},
		{"latin 9", head + "Content-Type: text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: quoted-printable\n\n=A4=FC\n", "€ü\n", ""},
		{"in several parts", head + multi, "Grüße\n", ""},
		{"a web page only", head + "Content-Type: text/html\n\n<p>x</p>\n", "", "no plain text, only a web page"},
		{"a picture", head + "Content-Type: image/png\n\nx\n", "", "the mail has no text"},
		{"an unknown character set", head + "Content-Type: text/plain; charset=koi8-r\n\nx\n", "", `character set "koi8-r"`},
		{"not what it says", head + "Content-Type: text/plain; charset=utf-8\n\n\xff\n", "", "says that it is UTF-8"},
		{"broken base64", head + "Content-Transfer-Encoding: base64\n\n!!!!\n", "", "can't be decoded"},
		{"cut off", head + "Content-Type: multipart/mixed; boundary=m\n\n--m\n", "", "the mail has no text"},
		{"nested without end", head + strings.Repeat("Content-Type: multipart/mixed; boundary=m\n\n--m\n", 50), "", "the mail has no text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Read([]byte(test.mail))
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Fatalf("the error is %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.Text != test.text || got.From != "priya@example.org" || got.Date.Format("2006-01-02") != "2026-07-04" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestReadTextAlone(t *testing.T) {
	for _, text := range []string{"", "Hello\n", "Focus: notes\n\nFrom: here\n", "From: me\n\nnotes\n", "1. Strengths\ncalm\n", "From here on I do\nless\n"} {
		if got, err := Read([]byte(text)); err != nil || *got != (Received{Text: text}) {
			t.Errorf("%q is read as %+v, %v", text, got, err)
		}
	}
	for _, file := range []string{"\xff\xfeH\x00", "caf\xe9"} {
		if _, err := Read([]byte(file)); err == nil || !strings.Contains(err.Error(), "isn't UTF-8 text") {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func TestMails(t *testing.T) {
	const first, second = "From a@x Mon Jul  6 09:00:00 2026\nFrom: a@x\n\nFrom here on:\ntime: 4\n", "From b@x Mon Jul  6 09:00:00 2026\nFrom: b@x\n\ntime: 5\n"
	tests := []struct {
		file string
		want []string
	}{
		{first + "\n" + second, []string{first, second}},
		{strings.ReplaceAll(first+"\n"+second, "\n", "\r\n"), []string{strings.ReplaceAll(first, "\n", "\r\n"), strings.ReplaceAll(second, "\n", "\r\n")}},
		{first, []string{first}},
		{"From: a@x\n\nHello\n\nFrom there\n", []string{"From: a@x\n\nHello\n\nFrom there\n"}},
		{"", []string{""}},
	}
	for _, test := range tests {
		var got []string
		for _, mail := range Mails([]byte(test.file)) {
			got = append(got, string(mail))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: got %q, want %q", test.file, got, test.want)
		}
	}
}

// FuzzRead: no mail stops the program, and what is read is text.
func FuzzRead(f *testing.F) {
	f.Add([]byte("From: a@x.org\nDate: Sat, 4 Jul 2026 23:30:00 -0700\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n=C3=BC\n--m--\n"))
	f.Add([]byte("From: =?koi8-r?q?x?= <a@x.org>\nMime-Version: 1.0\nContent-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: base64\n\ngJY=\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := Read(text)
		if err == nil && !utf8.ValidString(got.Text) {
			t.Fatalf("%q is not UTF-8", got.Text)
		}
	})
}

// FuzzEML: nothing in a message becomes a header of its own.
func FuzzEML(f *testing.F) {
	f.Add("Priya", "Our session", "Hello\n")
	f.Add("\\\u05a4", "0", "0")
	f.Add("P\r\nBcc: x@example.org", "S\nBcc: x", "\r\n.\r\n")
	f.Fuzz(func(t *testing.T, name, subject, body string) {
		if !utf8.ValidString(name + subject + body) {
			return // the template and the plan are UTF-8
		}
		body = strings.ReplaceAll(strings.ReplaceAll(body, "\r", ""), "\x00", "")
		checkEML(t, Message{To: &mail.Address{Name: name, Address: "p@example.org"}, Subject: subject, Body: body})
	})
}
