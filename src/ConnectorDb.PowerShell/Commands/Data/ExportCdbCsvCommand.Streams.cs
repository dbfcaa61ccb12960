using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Core.Csv;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <content>The rows of streams.</content>
public sealed partial class ExportCdbCsvCommand
{
    private void Export(IReadOnlyList<CdbPath> streams)
    {
        DataQuery[] queries = [.. streams.Select(path => StreamRange.Between(new DataQuery(Downlink ? path.ToDownlink() : path) { Transform = Transform }, _start, _end))];
        ProgressReport progress = new(this, $"Exporting to {Path}");
        if (queries.Length == 1 && !Long)
        {
            _export!.Begin([CsvExport.TimeName, NameOf(streams[0])]);
            foreach (Block block in Each(Client.ReadAsync(queries[0], Cancellation), progress))
            {
                _export.Write(block);
            }
        }
        else if (Long)
        {
            ExportLong(queries, progress);
        }
        else
        {
            _export!.Begin([CsvExport.TimeName, .. streams.Select(NameOf)]);
            WideRows rows = new([.. queries.Select(query => query.Stream)], _export);
            foreach (Block block in Each(Client.MergeAsync(queries, Cancellation), progress))
            {
                rows.Add(block);
            }

            rows.Complete();
        }

        progress.Complete();
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Exported {CountText.Of(progress.Done, "datapoint")} of {string.Join(", ", streams)} to '{_file}'."));
    }

    private void ExportLong(DataQuery[] queries, ProgressReport progress)
    {
        _export!.Begin([CsvExport.TimeName, CsvExport.StreamName, CsvExport.ValueName]);
        foreach (Block block in Each(Client.MergeAsync(queries, Cancellation), progress))
        {
            for (int i = 0; i < block.Count; i++)
            {
                CdbPath stream = block.Streams?[i] ?? queries[0].Stream;
                _export.Write(block.Times.Span[i], NameOf(stream), block.Values[i]);
            }
        }
    }

    private static IEnumerable<Block> Each(IAsyncEnumerable<Block> blocks, ProgressReport progress)
    {
        long done = 0;
        foreach (Block block in Await.Each(blocks))
        {
            yield return block;
            done += block.Count;
            progress.Reach(done, "datapoints", null);
        }
    }

    /// <summary>The name of a stream of the current device, and the path of any other: Import-CdbCsv resolves both.</summary>
    private string NameOf(CdbPath stream) => stream.Parent == Client.Identity ? stream.ToStream().Name : stream.ToStream().ToString();
}
