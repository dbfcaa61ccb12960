using System.Management.Automation;
using ConnectorDb.Columns;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>
/// Converts the rows of a dataset to objects: the time first, then x if there is one, then a property per column. A
/// result of a post-transform that is not an object becomes a datapoint.
/// </summary>
internal static class DatasetRowObjects
{
    public const string TimeName = "Timestamp";
    public const string XName = "x";

    public static IEnumerable<object> Of(Block block) => block.Values is RecordColumn record ? Records(block, record) : Values(block);

    private static IEnumerable<object> Records(Block block, RecordColumn record)
    {
        int[] order = Order(record.Names);
        for (int i = 0; i < block.Count; i++)
        {
            PSObject row = Begin(block.Times.Span[i]);
            foreach (int field in order)
            {
                row.Properties.Add(new PSNoteProperty(record.Names[field], record.Fields[field][i].ToNatural()), preValidated: true);
            }

            yield return row;
        }
    }

    private static IEnumerable<object> Values(Block block)
    {
        for (int i = 0; i < block.Count; i++)
        {
            if (block.Values[i].Kind != DataKind.Object)
            {
                yield return block.At(i);
                continue;
            }

            PSObject row = Begin(block.Times.Span[i]);
            foreach ((string name, DataValue member) in block.Values[i].AsObject())
            {
                row.Properties.Add(new PSNoteProperty(name, member.ToNatural()), preValidated: true);
            }

            yield return row;
        }
    }

    private static PSObject Begin(double t)
    {
        PSObject row = new();
        row.Properties.Add(new PSNoteProperty(TimeName, UnixTime.ToDateTimeOffset(t).ToLocalTime()), preValidated: true);
        return row;
    }

    private static int[] Order(IReadOnlyList<string> names)
    {
        IEnumerable<int> fields = Enumerable.Range(0, names.Count);
        return fields.OrderBy(field => names[field] == XName ? 0 : 1).ToArray();
    }
}
