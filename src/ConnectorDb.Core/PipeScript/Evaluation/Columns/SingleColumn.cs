using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>
/// Numbers of single precision. As results they are the shortest decimals that round to them; as operands they are widened. The
/// column stays inside scripts.
/// </summary>
internal sealed class SingleColumn(ReadOnlyMemory<float> values) : Column
{
    public ReadOnlyMemory<float> Values { get; } = values;

    public override int Count => Values.Length;

    public override DataValue this[int index] => DataValue.From(Shortest(Values.Span[index]));

    public override Column Slice(int start, int count) => new SingleColumn(Values.Slice(start, count));

    /// <summary>The numbers for calculations.</summary>
    public double[] Widened() => Array.ConvertAll(Values.ToArray(), value => (double)value);

    /// <summary>The same as a column of the model.</summary>
    public Column ToPlain() => new NumberColumn(Array.ConvertAll(Values.ToArray(), Shortest));

    private static double Shortest(float value)
        => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
