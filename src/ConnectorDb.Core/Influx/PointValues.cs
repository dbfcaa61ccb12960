namespace ConnectorDb.Core.Influx;

/// <summary>The values of a body in the order of its lines, as columns: few large arrays, however many fields it has.</summary>
internal sealed class PointValues
{
    private const int FirstCapacity = 256;

    private double[] _times = [];
    private int[] _fields = [];
    private int[] _points = [];
    private FieldType[] _types = [];
    private long[] _bits = [];
    private string?[] _texts = [];
    private int[] _byField = [];
    private int _count;

    /// <summary>The time of a point, in unix seconds.</summary>
    public void SetTime(int point, double t)
    {
        Grow(ref _times, point);
        _times[point] = t;
    }

    public void Add(int field, int point, in LineField value)
    {
        Grow(ref _fields, _count);
        Grow(ref _points, _count);
        Grow(ref _types, _count);
        Grow(ref _bits, _count);
        (_fields[_count], _points[_count], _types[_count]) = (field, point, value.Type);
        _bits[_count] = value.Type == FieldType.Float ? BitConverter.DoubleToInt64Bits(value.Number) : value.Integer;
        if (value.Text is not null)
        {
            while (_texts.Length <= _count)
            {
                Array.Resize(ref _texts, _bits.Length);
            }

            _texts[_count] = value.Text;
        }

        _count++;
    }

    /// <summary>Puts the values of each field side by side. To be called once, after the last value.</summary>
    /// <param name="starts">Where the values of each field start.</param>
    public void Sort(int[] starts)
    {
        _byField = new int[_count];
        for (int i = 0; i < _count; i++)
        {
            _byField[starts[_fields[i]]++] = i;
        }
    }

    /// <summary>The positions of some of the sorted values.</summary>
    public ReadOnlySpan<int> Positions(int start, int count) => _byField.AsSpan(start, count);

    public int PointAt(int position) => _points[position];

    public FieldType TypeAt(int position) => _types[position];

    /// <summary>The times of some values, in unix seconds.</summary>
    public double[] Times(ReadOnlySpan<int> positions)
    {
        double[] times = new double[positions.Length];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = _times[_points[positions[i]]];
        }

        return times;
    }

    /// <summary>Some values that are integers; 1 for true.</summary>
    public long[] Integers(ReadOnlySpan<int> positions)
    {
        long[] integers = new long[positions.Length];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = _bits[positions[i]];
        }

        return integers;
    }

    /// <summary>Some values that are integers or floats.</summary>
    public double[] Numbers(ReadOnlySpan<int> positions)
    {
        double[] numbers = new double[positions.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            long bits = _bits[positions[i]];
            numbers[i] = _types[positions[i]] == FieldType.Integer ? bits : BitConverter.Int64BitsToDouble(bits);
        }

        return numbers;
    }

    /// <summary>Some values that are texts.</summary>
    public string[] Texts(ReadOnlySpan<int> positions)
    {
        string[] texts = new string[positions.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = _texts[positions[i]]!;
        }

        return texts;
    }

    private static void Grow<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, Math.Max(FirstCapacity, 2 * index));
        }
    }
}
