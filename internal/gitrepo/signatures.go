package gitrepo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/internal/signature"
)

// Signature is what the signature on one commit is worth. Key and Signer are
// what keys and files say: whoever shows them escapes them.
type Signature struct {
	Verdict byte           // the letter of git log's %G?
	Kind    signature.Kind // "" where there is none
	Key     string         // the key's fingerprint; of OpenPGP only the claimed key id with B and E
	Signer  string         // SSH's principal, or OpenPGP's user id; only claimed with B
	Reason  string         // why the verdict isn't G, one clause; "" where only git knows
	By      string         // who checked it: "git" or "coachlog"
}

// SignatureOptions say whose signatures count.
type SignatureOptions struct {
	// AllowedSigners is the file with the SSH keys, git's
	// gpg.ssh.allowedSignersFile where this is empty.
	AllowedSigners string
	// Keyring is a file with OpenPGP keys, for where git can't check them.
	Keyring string
}

// Signatures judges the signatures on commits, given by their full ids. Git
// judges where it can; elsewhere, without git or without the program that git
// would ask, coachlog does.
//
// The files that say whom to trust must not be under the control of those who
// are judged: where one of them is a tracked file of this repository, and is
// needed, the error is a *Refusal. With os.DevNull for AllowedSigners nobody is
// trusted, and nothing refused.
func (r *Repo) Signatures(ctx context.Context, commits []string, o SignatureOptions) (map[string]Signature, error) {
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	signed, err := r.signedCommits(commits)
	if err != nil {
		return nil, err
	}
	found := make(map[string]Signature, len(commits))
	for _, id := range commits {
		found[id] = Signature{Verdict: signature.None, Reason: "it isn't signed", By: "coachlog"}
	}
	kinds := map[signature.Kind][]string{}
	for id, commit := range signed {
		kind, _ := signature.Of(commit)
		kinds[kind] = append(kinds[kind], id)
	}
	files := trustFiles{keyring: o.Keyring}
	if len(kinds[signature.SSH]) > 0 {
		if err := r.findTrust(ctx, &files, o.AllowedSigners); err != nil {
			return nil, err
		}
	}
	if r.native != nil {
		verdicts, err := r.native.signatures(ctx, kinds, files)
		if err != nil {
			return nil, err
		}
		for id, s := range verdicts {
			s.Kind, _ = signature.Of(signed[id])
			found[id] = s
			delete(signed, id)
		}
	}
	if len(signed) == 0 {
		return found, nil
	}
	trust, err := r.readTrust(ctx, files)
	if err != nil {
		return nil, err
	}
	for id, commit := range signed {
		v := trust.Check(commit)
		found[id] = Signature{Verdict: v.Letter, Kind: v.Kind, Key: v.Key, Signer: v.Signer, Reason: v.Reason, By: "coachlog"}
	}
	return found, nil
}

// signedCommits reads those of the commits that carry a signature.
func (r *Repo) signedCommits(ids []string) (map[string][]byte, error) {
	for _, id := range ids {
		if len(id) != 40 && len(id) != 64 || strings.Trim(id, "0123456789abcdef") != "" {
			return nil, fmt.Errorf("%q is no commit's full id", id)
		}
	}
	from, err := r.source()
	if err != nil {
		return nil, err
	}
	// Each is held against its id: else a good signature could come with another's.
	signed := map[string][]byte{}
	err = from.readMany(plumbing.CommitObject, ids, func(id string, commit []byte) {
		if _, ok := signature.Of(commit); ok {
			signed[id] = commit
		}
	})
	var cannot *unfit
	if errors.As(err, &cannot) {
		return nil, needsGit(cannot.reason)
	}
	return signed, err
}

// trustFiles name whom to trust; each may be empty.
type trustFiles struct{ signers, revoked, keyring string }

