using ConnectorDb.Columns;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Csv;

/// <summary>A stream that a file has values for, and its datapoints that wait to be appended.</summary>
internal sealed class CsvTarget
{
    private readonly BlockBuilder _points = new(1024);
    private readonly List<int> _rows = new(1024);

    /// <param name="column">The name of its column.</param>
    public CsvTarget(CdbPath stream, string column, string schema, FieldStyle style, bool isNumeric)
    {
        Stream = stream;
        Column = column;
        Schema = schema;
        Compiled = SchemaCompiler.Compile(DataValue.Parse(schema.Length == 0 ? SchemaGuess.Anything : schema));
        Fields = new FieldReader(Compiled, style, isNumeric);
    }

    public CdbPath Stream { get; }

    public string Column { get; }

    public string Schema { get; private set; }

    private CompiledSchema Compiled { get; set; }

    public FieldReader Fields { get; private set; }

    /// <summary>The stream does not exist yet.</summary>
    public bool IsNew { get; set; }

    /// <summary>The newest datapoint before the import; minus infinity without one.</summary>
    public double NewestStored { get; init; } = double.NegativeInfinity;

    /// <summary>Where the datapoints are stored: the stream, or its downlink.</summary>
    public required CdbPath Place { get; init; }

    /// <summary>The time of the last datapoint.</summary>
    public double Last { get; private set; } = double.NegativeInfinity;

    public int Waiting => _points.Count;

    /// <summary>Reads values of any kind from now on.</summary>
    public void AcceptAll(FieldStyle style) => Fields = new FieldReader(SchemaGuess.CompiledAnything, style, isNumeric: true);

    /// <summary>True when the schema, a guess from the first values, does not suit these values; it then becomes one for any value.</summary>
    public bool Widen(Column values)
    {
        if (Compiled.AcceptsAll(values) || Enumerable.Range(0, values.Count).All(i => Compiled.FindError(values[i]) is null))
        {
            return false;
        }

        Schema = SchemaGuess.Anything;
        Compiled = SchemaGuess.CompiledAnything;
        return true;
    }

    /// <param name="row">The place of the row in its chunk.</param>
    public void Add(double t, DataValue value, int row)
    {
        _points.Add(t, value);
        _rows.Add(row);
        Last = t;
    }

    /// <summary>The datapoints, with the places of their rows; the target restarts.</summary>
    public CsvBatch Take()
    {
        CsvBatch taken = new(this, _points.Build(), [.. _rows]);
        _rows.Clear();
        return taken;
    }
}
