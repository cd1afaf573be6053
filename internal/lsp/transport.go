package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/sourcegraph/jsonrpc2"
)

// maxMessage bounds a message: a text of a megabyte takes at most six as JSON, and its
// edits more than once that.
const maxMessage = 32 << 20

// maxHeader bounds the lines before a message.
const maxHeader = 4096

// A stream reads and writes messages with their length before them. What is no JSON gets
// an error for an answer, and the next message is read.
type stream struct {
	in     *bufio.Reader
	closer io.Closer
	mu     sync.Mutex
	out    io.Writer
	ends   func() // waits until all that was read is answered

	broken atomic.Pointer[error] // why no more can be read, but that nothing comes any more
}

func newStream(in io.ReadCloser, out io.Writer, ends func()) *stream {
	return &stream{in: bufio.NewReaderSize(in, maxHeader), closer: in, out: out, ends: ends}
}

// WriteObject writes a message in one piece.
func (s *stream) WriteObject(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = fmt.Fprintf(s.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// ReadObject reads the next message that can be read.
func (s *stream) ReadObject(v any) error {
	for {
		body, err := s.readBody()
		if err != nil {
			if s.ends(); err != io.EOF && err != io.ErrUnexpectedEOF {
				s.broken.Store(&err)
			}
			return err
		}
		code := int64(jsonrpc2.CodeParseError)
		if json.Valid(body) {
			if err = json.Unmarshal(body, v); err == nil {
				return nil
			}
			code = jsonrpc2.CodeInvalidRequest
		}
		if err := s.refuse(code, body); err != nil {
			return err
		}
	}
}

// refuse answers what isn't a message of the protocol.
func (s *stream) refuse(code int64, body []byte) error {
	var asked struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(body, &asked) != nil || len(asked.ID) == 0 {
		asked.ID = json.RawMessage("null")
	}
	return s.WriteObject(map[string]any{"jsonrpc": "2.0", "id": asked.ID, "error": jsonrpc2.Error{Code: code, Message: "this isn't a message of JSON-RPC 2.0"}})
}

func (s *stream) readBody() ([]byte, error) {
	length := -1
	for {
		line, err := s.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		text := strings.TrimSpace(string(line))
		if text == "" && length < 0 { // a line end too many behind the last message
			continue
		}
		if text == "" {
			break
		}
		if name, value, ok := strings.Cut(text, ":"); ok && strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 {
				return nil, errors.New("a Content-Length that isn't a number")
			}
		}
	}
	if length > maxMessage {
		_, err := io.CopyN(io.Discard, s.in, int64(length))
		return []byte("too long"), err // which is no JSON
	}
	body := make([]byte, length)
	_, err := io.ReadFull(s.in, body)
	return body, err
}

// Close ends the reading.
func (s *stream) Close() error { return s.closer.Close() }
