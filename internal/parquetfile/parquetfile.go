// Package parquetfile writes Parquet files of flat rows, of parquet-go's parts for the
// format itself. The whole of parquet-go would bring net/http and protobuf into every start
// of coachlog (docs/export.md says what that costs).
package parquetfile

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/plain"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// A Type is what a column's values are, in words.
type Type string

// The types. A cell is a string, an int, a float64, a bool, or a day that tells its first
// moment in UTC; nil is no value.
const (
	Text   Type = "text"
	Whole  Type = "whole number"
	Number Type = "number"
	Truth  Type = "yes or no"
	Day    Type = "day"
)

// A Column is a column's name and type. Any of its cells may be nil.
type Column struct {
	Name string
	Type Type
}

// magic begins and ends every file.
const magic = "PAR1"

// A Writer makes the bytes of one file, a row group at a time.
type Writer struct {
	columns  []*column
	meta     []format.KeyValue
	groups   []format.RowGroup
	rows     int // that aren't in a group yet
	all      int64
	buffered int
	written  int64
}

// A column is what a row group has of one so far.
type column struct {
	Column
	values  []byte
	count   int     // of the values
	present []uint8 // 1 for each row that has a value
}

// New begins a file. meta is told with it.
func New(columns []Column, meta map[string]string) *Writer {
	w := &Writer{}
	for _, c := range columns {
		w.columns = append(w.columns, &column{Column: c})
	}
	for _, key := range slices.Sorted(maps.Keys(meta)) {
		w.meta = append(w.meta, format.KeyValue{Key: key, Value: meta[key]})
	}
	return w
}

// Append adds a row to the row group.
func (w *Writer) Append(row []any) {
	for i, c := range w.columns {
		before := len(c.values)
		c.append(row[i])
		w.buffered += len(c.values) - before + 1
	}
	w.rows++
}

func (c *column) append(cell any) {
	if cell == nil {
		c.present = append(c.present, 0)
		return
	}
	switch c.Type {
	case Text:
		c.values = plain.AppendByteArrayString(c.values, cell.(string))
	case Whole:
		c.values = plain.AppendInt64(c.values, int64(cell.(int)))
	case Number:
		c.values = plain.AppendDouble(c.values, cell.(float64))
	case Truth:
		c.values = plain.AppendBoolean(c.values, c.count, cell.(bool))
	case Day:
		c.values = plain.AppendInt32(c.values, int32(cell.(interface{ Time() time.Time }).Time().Unix()/(24*60*60)))
	}
	c.count++
	c.present = append(c.present, 1)
}

// Buffered is how many bytes wait for the end of their row group.
func (w *Writer) Buffered() int { return w.buffered }

// Flush ends the row group: the bytes are the file's next ones.
func (w *Writer) Flush() ([]byte, error) {
	var out bytes.Buffer
	if w.written == 0 {
		out.WriteString(magic)
	}
	if w.rows > 0 {
		group := format.RowGroup{NumRows: int64(w.rows), FileOffset: w.written + int64(out.Len()), Ordinal: int16(len(w.groups))}
		for _, c := range w.columns {
			chunk, err := c.write(&out, w.written)
			if err != nil {
				return nil, err
			}
			group.Columns = append(group.Columns, chunk)
			group.TotalByteSize += chunk.MetaData.TotalUncompressedSize
			group.TotalCompressedSize += chunk.MetaData.TotalCompressedSize
		}
		w.groups = append(w.groups, group)
		w.all += int64(w.rows)
		w.rows, w.buffered = 0, 0
	}
	w.written += int64(out.Len())
	return out.Bytes(), nil
}

// write writes what there is of a column as one page.
func (c *column) write(out *bytes.Buffer, before int64) (format.ColumnChunk, error) {
	levels := c.levels()
	page := append(binary.LittleEndian.AppendUint32(nil, uint32(len(levels))), levels...)
	page = append(page, c.values...)
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed) // a level that there is
	_, _ = z.Write(page)                                 // into memory, as the end
	_ = z.Close()
	statistics := format.Statistics{NullCount: int64(len(c.present) - c.count)}
	head, err := thrift.Marshal(&thrift.CompactProtocol{}, format.PageHeader{
		Type: format.DataPage, UncompressedPageSize: int32(len(page)), CompressedPageSize: int32(packed.Len()),
		DataPageHeader: thrift.New(format.DataPageHeader{
			NumValues: int32(len(c.present)), Encoding: format.Plain, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE, Statistics: statistics,
		}),
	})
	if err != nil {
		return format.ColumnChunk{}, err
	}
	at := before + int64(out.Len())
	out.Write(head)
	out.Write(packed.Bytes())
	chunk := format.ColumnChunk{MetaData: format.ColumnMetaData{
		Type: c.element().Type.V, Encoding: []format.Encoding{format.Plain, format.RLE}, PathInSchema: []string{c.Name}, Codec: format.Gzip,
		NumValues: int64(len(c.present)), TotalUncompressedSize: int64(len(head) + len(page)), TotalCompressedSize: int64(len(head) + packed.Len()),
		DataPageOffset: at, Statistics: statistics,
	}}
	c.values, c.present, c.count = c.values[:0], c.present[:0], 0
	return chunk, nil
}

// levels are the rows with a value and those without, in runs: a length, times two, and
// what the run has.
func (c *column) levels() (out []byte) {
	for start := 0; start < len(c.present); {
		end := start + 1
		for end < len(c.present) && c.present[end] == c.present[start] {
			end++
		}
		out = append(binary.AppendUvarint(out, uint64(end-start)<<1), c.present[start])
		start = end
	}
	return out
}

// element is the column in the file's schema.
func (c *column) element() format.SchemaElement {
	e := format.SchemaElement{Name: c.Name, RepetitionType: thrift.New(format.Optional)}
	switch c.Type {
	case Text:
		e.Type, e.ConvertedType = thrift.New(format.ByteArray), thrift.New(deprecated.UTF8)
		e.LogicalType = format.LogicalType{Value: &format.StringType{}}
	case Whole:
		e.Type = thrift.New(format.Int64)
	case Number:
		e.Type = thrift.New(format.Double)
	case Truth:
		e.Type = thrift.New(format.Boolean)
	case Day:
		e.Type, e.ConvertedType = thrift.New(format.Int32), thrift.New(deprecated.Date)
		e.LogicalType = format.LogicalType{Value: &format.DateType{}}
	}
	return e
}

// Close ends the file: the bytes are its last ones.
func (w *Writer) Close(by string) ([]byte, error) {
	out, err := w.Flush()
	if err != nil {
		return nil, err
	}
	schema := []format.SchemaElement{{Name: "row", NumChildren: thrift.New(int32(len(w.columns)))}}
	for _, c := range w.columns {
		schema = append(schema, c.element())
	}
	foot, err := thrift.Marshal(&thrift.CompactProtocol{}, format.FileMetaData{
		Version: 1, Schema: schema, NumRows: w.all, RowGroups: w.groups, KeyValueMetadata: w.meta, CreatedBy: by,
	})
	if err != nil {
		return nil, fmt.Errorf("the end of a Parquet file: %w", err)
	}
	out = append(out, foot...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(foot))), magic...), nil
}
