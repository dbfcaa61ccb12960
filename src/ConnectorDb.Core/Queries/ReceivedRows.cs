using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Queries;

/// <summary>Completes a dataset of a server that computes only the values: leaves out rows without values, and applies the post-transform.</summary>
internal static class ReceivedRows
{
    /// <param name="rows">Objects with all columns of the query.</param>
    public static IAsyncEnumerable<Block> CompleteAsync(DatasetQuery query, IAsyncEnumerable<Block> rows, CancellationToken cancellation)
    {
        IAsyncEnumerable<Block> complete = WithoutMissingAsync(query, rows, cancellation);
        return query.PostTransform is { } text ? Script.Parse(text).RunAsync(complete, token: cancellation) : complete;
    }

    private static async IAsyncEnumerable<Block> WithoutMissingAsync(DatasetQuery query, IAsyncEnumerable<Block> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] names = [.. query.Columns.Select(column => column.Name)];
        bool[] mayBeNull = [.. query.Columns.Select(column => column.AllowNull)];
        if (query.X.Count > 0)
        {
            names = ["x", .. names];
            mayBeNull = [true, .. mayBeNull];
        }

        await foreach (Block block in rows.WithCancellation(cancellation).ConfigureAwait(false))
        {
            Column[] columns = Array.ConvertAll(names, name => ColumnOf(block, name));
            Block complete = MissingValues.DropRows(new Block(block.Times, new RecordColumn(names, columns, block.Count)), columns, mayBeNull);
            if (complete.Count > 0)
            {
                yield return complete;
            }
        }
    }

    private static Column ColumnOf(Block block, string name)
    {
        ColumnBuilder values = new(block.Count);
        for (int i = 0; i < block.Count; i++)
        {
            values.Add(block.Values[i].Kind == DataKind.Object && block.Values[i].AsObject().TryGetValue(name, out DataValue value) ? value : DataValue.Null);
        }

        return values.Build();
    }
}