// findTrust finds the files for SSH signatures.
func (r *Repo) findTrust(ctx context.Context, files *trustFiles, signers string) (err error) {
	if signers == "" {
		files.signers, err = r.configuredFile(ctx, "gpg.ssh.allowedsignersfile")
	} else if files.signers, err = filepath.Abs(signers); err == nil {
		if _, err := os.Stat(signers); err != nil {
			return fmt.Errorf("the allowed signers can't be read: %w", err)
		}
	}
	if err == nil {
		files.revoked, err = r.configuredFile(ctx, "gpg.ssh.revocationfile")
	}
	for _, file := range []string{files.signers, files.revoked} {
		if err == nil {
			err = checkGitFile(file, plainfile.Text)
		}
		if err == nil {
			err = r.refuseTracked(ctx, file)
		}
	}
	return err
}

// configuredFile is the absolute path that a setting gives; "" for none. Git
// takes a relative one from the work tree's root.
func (r *Repo) configuredFile(ctx context.Context, key string) (string, error) {
	cfg, err := r.config()
	if err != nil || cfg.last(key) == "" {
		return "", err
	}
	path := cfg.path(key)
	if r.native != nil { // which also knows ~user and %(prefix)
		out, err := r.native.run(ctx, nil, "config", "-z", "--type=path", "--get", key)
		if err != nil {
			return "", err
		}
		path = strings.TrimSuffix(string(out), "\x00")
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(r.root, path)
	}
	return path, nil
}

// refuseTracked refuses a file that is tracked in any of the repository's work
// trees, and one behind a symbolic link that is.
func (r *Repo) refuseTracked(ctx context.Context, file string) error {
	if file == "" {
		return nil
	}
	paths := []string{file}
	for at := filepath.Dir(file); at != filepath.Dir(at); at = filepath.Dir(at) {
		if info, err := os.Lstat(at); err == nil && info.Mode()&os.ModeSymlink != 0 {
			paths = append(paths, at)
		}
	}
	if target, err := filepath.EvalSymlinks(file); err == nil {
		paths = append(paths, target)
	}
	for _, path := range paths {
		if tracked, err := r.tracks(ctx, path); err != nil {
			return err
		} else if tracked {
			return &Refusal{
				Reason: fmt.Sprintf("%s says whose signatures count, and whoever commits to this repository can change it", file),
				Remedy: "keep a copy outside the repository, and name that one",
			}
		}
	}
	return nil
}

// tracks says whether the index of one of the repository's work trees has the file,
// whatever the case of its letters.
func (r *Repo) tracks(ctx context.Context, path string) (bool, error) {
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return false, nil
	}
	tree, err := Find(dir)
	if err != nil || !samePath(tree.common, r.common) {
		return false, nil
	}
	name, err := filepath.Rel(tree.root, filepath.Join(dir, filepath.Base(path)))
	if err != nil {
		return false, err
	}
	name = filepath.ToSlash(name)
	if _, err := tree.config(); err != nil {
		return false, err
	}
	if tree.native != nil {
		out, err := tree.native.run(ctx, nil, "ls-files", "-z", "--", ":(top,literal,icase)"+name)
		return len(out) > 0, err
	}
	index, err := tree.readIndex()
	var cannot *unfit
	if errors.As(err, &cannot) {
		return false, needsGit(cannot.reason)
	}
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(index.entries, func(e indexEntry) bool { return strings.EqualFold(e.name, name) }), nil
}

