package trail

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Signatures are what is asked of commits, and what was found of them.
type Signatures struct {
	Of       string        // AllCommits or SignOffs
	Since    logparse.Date // commits of earlier days need none; zero for all
	Verdicts map[string]Signature
}

// Whose signatures can be asked for.
const (
	AllCommits = "all"
	SignOffs   = "sign-offs"
)

// A Signature is what git says of one commit's.
type Signature struct {
	Verdict   byte   // the letter of git log's %G?
	Signer    string // by the key: an address, or a name with one
	Unchecked string // why the signature, which is there, wasn't checked here
}

// Asked says whether a commit has to be signed, sign-offs and what takes them back
// among them.
func (a *Audit) Asked(s *Signatures, c *plan.Commit) bool {
	if s == nil || !s.Since.IsZero() && a.latestDay(c).Before(s.Since) {
		return false
	}
	return s.Of == AllCommits || len(plan.ReadSignOffs(c)) > 0 || len(plan.ReadWithdrawals(c)) > 0
}

// verdicts say what the letters of git log's %G? mean. G is good.
var verdicts = [256]string{
	'N': "it isn't signed", 0: "it isn't signed",
	'B': "its signature is wrong, or its key may not sign commits",
	'U': "its signature is by a key that nobody vouches for at that time",
	'X': "its signature has expired",
	'Y': "its signature is by a key that has expired",
	'R': "its signature is by a key that was revoked",
	'E': "its signature can't be checked: the key isn't known here",
}

var notSigned = &Check{
	ID:    "not-signed",
	Title: "A commit isn't signed properly, and the logbook asks for signatures",
	Why:   "Anybody can write any name into a commit. A signature shows that its author had the key.",
	commit: func(a *Audit, c *plan.Commit) {
		s, signOff := plan.ReadSignOff(c)
		if !a.Asked(a.Signatures, c) || signOff && a.withdrawn(s) {
			return
		}
		path := s.Path
		sig := a.Signatures.Verdicts[c.ID]
		remedy := "docs/audit.md says how to sign, and which keys are trusted"
		why := verdicts[sig.Verdict]
		bad := why != ""
		switch {
		case sig.Unchecked != "":
			why = "its signature is there, and not checked here (" + sig.Unchecked + ")"
			remedy = "install git, with gpg or ssh-keygen as the signature needs, then run coachlog audit again"
		case bad:
		case sig.Verdict != 'G':
			why = "git says " + string(rune(sig.Verdict)) + " of its signature"
		case !sig.isBy(c.Author.Was) && !(a.Book.IsForge(c.Committer) && sig.isBy(c.Committer.Was)): // as a forge signs what people do on its pages
			why = "it is signed by " + sig.Signer + ", but its author is " + c.Author.InCommit()
		default:
			return
		}
		a.note(c, path, "commit "+plan.Short(c.ID)+" has to be signed, and "+why, remedy)
	},
}

// isBy says whether a signature's key is an address's: SSH's principal is one, and
// OpenPGP's user id ends with one in angle brackets.
func (s Signature) isBy(address string) bool {
	signer, address := strings.ToLower(s.Signer), strings.ToLower(address)
	return address != "" && (signer == address || strings.HasSuffix(signer, "<"+address+">"))
}
