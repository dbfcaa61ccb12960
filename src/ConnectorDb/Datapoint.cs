using ConnectorDb.Timestamps;

namespace ConnectorDb;

/// <summary>A value at a time.</summary>
public sealed class Datapoint
{
    private readonly CdbPath? _stream;
    private object? _data;
    private bool _hasData;

    /// <param name="t">Unix seconds, UTC.</param>
    /// <param name="value">Any JSON value.</param>
    /// <param name="origin">The path of the device that wrote it, when that is not the stream's own.</param>
    /// <param name="stream">The path of its stream, if it has one.</param>
    public Datapoint(double t, DataValue value, string? origin = null, CdbPath? stream = null)
    {
        T = t;
        Value = value;
        Origin = origin;
        _stream = stream;
    }

    /// <summary>A datapoint with a value from .NET or PowerShell.</summary>
    /// <exception cref="ArgumentException">The value has no JSON form.</exception>
    public Datapoint(DateTimeOffset timestamp, object? data)
        : this(UnixTime.FromDateTimeOffset(timestamp), FromObject(data))
    {
    }

    /// <summary>Unix seconds, UTC.</summary>
    public double T { get; }

    /// <summary>The time as ISO 8601 text in UTC, with all digits.</summary>
    public string Time => IsoText.Of(T);

    public DateTimeOffset Timestamp => UnixTime.ToDateTimeOffset(T);

    /// <summary>The value as a number, text, boolean, array, or object with properties.</summary>
    public object? Data
    {
        get
        {
            if (!_hasData)
            {
                _data = Value.ToNatural();
                _hasData = true;
            }

            return _data;
        }
    }

    /// <summary>The same as <see cref="Data"/>, by its name in the protocol.</summary>
    public object? D => Data;

    /// <summary>The path of the device that wrote it, when that is not the stream's own; else null.</summary>
    public string? Origin { get; }

    /// <summary>The path of the stream it was read from; null when unknown.</summary>
    public string? Stream => _stream?.ToString();

    internal DataValue Value { get; }

    /// <summary>The value without conversion. A method, so that it does not appear among the properties.</summary>
    public DataValue GetValue() => Value;

    public override string ToString() => $"{Time} {Value}";

    private static DataValue FromObject(object? data)
        => DataValue.TryFromNatural(data, out DataValue value)
            ? value
            : throw new ArgumentException($"A {data!.GetType().Name} has no JSON form; give a number, text, boolean, array or dictionary.", nameof(data));
}
