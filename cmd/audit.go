package cmd

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report"
)

type auditOptions struct {
	*app
	against    string
	signatures string
	signers    string
	keyring    string
	since      string
	list       bool
	format     string
}

func newAudit(app *app) *cobra.Command {
	o := &auditOptions{app: app}
	c := &cobra.Command{
		Use:   "audit",
		Short: "Find what was changed after it was agreed, from the commits",
		Long: `audit reads every commit and says where they don't bear out what the logbook says:
a text that both had agreed to and that was changed; a target or date moved after it
had passed; an account edited after the next session; a log deleted; a session's day
that the commits contradict; a sign-off by another hand; a commit that isn't signed
where the logbook asks for that; a history that was rewritten, where an anchor is at
hand to compare with. It looks at what is recorded, and not at files that aren't yet.

It ends with 1 where it finds something, with 2 where it could not look. It reads
everything from git's objects and nothing that it kept itself. What its word is worth,
and what nobody can prove, stands in docs/audit.md.`,
		Example: `  coachlog audit
  coachlog audit anchor > ../anchor-of-the-team.txt
  coachlog audit --against ../anchor-of-the-team.txt
  coachlog audit --signatures sign-offs
  coachlog audit --since 2026-10-01        in CI, where what came before is known
  coachlog audit --format json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return o.run()
		},
	}
	c.Flags().StringVar(&o.against, "against", "", "compare with the anchor in this `file`")
	c.Flags().StringVar(&o.since, "since", "", "leave out what commits of days before this `date` show")
	c.Flags().StringVar(&o.signatures, "signatures", "", "`which` commits have to be signed, whatever the logbook says: "+strings.Join(logparse.SignatureWants, ", "))
	c.Flags().StringVar(&o.signers, "allowed-signers", "", "`file` of the SSH keys that are believed (default: git's gpg.ssh.allowedSignersFile)")
	c.Flags().StringVar(&o.keyring, "keyring", "", "`file` of the OpenPGP keys that are believed, where gpg isn't installed")
	c.Flags().BoolVar(&o.list, "list-checks", false, "list what the audit looks for, and why")
	formatFlag(c, &o.format, plainFormats)
	completeFlag(c, "signatures", logparse.SignatureWants)
	c.AddCommand(newAuditAnchor(app))
	return c
}

func (o *auditOptions) run() error {
	if err := oneOf("format", o.format, plainFormats); err != nil {
		return err
	}
	if o.signatures != "" {
		if err := oneOf("signatures", o.signatures, logparse.SignatureWants); err != nil {
			return err
		}
	}
	var since logparse.Date
	if o.since != "" {
		var err error
		if since, err = logparse.ParseDate(o.since); err != nil {
			return fmt.Errorf("--since: %w", err)
		}
	}
	if o.list {
		return o.print(o.format, report.AuditChecks{Checks: trail.Checks})
	}
	p, err := o.openPast()
	if err != nil {
		return err
	}
	a, err := p.audit()
	if err != nil {
		return err
	}
	if o.against != "" {
		if err := p.compareWith(a, o.against); err != nil {
			return err
		}
	}
	if a.Signatures, err = o.verify(p, a); err != nil {
		return err
	}
	if err = cmp.Or(a.Run(), p.unread); err != nil {
		return err
	}
	a.LeaveOutBefore(since)
	if err := o.print(o.format, report.NewAudit(a)); err != nil {
		return err
	}
	if len(a.Findings) > 0 {
		return errFindings
	}
	return nil
}

// audit gathers what the commits are held against. Nothing that was kept is used.
func (p *past) audit() (*trail.Audit, error) {
	h, err := p.repo.History(gitrepo.HistoryOptions{Paths: []string{p.prefix}, Every: true})
	if err != nil {
		return nil, err
	}
	if h.Head == "" {
		return nil, errors.New("there is no commit yet, so there is nothing to audit\nto record the logbook: coachlog commit")
	}
	p.h = h
	// That of the work tree may say something that nobody has recorded.
	m, err := h.RecordedMailmap()
	if err != nil {
		return nil, err
	}
	p.mailmap = &m
	a := &trail.Audit{Ends: h.Ends, Read: p.document, FilesAt: p.filesAt, Between: p.between}
	if a.Commits, err = p.commits(h); err != nil {
		return nil, err
	}
	p.agreedTexts = make(map[string]bool)
	for _, c := range a.Commits {
		if s, ok := plan.ReadSignOff(c); ok {
			p.agreedTexts[s.Text] = true
		}
	}
	if a.Head, err = p.filesAt(h.Head, "."); err != nil {
		return nil, err
	}
	if a.Substituted, err = p.repo.Substituted(); err != nil {
		return nil, err
	}
	a.Book, err = p.bookOf(a.Head, a.Needs)
	return a, err
}

// filesAt lists a commit's files below a folder, as the logbook names them.
func (p *past) filesAt(commit, dir string) (map[string]string, error) {
	files, err := p.h.FilesAt(commit, p.inRepository(dir))
	if err != nil {
		return nil, err
	}
	named := make(map[string]string, len(files))
	for name, id := range files {
		named[p.inLogbook(name)] = id
	}
	return named, nil
}

// between lists what differs between two commits below a folder.
func (p *past) between(from, to, dir string) ([]plan.FileVersion, error) {
	deltas, err := p.h.Between(from, to, p.inRepository(dir))
	files := make([]plan.FileVersion, len(deltas))
	for i, d := range deltas {
		files[i] = plan.FileVersion{Path: p.inLogbook(d.Path), Before: d.Before, After: d.After}
	}
	return files, err
}

// bookOf is the logbook as a commit's files have it, of those files that are needed.
func (p *past) bookOf(files map[string]string, needed func(name string, text []byte) bool) (*plan.Logbook, error) {
	paths := make(map[string][]string) // by the content's id
	var ids []string
	for name, id := range files {
		if name == logbook.SettingsName || strings.HasPrefix(name, "people/") && isLogbookFile(name) {
			paths[id] = append(paths[id], name)
			ids = append(ids, id)
		}
	}
	var texts []logbook.Text
	var read []string // their ids
	err := p.h.Blobs(ids, func(id string, stored []byte) {
		for _, name := range paths[id] {
			text, err := p.checkedOut(name, id, stored)
			if err != nil {
				continue // which is told below
			}
			if name == logbook.SettingsName {
				p.settings, _ = logparse.ParseSettings(name, text)
				continue
			}
			if needed(name, text) {
				texts = append(texts, logbook.Text{Path: name, Text: bytes.Clone(text)})
				read = append(read, id)
			}
		}
	})
	if err = cmp.Or(err, p.unread); err != nil {
		return nil, err
	}
	docs := logbook.Parse(texts, p.settings.Headings)
	for i, doc := range docs {
		if docs[i], err = p.recovered(read[i], doc); err != nil {
			return nil, err
		}
	}
	docs = slices.DeleteFunc(docs, func(d *logparse.Document) bool { return d.Kind == logparse.OtherFile })
	return plan.New(p.settings, docs, nil), nil
}

// compareWith reads an anchor, and where its commit isn't in the history, what git
// still has of that.
func (p *past) compareWith(a *trail.Audit, file string) error {
	text, err := logbook.ReadAnyFile(file)
	if err != nil {
		return fmt.Errorf("--against: %s: %w", file, err)
	}
	if a.Anchor, err = report.ReadAnchor(text); err != nil {
		return fmt.Errorf("--against %s: %w", file, err)
	}
	known := make(map[string]bool, len(a.Commits))
	for _, c := range a.Commits {
		known[c.ID] = true
	}
	if known[a.Anchor.Head] {
		return nil
	}
	old, err := p.repo.History(gitrepo.HistoryOptions{Every: true, From: a.Anchor.Head})
	if err != nil {
		return nil // git has it no longer, which is what the finding says
	}
	commits, err := p.commits(old)
	a.Beyond = slices.DeleteFunc(commits, func(c *plan.Commit) bool { return known[c.ID] })
	return err
}

// verify asks for the signatures of those commits that have to have one.
func (o *auditOptions) verify(p *past, a *trail.Audit) (*trail.Signatures, error) {
	s := &trail.Signatures{Of: p.settings.Signatures.V, Since: p.settings.SignaturesFrom.V, Verdicts: make(map[string]trail.Signature)}
	if o.signatures != "" {
		s.Of, s.Since = o.signatures, logparse.Date{}
	}
	if s.Of == "" || s.Of == "none" {
		return nil, nil
	}
	var asked []string
	for _, c := range a.Commits {
		if a.Asked(s, c) {
			asked = append(asked, c.ID)
		}
	}
	found, err := p.repo.Signatures(context.Background(), asked, gitrepo.SignatureOptions{AllowedSigners: o.signers, Keyring: o.keyring})
	if err != nil {
		return nil, fmt.Errorf("signatures can't be checked: %w", err)
	}
	byOurselves := false
	for id, sig := range found {
		s.Verdicts[id] = trail.Signature{Verdict: sig.Verdict, Signer: sig.Signer, Reason: sig.Reason}
		byOurselves = byOurselves || sig.By == "coachlog" && sig.Verdict != 'N'
	}
	if byOurselves {
		fmt.Fprintln(o.Err, "coachlog: signatures were checked by coachlog itself, since git, ssh-keygen or gpg isn't installed or no allowed signers are set (docs/audit.md)")
	}
	return s, nil
}