// readTrust reads the files for a check in process.
func (r *Repo) readTrust(ctx context.Context, files trustFiles) (trust signature.Trust, err error) {
	trust.Now = time.Now()
	// Git goes on where a configured file is missing: nobody is trusted then, or
	// no key revoked.
	read := func(file, what string) (data []byte) {
		if file == "" || err != nil {
			return nil
		}
		data, failed := readGitFile(file, plainfile.Text)
		if failed != nil && !errors.Is(failed, os.ErrNotExist) {
			err = fmt.Errorf("the %s can't be read: %w", what, failed)
		}
		return data
	}
	trust.Signers = signature.ReadAllowedSigners(read(files.signers, "allowed signers"))
	trust.Revoked = signature.ReadRevokedKeys(read(files.revoked, "revoked keys"))
	if files.keyring == "" || err != nil {
		return trust, err
	}
	if files.keyring, err = filepath.Abs(files.keyring); err != nil {
		return trust, err
	}
	if err := r.refuseTracked(ctx, files.keyring); err != nil {
		return trust, err
	}
	keyring, err := readGitFile(files.keyring, plainfile.GitList)
	if err == nil {
		trust.Keyring, err = signature.ReadKeyring(keyring)
	}
	if err != nil {
		err = fmt.Errorf("%s is no keyring as gpg --export writes it: %w", files.keyring, err)
	}
	return trust, err
}

// signatures asks git about commits that are signed. Those that git can't check
// are left out of the answer.
func (n *native) signatures(ctx context.Context, kinds map[signature.Kind][]string, files trustFiles) (map[string]Signature, error) {
	// At a signature of another kind git gives up.
	ids := append(kinds[signature.OpenPGP], kinds[signature.X509]...)
	if n.hasKeygen() && files.signers != "" {
		ids = append(ids, kinds[signature.SSH]...)
	}
	found := map[string]Signature{}
	return found, n.askForSignatures(ctx, ids, files.signers, found)
}

func (n *native) askForSignatures(ctx context.Context, ids []string, signers string, found map[string]Signature) error {
	if len(ids) == 0 {
		return nil
	}
	// git rev-list, whose output no setting changes, doesn't read the settings
	// about signatures before git 2.41.
	out, err := n.run(ctx, strings.NewReader(strings.Join(ids, "\n")+"\n"), "-c", "gpg.ssh.allowedSignersFile="+signers,
		"log", "-z", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--no-color", "--encoding=UTF-8",
		"--format=tformat:%H%x00%G?%x00%GF%x00%GK%x00%GS")
	var failed *gitError
	if errors.As(err, &failed) {
		if len(ids) == 1 {
			return nil
		}
		// git may die of a broken signature, when ssh-keygen ends before it has
		// read the commit: that one must not cost the others git's verdict.
		middle := len(ids) / 2
		return cmp.Or(n.askForSignatures(ctx, ids[:middle], signers, found), n.askForSignatures(ctx, ids[middle:], signers, found))
	}
	if err != nil {
		return err
	}
	const fields = 5
	for f := strings.Split(string(out), "\x00"); len(f) > fields; f = f[fields:] {
		// Without gpg, git says of a signed commit that it isn't signed.
		if verdict := f[1]; len(verdict) == 1 && verdict[0] != signature.None {
			found[f[0]] = Signature{Verdict: verdict[0], Key: cmp.Or(f[2], f[3]), Signer: f[4], Reason: gitReasons[verdict[0]], By: "git"}
		}
	}
	return nil
}

// gitReasons are what git's letters mean.
var gitReasons = map[byte]string{
	signature.Bad:        "its signature is wrong, or its key may not sign commits",
	signature.Unknown:    "nobody vouches for its key at that time",
	signature.Expired:    "its signature has expired",
	signature.ExpiredKey: "its key has expired",
	signature.RevokedKey: "its key was revoked",
	signature.Unchecked:  "git doesn't have its key",
}

// hasKeygen says whether the program is there that git asks about SSH
// signatures. Where it isn't, git calls each of them bad.
func (n *native) hasKeygen() bool {
	program := cmp.Or(n.repo.cfg.last("gpg.ssh.program"), "ssh-keygen")
	if strings.ContainsRune(program, filepath.Separator) && !filepath.IsAbs(program) {
		program = filepath.Join(n.repo.root, program)
	}
	_, err := exec.LookPath(program)
	return err == nil
}
