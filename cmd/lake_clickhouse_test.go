package cmd_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// clickHouse is the server's program; "" where there is none.
func clickHouse() string {
	program, _ := exec.LookPath("clickhouse-server")
	if _, err := os.Stat("/usr/sbin/clickhouse-server"); err == nil {
		program = cmp.Or(program, "/usr/sbin/clickhouse-server") // where Debian has it
	}
	return program
}

// A clickServer is one shard of a cluster on this machine.
type clickServer struct{ dir, http, tcp string }

// inClickHouse answers queries of the views in a cluster of two shards, into which the rows were
// loaded as JSON.
func (c company) inClickHouse(t *testing.T) func(query string) string {
	t.Helper()
	program := clickHouse()
	if program == "" {
		missing(t, "clickhouse-server isn't here: apt-get install clickhouse-server")
	}
	servers := []clickServer{newClickServer(t), newClickServer(t)}
	for _, s := range servers {
		s.start(t, program, servers)
	}
	for _, s := range servers {
		for _, statement := range append(statements(t, "clickhouse.sql"), statements(t, "figures.sql")...) {
			s.ask(t, statement, nil)
		}
	}
	lake := c.export(t, "jsonl")
	for _, file := range filesBelow(t, lake) {
		rows, err := os.ReadFile(filepath.Join(lake, file))
		if err != nil {
			t.Fatal(err)
		}
		if table, _, _ := strings.Cut(file, "/"); len(rows) > 0 {
			servers[0].ask(t, "INSERT INTO "+table+" FORMAT JSONEachRow", rows)
		}
	}
	for _, s := range servers {
		if s.ask(t, "SELECT COUNT(*) FROM results_here", nil) == "0\n" {
			t.Error("a shard has no rows: the test shows nothing about a cluster")
		}
	}
	return func(query string) string { return servers[1].ask(t, query, nil) }
}

func filesBelow(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// newClickServer is a server with a folder and ports that are free.
func newClickServer(t *testing.T) clickServer {
	t.Helper()
	port := func() string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		return port
	}
	return clickServer{t.TempDir(), port(), port()}
}

// start starts a server, which ends with the test.
func (s clickServer) start(t *testing.T, program string, cluster []clickServer) {
	t.Helper()
	shards := ""
	for _, shard := range cluster {
		shards += "<shard><replica><host>127.0.0.1</host><port>" + shard.tcp + "</port></replica></shard>"
	}
	config := fmt.Sprintf(`<yandex>
<logger><level>warning</level><log>%[1]s/log</log><errorlog>%[1]s/errors</errorlog></logger>
<http_port>%[2]s</http_port><tcp_port>%[3]s</tcp_port><listen_host>127.0.0.1</listen_host>
<path>%[1]s/data/</path><tmp_path>%[1]s/tmp/</tmp_path><users_config>%[1]s/users.xml</users_config>
<mark_cache_size>67108864</mark_cache_size><default_profile>default</default_profile><default_database>default</default_database>
<remote_servers><company>%[4]s</company></remote_servers>
</yandex>`, s.dir, s.http, s.tcp, shards)
	users := `<yandex>
<profiles><default><max_memory_usage>1000000000</max_memory_usage><max_threads>2</max_threads><distributed_product_mode>local</distributed_product_mode><insert_distributed_sync>1</insert_distributed_sync></default></profiles>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
<quotas><default></default></quotas>
</yandex>`
	for name, text := range map[string]string{"config.xml": config, "users.xml": users} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server := exec.Command(program, "--config-file="+filepath.Join(s.dir, "config.xml"))
	server.Dir = s.dir
	endWithTest(server)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for range 200 {
		if answer, err := http.Get("http://127.0.0.1:" + s.http + "/ping"); err == nil {
			answer.Body.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	errors, _ := os.ReadFile(filepath.Join(s.dir, "errors"))
	t.Fatalf("ClickHouse doesn't start:\n%s", errors)
}

// ask asks a server, and gives the answer as lines of cells.
func (s clickServer) ask(t *testing.T, query string, rows []byte) string {
	t.Helper()
	body := []byte(query)
	address := "http://127.0.0.1:" + s.http + "/"
	if rows != nil {
		address, body = address+"?query="+url.QueryEscape(query), rows
	}
	answer, err := http.Post(address, "", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s\n%s %v", query, text, err)
	}
	return string(text)
}
