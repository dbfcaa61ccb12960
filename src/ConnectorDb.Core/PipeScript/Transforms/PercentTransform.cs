using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The shares of the members in their sum.</summary>
internal sealed class PercentTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "percent",
        Description = "Divides the values of an object by their sum.",
        Documentation = "The results are shares from 0 to 1. Negative values become 0; when the sum is 0 nothing is divided.",
        Examples = ["map($, count) | percent — the share of each value"],
        OneToOne = true,
        Stateless = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => ScalarNode.OfObject(Shares, _ => "Must have object-valued datapoint");

    private static ConversionResult Shares(DataObject value)
    {
        KeyValuePair<string, DataValue>[] members = value.Members.ToArray();
        double[] numbers = new double[members.Length];
        double sum = 0;
        for (int i = 0; i < members.Length; i++)
        {
            if (!Conversion.TryNumber(members[i].Value, out numbers[i]))
            {
                return new Problem($"The member '{members[i].Key}' is not a number", "Could not convert object value to float");
            }

            numbers[i] = numbers[i] < 0 ? 0 : numbers[i];
            sum += numbers[i];
        }

        for (int i = 0; i < members.Length; i++)
        {
            members[i] = new(members[i].Key, DataValue.From(sum > 0 ? numbers[i] / sum : numbers[i]));
        }

        return DataValue.From(new DataObject(members));
    }
}
