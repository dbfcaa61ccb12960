using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>
/// Converts the rows of a dataset to objects: the time first, then x if there is one, then a property per column, and the time as text,
/// which tables do not show. A result of a post-transform that is not an object becomes a datapoint.
/// </summary>
/// <param name="zone">The zone of the times of the objects.</param>
internal sealed class DatasetRowObjects(TimeZoneInfo zone)
{
    public const string TimeName = "Timestamp";
    public const string TextName = "Time";
    public const string XName = "x";

    public IEnumerable<object> Of(Block block) => block.Values is RecordColumn record ? Records(block, record) : Values(block);

    private IEnumerable<object> Records(Block block, RecordColumn record)
    {
        int[] order = Order(record.Names);
        string[] names = [.. order.Select(field => record.Names[field])];
        PSMemberSet shown = Shown(names);
        for (int i = 0; i < block.Count; i++)
        {
            PSObject row = Begin(block.Times.Span[i]);
            foreach (int field in order)
            {
                row.Properties.Add(new PSNoteProperty(record.Names[field], InvariantText.Of(record.Fields[field][i])), preValidated: true);
            }

            yield return End(row, block.Times.Span[i], shown);
        }
    }

    private IEnumerable<object> Values(Block block)
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
                row.Properties.Add(new PSNoteProperty(name, InvariantText.Of(member)), preValidated: true);
            }

            string[] names = [.. block.Values[i].AsObject().Select(member => member.Key)];
            yield return End(row, block.Times.Span[i], Shown(names));
        }
    }

    private PSObject Begin(double t)
    {
        PSObject row = new();
        row.Properties.Add(new PSNoteProperty(TimeName, InvariantText.Of(t, TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(t), zone))), preValidated: true);
        return row;
    }

    private static PSObject End(PSObject row, double t, PSMemberSet shown)
    {
        if (row.Properties[TextName] is null)
        {
            row.Properties.Add(new PSNoteProperty(TextName, IsoText.Of(t)), preValidated: true);
            row.Members.Add(shown, preValidated: true);
        }

        return row;
    }

    /// <summary>The properties in tables: all but the text of the time.</summary>
    private static PSMemberSet Shown(IEnumerable<string> names)
        => new("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", names.Prepend(TimeName))]);

    private static int[] Order(IReadOnlyList<string> names)
    {
        IEnumerable<int> fields = Enumerable.Range(0, names.Count);
        return fields.OrderBy(field => names[field] == XName ? 0 : 1).ToArray();
    }
}
