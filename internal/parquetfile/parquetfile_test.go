package parquetfile_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"github.com/coachlog/coachlog/internal/parquetfile"
	"github.com/coachlog/coachlog/logparse"
)

// TestFooter: the end of a file says what is in it and where. docs/scale has DuckDB read the rest.
func TestFooter(t *testing.T) {
	w := parquetfile.New([]parquetfile.Column{{Name: "name", Type: parquetfile.Text}, {Name: "day", Type: parquetfile.Day}}, map[string]string{"key": "value"})
	var file []byte
	for range 2 {
		w.Append([]any{"Ana", nil})
		w.Append([]any{"Joe", logparse.Date{Year: 2024, Month: 10, Day: 4}})
		if w.Buffered() == 0 {
			t.Error("nothing waits")
		}
		group, err := w.Flush()
		if err != nil || w.Buffered() != 0 {
			t.Fatal(err, w.Buffered())
		}
		file = append(file, group...)
	}
	end, err := w.Close("test")
	if err != nil {
		t.Fatal(err)
	}
	file = append(file, end...)
	if !bytes.HasPrefix(file, []byte("PAR1")) || !bytes.HasSuffix(file, []byte("PAR1")) {
		t.Fatal("it doesn't begin and end as Parquet does")
	}
	size := int(binary.LittleEndian.Uint32(file[len(file)-8:]))
	var foot format.FileMetaData
	if err := thrift.Unmarshal(&thrift.CompactProtocol{}, file[len(file)-8-size:len(file)-8], &foot); err != nil {
		t.Fatal(err)
	}
	if foot.NumRows != 4 || len(foot.RowGroups) != 2 || foot.KeyValueMetadata[0].Value != "value" || foot.Schema[2].Name != "day" {
		t.Errorf("it says %+v", foot)
	}
	for _, group := range foot.RowGroups {
		for _, chunk := range group.Columns {
			at := chunk.MetaData.DataPageOffset
			var head format.PageHeader
			page := bytes.NewReader(file[at : at+chunk.MetaData.TotalCompressedSize])
			if err := thrift.NewDecoder((&thrift.CompactProtocol{}).NewReader(page)).Decode(&head); err != nil || page.Len() != int(head.CompressedPageSize) || head.DataPageHeader.V.NumValues != 2 {
				t.Errorf("no page of two rows begins at %d: %+v, %v", at, head, err)
			}
		}
	}
	if nulls := foot.RowGroups[1].Columns[1].MetaData.Statistics.NullCount; nulls != 1 {
		t.Errorf("%d of two days are missing, it says", nulls)
	}
}
