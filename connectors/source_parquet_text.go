package connectors

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// renderer appends a value that is not null as text.
type renderer func(dst []byte, v parquet.Value) []byte

// rendererOf chooses by the logical type, then by the physical one; nil is for types whose
// bytes are no text.
func rendererOf(leaf parquetLeaf, zone *time.Location) renderer {
	t, kind := leaf.column.Type(), leaf.column.Type().Kind()
	if binaryOnly(leaf.element) {
		return nil
	}
	if _, half := leaf.element.LogicalType.Value.(*format.Float16Type); half {
		return appendHalf
	}
	if l := t.LogicalType(); l != nil {
		switch l := l.Value.(type) {
		case *format.DateType:
			return appendDay
		case *format.TimeType:
			return clockRenderer(l.Unit.Value.Duration(), kind)
		case *format.TimestampType:
			return timestampRenderer(l, zone)
		case *format.DecimalType:
			return decimalRenderer(int(l.Scale))
		case *format.IntType:
			if !l.IsSigned {
				return unsignedRenderer(kind)
			}
		case *format.UUIDType:
			return appendUUID
		}
	}
	return physicalRenderer(kind, zone)
}

// binaryOnly reports types whose bytes would pass for text by accident.
func binaryOnly(e format.SchemaElement) bool {
	switch e.LogicalType.Value.(type) {
	case *format.BsonType, *format.VariantType, *format.GeometryType, *format.GeographyType:
		return true
	}
	c := e.ConvertedType
	return c.Valid && (c.V == deprecated.Interval || c.V == deprecated.Bson)
}

func physicalRenderer(k parquet.Kind, zone *time.Location) renderer {
	switch k {
	case parquet.Boolean:
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendBool(dst, v.Boolean()) }
	case parquet.Int32:
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendInt(dst, int64(v.Int32()), 10) }
	case parquet.Int64:
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendInt(dst, v.Int64(), 10) }
	case parquet.Int96:
		return int96Renderer(zone)
	case parquet.Float:
		return func(dst []byte, v parquet.Value) []byte {
			return strconv.AppendFloat(dst, float64(v.Float()), 'f', -1, 32)
		}
	case parquet.Double:
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendFloat(dst, v.Double(), 'f', -1, 64) }
	default:
		return func(dst []byte, v parquet.Value) []byte { return append(dst, v.ByteArray()...) }
	}
}

func appendDay(dst []byte, v parquet.Value) []byte {
	return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(dst, time.DateOnly)
}

func clockRenderer(unit time.Duration, k parquet.Kind) renderer {
	return func(dst []byte, v parquet.Value) []byte {
		n := int64(0)
		if k == parquet.Int32 {
			n = int64(v.Int32())
		} else {
			n = v.Int64()
		}
		return instant(n, unit).AppendFormat(dst, "15:04:05.999999999")
	}
}

// instant is n units after 1970; it is exact over the whole range, which time.Duration is
// not.
func instant(n int64, unit time.Duration) time.Time {
	per := int64(time.Second / unit)
	seconds, rest := n/per, n%per
	return time.Unix(seconds, rest*int64(unit)).UTC()
}

func timestampRenderer(l *format.TimestampType, zone *time.Location) renderer {
	unit, utc := l.Unit.Value.Duration(), l.IsAdjustedToUTC
	return func(dst []byte, v parquet.Value) []byte {
		t := instant(v.Int64(), unit)
		if utc {
			t = t.In(zone)
		} else {
			t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
		}
		return t.AppendFormat(dst, time.RFC3339Nano)
	}
}

// int96Renderer reads the timestamps of Hive, Impala and old Spark: nanoseconds of the day,
// then the Julian day. 2440588 is 1970-01-01.
func int96Renderer(zone *time.Location) renderer {
	return func(dst []byte, v parquet.Value) []byte {
		i := v.Int96()
		nanos := int64(i[1])<<32 | int64(i[0])
		t := time.Unix((int64(i[2])-2440588)*86400, 0).Add(time.Duration(nanos))
		return t.In(zone).AppendFormat(dst, time.RFC3339Nano)
	}
}

func unsignedRenderer(k parquet.Kind) renderer {
	if k == parquet.Int32 {
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendUint(dst, uint64(v.Uint32()), 10) }
	}
	return func(dst []byte, v parquet.Value) []byte { return strconv.AppendUint(dst, v.Uint64(), 10) }
}

// decimalRenderer writes all digits of the scale: 50.50 stays 50.50.
func decimalRenderer(scale int) renderer {
	return func(dst []byte, v parquet.Value) []byte {
		switch v.Kind() {
		case parquet.Int32:
			return appendScaled(dst, strconv.AppendInt(make([]byte, 0, 24), int64(v.Int32()), 10), scale)
		case parquet.Int64:
			return appendScaled(dst, strconv.AppendInt(make([]byte, 0, 24), v.Int64(), 10), scale)
		default:
			return appendScaled(dst, bigEndian(v.ByteArray()).Append(nil, 10), scale)
		}
	}
}

// bigEndian reads a number in two's complement.
func bigEndian(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// appendScaled puts the point into a whole number, with a zero before it if needed.
func appendScaled(dst, digits []byte, scale int) []byte {
	if digits[0] == '-' {
		dst, digits = append(dst, '-'), digits[1:]
	}
	if scale <= 0 {
		return append(dst, digits...)
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = slices.Concat(slices.Repeat([]byte("0"), missing), digits)
	}
	point := len(digits) - scale
	dst = append(dst, digits[:point]...)
	dst = append(dst, '.')
	return append(dst, digits[point:]...)
}

func appendUUID(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	for i, end := range []int{4, 6, 8, 10, len(b)} {
		start := []int{0, 4, 6, 8, 10}[i]
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, b[start:end])
	}
	return dst
}

// appendHalf renders an IEEE 754 half-precision number.
func appendHalf(dst []byte, v parquet.Value) []byte {
	h := binary.LittleEndian.Uint16(v.ByteArray())
	sign, exponent, fraction := 1.0, int(h>>10&0x1f), float64(h&0x3ff)/1024
	if h&0x8000 != 0 {
		sign = -1
	}
	f := math.Ldexp(1+fraction, exponent-15)
	switch {
	case exponent == 0:
		f = math.Ldexp(fraction, -14)
	case exponent == 31 && fraction == 0:
		f = math.Inf(1)
	case exponent == 31:
		f = math.NaN()
	}
	return strconv.AppendFloat(dst, sign*f, 'f', -1, 32)
}
