using System.Management.Automation;
using ConnectorDb.Columns;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>The rows of a dataset as one object: the array of their times in unix seconds, then an array for each column.</summary>
internal static class DatasetArrays
{
    public const string TimesName = "Timestamps";

    /// <param name="names">The columns, in the order wanted.</param>
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

    /// <summary>Of a store the rows are columns already; of a server they are objects.</summary>
    private static Column Field(Block block, string name)
    {
        if (block.Values is RecordColumn rows)
        {
            return rows.Fields[rows.Names.ToList().IndexOf(name)];
        }

        ColumnBuilder values = new(block.Count);
        for (int i = 0; i < block.Count; i++)
        {
            values.Add(block.Values[i].AsObject().TryGetValue(name, out DataValue value) ? value : DataValue.Null);
        }

        return values.Build();
    }
}
