using System.Management.Automation;
using ConnectorDb.Columns;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Converts the rows of a dataset to one object: an array of the times in unix seconds, then an array per column.</summary>
internal static class DatasetArrays
{
    public const string TimesName = "Timestamps";

    /// <param name="blocks">The rows.</param>
    /// <param name="names">The columns, in the order of the output.</param>
    public static PSObject Of(IReadOnlyList<Block> blocks, IEnumerable<string> names)
    {
        PSObject arrays = new();
        arrays.Properties.Add(new PSNoteProperty(TimesName, ColumnArray.Of([.. blocks.Select(block => new NumberColumn(block.Times))])), preValidated: true);
        foreach (string name in names)
        {
            arrays.Properties.Add(new PSNoteProperty(name, ColumnArray.Of([.. blocks.Select(block => Field(block, name))])), preValidated: true);
        }

        return arrays;
    }

    /// <summary>Reads a column. An embedded store returns columns; a server returns objects.</summary>
    private static Column Field(Block block, string name)
    {
        if (block.Values is IObjectColumn rows && rows.Member(name) is { } column)
        {
            return column;
        }

        ColumnBuilder values = new(block.Count);
        for (int i = 0; i < block.Count; i++)
        {
            values.Add(block.Values[i].AsObject().TryGetValue(name, out DataValue value) ? value : DataValue.Null);
        }

        return values.Build();
    }
}
