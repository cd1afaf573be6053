package gitrepo

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// catFile is a running git cat-file --batch. It reads the objects themselves, whatever
// git replace would show in their place.
type catFile struct {
	native *native
	cmd    *exec.Cmd
	in     io.WriteCloser // nil where all questions are known beforehand
	out    *bufio.Reader
	stderr bytes.Buffer
	ended  func() // to be called when it has
}

func (n *native) newCatFile(options ...string) *catFile {
	c := &catFile{native: n, cmd: n.command(reading, append([]string{"--no-replace-objects", "cat-file", "--batch"}, options...)...)}
	c.cmd.Stderr = &c.stderr
	c.cmd.SysProcAttr = ownGroup // it ends with its standard input, and what was begun may need it until then
	return c
}

func (c *catFile) start() error {
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	c.out = bufio.NewReader(out)
	if err := c.cmd.Start(); err != nil {
		return err
	}
	c.ended = endedWithUs(c.cmd)
	return nil
}

// end waits for git, which has nothing more to read.
func (c *catFile) end() error {
	defer c.ended()
	if err := c.cmd.Wait(); err != nil {
		return c.native.failure("cat-file", c.stderr.String(), err)
	}
	return nil
}

// head reads the line that comes before an object: its id, kind and size.
func (c *catFile) head() (fields []string, line string, err error) {
	line, err = c.out.ReadString('\n')
	if err == nil {
		return strings.Fields(line), strings.TrimSpace(line), nil
	}
	interrupt.Await() // which is why a git ends before its time
	if c.in != nil {
		c.in.Close()
	}
	return nil, "", errors.Join(c.end(), errors.New("git cat-file ended before it answered; run this again"))
}

// answer reads an object that was asked for. After an error nothing more can be read.
func (c *catFile) answer(kind plumbing.ObjectType, id string) ([]byte, error) {
	f, line, err := c.head()
	if err != nil {
		return nil, err
	}
	if kind == plumbing.AnyObject && len(f) == 3 {
		kind, _ = plumbing.ParseObjectType(f[1])
	}
	if len(f) != 3 || f[0] != id || f[1] != kind.String() {
		return nil, fmt.Errorf("git cat-file: %s: %s", id, line)
	}
	data, err := c.content(f[2])
	if err != nil {
		return nil, fmt.Errorf("git cat-file: %s: %w", id, err)
	}
	return data, checkObject(kind, data, id)
}

// content reads what comes behind a head.
func (c *catFile) content(size string) ([]byte, error) {
	n, err := strconv.Atoi(size)
	if err != nil || n > maxObject {
		return nil, fmt.Errorf("a file of %s bytes is more than coachlog reads", size)
	}
	data := make([]byte, n+1)
	if _, err := io.ReadFull(c.out, data); err != nil {
		interrupt.Await()
		return nil, errors.New("it is cut short")
	}
	return data[:n:n], nil
}

// read asks one git process for all objects, since there may be thousands.
func (n *native) read(kind plumbing.ObjectType, id string) ([]byte, error) {
	c, err := n.ask(id)
	if err != nil {
		return nil, err
	}
	data, err := c.answer(kind, id)
	if err != nil {
		n.files = nil
	}
	return data, err
}

// commitOf is the id of the commit that a name stands for; "" for none.
func (n *native) commitOf(name string) (string, error) {
	c, err := n.ask(name + "^{commit}")
	if err != nil {
		return "", err
	}
	f, _, err := c.head()
	if err == nil && (len(f) != 3 || len(f[0]) < 40 || strings.ContainsAny(f[0], ":^")) {
		return "", nil // it's missing
	}
	if err == nil {
		_, err = c.content(f[2])
	}
	if err != nil {
		n.files = nil
		return "", fmt.Errorf("git cat-file: %s: %w", name, err)
	}
	return f[0], nil
}

// ask starts a git that answers until this program ends, and asks it something.
func (n *native) ask(what string) (*catFile, error) {
	if err := n.repo.checkOwnFiles(); err != nil {
		return nil, err
	}
	if n.files == nil {
		c := n.newCatFile()
		var err error
		if c.in, err = c.cmd.StdinPipe(); err == nil {
			err = c.start()
		}
		if err != nil {
			return nil, err
		}
		n.files = c
	}
	if _, err := fmt.Fprintln(n.files.in, what); err != nil {
		n.files.in.Close() // so that git ends, and the answer says it
	}
	return n.files, nil
}

// checkOut is what git would put into the work tree, but for the line ends. It ends where
// a filter fails: with one that isn't required git would go on, with the text as it is stored.
func (n *native) checkOut(name, id string) ([]byte, error) {
	var args []string
	for _, filter := range n.repo.filterReader().setUp() {
		args = append(args, "-c", "filter."+filter+".required=true")
	}
	text, err := n.run(reading, nil, append(args, "--no-replace-objects", "cat-file", "--filters", "--path="+name, id)...)
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), err
}
