using System.Runtime.CompilerServices;

namespace ConnectorDb;

/// <summary>
/// Any JSON value, without loss: integers of 64 bits, doubles bit for bit, numbers that are neither by their text, texts,
/// arrays, and objects with their members in order. <c>default</c> is null.
/// </summary>
public readonly partial struct DataValue : IEquatable<DataValue>
{
    private static readonly object s_boolean = new();
    private static readonly object s_integer = new();
    private static readonly object s_number = new();

    private readonly object? _reference;
    private readonly long _bits;

    private DataValue(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    public static DataValue Null => default;

    public DataKind Kind => _reference switch
    {
        null => DataKind.Null,
        string => DataKind.Text,
        DataValue[] => DataKind.Array,
        DataObject => DataKind.Object,
        NumberText => DataKind.Number,
        var tag when ReferenceEquals(tag, s_number) => DataKind.Number,
        var tag when ReferenceEquals(tag, s_integer) => DataKind.Integer,
        _ => DataKind.Boolean,
    };

    public bool IsNull => _reference is null;

    /// <summary>An integer or any other number.</summary>
    public bool IsNumber => ReferenceEquals(_reference, s_number) || ReferenceEquals(_reference, s_integer) || _reference is NumberText;

    /// <summary>A number kept as its text, because neither a 64-bit integer nor a double holds it.</summary>
    public bool IsNumberText => _reference is NumberText;

    public static DataValue From(bool value) => new(s_boolean, value ? 1 : 0);

    public static DataValue From(long value) => new(s_integer, value);

    public static DataValue From(double value) => new(s_number, BitConverter.DoubleToInt64Bits(value));

    public static DataValue From(string? value) => new(value, 0);

    public static DataValue From(DataValue[] items) => new(items, 0);

    public static DataValue From(DataObject value) => new(value, 0);

    /// <summary>The value of a boolean.</summary>
    public bool AsBoolean() => ReferenceEquals(_reference, s_boolean) ? _bits != 0 : throw NotA("boolean");

    /// <summary>The value of an integer.</summary>
    public long AsInteger() => ReferenceEquals(_reference, s_integer) ? _bits : throw NotA("integer");

    /// <summary>The value of any number as the nearest double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double AsDouble()
        => ReferenceEquals(_reference, s_number) ? BitConverter.Int64BitsToDouble(_bits)
            : ReferenceEquals(_reference, s_integer) ? _bits
            : _reference is NumberText number ? number.ToDouble() : throw NotA("number");

    public string AsText() => _reference as string ?? throw NotA("text");

    public DataValue[] AsArray() => _reference as DataValue[] ?? throw NotA("array");

    public DataObject AsObject() => _reference as DataObject ?? throw NotA("object");

    /// <summary>The same kind and the same content; integers and other numbers of equal value are equal, NaN equals NaN.</summary>
    public bool Equals(DataValue other)
    {
        if (IsNumber && other.IsNumber)
        {
            return NumbersEqual(other);
        }

        return Kind == other.Kind && Kind switch
        {
            DataKind.Null => true,
            DataKind.Boolean => _bits == other._bits,
            DataKind.Text => string.Equals(AsText(), other.AsText(), StringComparison.Ordinal),
            DataKind.Array => AsArray().AsSpan().SequenceEqual(other.AsArray()),
            _ => AsObject().Equals(other.AsObject()),
        };
    }

    public override bool Equals(object? obj) => obj is DataValue other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        DataKind.Null => 0,
        DataKind.Boolean => _bits == 0 ? 1 : 2,
        DataKind.Integer or DataKind.Number => HashOf(AsDouble()),
        DataKind.Text => AsText().GetHashCode(StringComparison.Ordinal),
        DataKind.Array => HashOf(AsArray()),
        _ => AsObject().GetHashCode(),
    };

    /// <summary>The value as JSON text.</summary>
    public override string ToString() => ToJson();

    public static bool operator ==(DataValue left, DataValue right) => left.Equals(right);

    public static bool operator !=(DataValue left, DataValue right) => !left.Equals(right);

    /// <summary>A hash with a secret of the process, so that no caller can choose numbers of one hash.</summary>
    private static int HashOf(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(double.IsNaN(number) ? double.NaN : number == 0 ? 0 : number);
        return HashCode.Combine((int)bits, (int)(bits >> 32));
    }

    private static int HashOf(DataValue[] items)
    {
        HashCode hash = default;
        foreach (DataValue item in items)
        {
            hash.Add(item.GetHashCode());
        }

        return hash.ToHashCode();
    }

    private bool NumbersEqual(DataValue other)
    {
        if (Kind == DataKind.Integer && other.Kind == DataKind.Integer)
        {
            return _bits == other._bits;
        }

        if (_reference is NumberText mine && other._reference is NumberText theirs)
        {
            return mine == theirs;
        }

        return AsDouble().Equals(other.AsDouble());
    }

    private InvalidOperationException NotA(string wanted) => new($"This value is not a {wanted} but of kind {Kind}.");
}
