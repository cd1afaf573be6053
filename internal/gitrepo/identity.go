package gitrepo

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Identity is who a commit is by.
type Identity struct{ Name, Email string }

func (i Identity) String() string { return fmt.Sprintf("%s <%s>", i.Name, i.Email) }

// Identity returns the author that a commit made now would have, read from the
// environment and the configuration as git does. It never guesses from the
// account or host: where nothing is set, the error is a *Refusal.
func (r *Repo) Identity() (Identity, error) { return r.identity("author") }

// Committer returns who would be named as having made that commit; see Identity.
func (r *Repo) Committer() (Identity, error) { return r.identity("committer") }

func (r *Repo) identity(role string) (Identity, error) {
	cfg, err := r.config()
	if err != nil {
		return Identity{}, err
	}
	if r.native == nil && cfg.includes() {
		return Identity{}, needsGit("the configuration includes other files")
	}
	return cfg.identity(role)
}

// identity resolves a role, author or committer.
func (c config) identity(role string) (Identity, error) {
	env := "GIT_" + strings.ToUpper(role)
	mail := ""
	if !c.isTrue("user.useconfigonly") {
		mail = os.Getenv("EMAIL")
	}
	id := Identity{
		Name:  firstClean(os.Getenv(env+"_NAME"), c.last(role+".name"), c.last("user.name")),
		Email: firstClean(os.Getenv(env+"_EMAIL"), c.last(role+".email"), c.last("user.email"), mail),
	}
	switch {
	case id.Name == "":
		return Identity{}, refuse(`set it: git config --global user.name "Your Name"`, "git doesn't know your name")
	case id.Email == "":
		return Identity{}, refuse("set it: git config --global user.email you@example.com", "git doesn't know your e-mail address")
	}
	return id, nil
}

// firstClean returns the first value that is set, without what git leaves out
// of names: angle brackets and line ends, and punctuation at both ends.
func firstClean(values ...string) string {
	for _, v := range values {
		if v == "" {
			continue
		}
		v = strings.TrimFunc(v, func(c rune) bool { return c <= ' ' || strings.ContainsRune(`.,:;<>"\'`, c) })
		return strings.NewReplacer("<", "", ">", "", "\n", "", "\x00", "").Replace(v)
	}
	return ""
}

// signature is a role's line in a commit: who, and when.
func (c config) signature(role string, now time.Time) (string, error) {
	id, err := c.identity(role)
	if err != nil {
		return "", err
	}
	when := fmt.Sprintf("%d %s", now.Unix(), now.Format("-0700"))
	env := "GIT_" + strings.ToUpper(role) + "_DATE"
	if set := os.Getenv(env); set != "" {
		if when = parseDate(set); when == "" {
			return "", &unfit{fmt.Sprintf("%s is %q", env, set)}
		}
	}
	return id.String() + " " + when, nil
}

// parseDate reads the plain ones of the forms that git takes; "" for others.
func parseDate(s string) string {
	seconds, zone, _ := strings.Cut(strings.TrimPrefix(s, "@"), " ")
	// Below eight digits git takes a bare number for a year or a day.
	if n, err := strconv.ParseInt(seconds, 10, 64); err == nil && n >= 0 && (len(seconds) > 8 || strings.HasPrefix(s, "@") && zone != "") {
		if _, err := time.Parse("-0700", zone); err == nil {
			return fmt.Sprintf("%d %s", n, zone)
		}
		return ""
	}
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -0700",
		"Mon, 2 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
	} {
		if t, err := time.ParseInLocation(layout, s, time.Local); err == nil && t.Unix() >= 0 {
			return fmt.Sprintf("%d %s", t.Unix(), t.Format("-0700"))
		}
	}
	return ""
}
