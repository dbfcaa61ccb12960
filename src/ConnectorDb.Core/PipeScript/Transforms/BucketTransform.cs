using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The range of a histogram that a number falls into.</summary>
internal sealed class BucketTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "bucket",
        Description = "The range of a given size that contains the number, as text.",
        Documentation = "17 with buckets of 10 is `[10,20)`: from 10 up to, but not including, 20.",
        Arguments =
        [
            new() { Name = "size", Description = "The width of a bucket.", Optional = true, Default = "10", Constant = true },
            new() { Name = "start", Description = "The start of one bucket.", Optional = true, Default = "0", Constant = true },
        ],
        Examples = ["map(bucket(5), count) — a histogram with steps of 5"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"string"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        double size = call.Number(0);
        double start = call.Number(1);
        return activation => new ScalarNode(new Buckets(size, start, activation.Memory).Of);
    }

    /// <summary>Caches the names of the first buckets, because formatting the bounds takes longest.</summary>
    private sealed class Buckets(double size, double start, WorkingMemory memory)
    {
        private const int MostKept = 4096;
        private const int EntrySize = 40;
        private readonly Dictionary<double, DataValue> _names = [];

        public ConversionResult Of(DataValue value)
        {
            if (!Conversion.TryNumber(value, out double number))
            {
                return Problem.NotNumber(value);
            }

            double place = Math.Floor((number - start) / size);
            if (!_names.TryGetValue(place, out DataValue name))
            {
                name = DataValue.From($"[{ValueText.Of(start + (place * size))},{ValueText.Of(start + ((place + 1) * size))})");
                if (_names.Count < MostKept)
                {
                    _names.Add(place, name);
                    memory.Hold(EntrySize + ColumnSize.Of(name));
                }
            }

            return name;
        }
    }
}
