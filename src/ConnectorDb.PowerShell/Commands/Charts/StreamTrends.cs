using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Charts.Terminal;
using ConnectorDb.PowerShell.Display;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Adds a line of text to streams that shows their recent values.</summary>
internal static class StreamTrends
{
    /// <summary>The streams with the property Trend, and with the view that shows it. One request reads up to 200 streams.</summary>
    public static IEnumerable<PSObject> Add(ICdbClient client, IReadOnlyList<CdbStream> streams, TimeSpan span, CancellationToken cancellation)
    {
        double to = UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        double from = to - span.TotalSeconds;
        bool hasBars = TerminalLook.HasUnicode;
        foreach (CdbStream[] some in streams.Chunk(ChartQuery.MaxQueries))
        {
            ChartQuery[] queries = [.. some.Select(stream => new ChartQuery(new DataQuery(stream.GetPath()) { T1 = from, T2 = to }) { Columns = Sparkline.Columns })];
            IReadOnlyList<IReadOnlyList<StreamSummary>?> charts = Await.Result(client.ChartAsync(queries, cancellation));
            for (int i = 0; i < some.Length; i++)
            {
                PSObject stream = PSObject.AsPSObject(some[i]);
                stream.Properties.Remove(TreeViews.Trend);
                stream.Properties.Add(new PSNoteProperty(TreeViews.Trend, Sparkline.Draw(charts[i] ?? [], from, to, hasBars)));
                if (!stream.TypeNames.Contains(TreeViews.StreamWithTrend))
                {
                    stream.TypeNames.Insert(0, TreeViews.StreamWithTrend);
                }

                yield return stream;
            }
        }
    }
}
