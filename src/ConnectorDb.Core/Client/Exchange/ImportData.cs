using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Creates streams and imports their datapoints.</summary>
/// <remarks>
/// Stored datapoints may violate a schema that was set later, so the schema is set after the import. A stream becomes ephemeral after it,
/// too, because an ephemeral stream stores nothing.
/// </remarks>
internal sealed class ImportData(ICdbClient client, Writers writers, long totalBytes, List<string> notes)
{
    private const string AllowsAll = "{}";
    private long _points;
    private long _bytes;

    /// <param name="made">Called when the stream has been created.</param>
    public async IAsyncEnumerable<ExchangeStep> FillAsync(ImportStream stream, CdbPath path, Action made, [EnumeratorCancellation] CancellationToken cancellation)
    {
        StreamDefinition wanted = stream.Definition;
        await client.CreateStreamAsync(path, wanted with { Ephemeral = null }, cancellation).ConfigureAwait(false);
        made();
        bool hasSchema = wanted.Schema is { } schema && schema != AllowsAll;
        if (hasSchema)
        {
            await client.UpdateStreamAsync(path, new StreamDefinition { Schema = AllowsAll }, cancellation).ConfigureAwait(false);
        }

        DatapointSource data = new(stream.Data);
        await foreach (Block block in data.ReadAsync(cancellation).ConfigureAwait(false))
        {
            await data.StoreAsync(0, () => writers.AppendAsync(path, block, cancellation)).ConfigureAwait(false);
            yield return Step(path, block, data);
        }

        _bytes += data.Bytes;
        if (stream.Downlink is { } file)
        {
            DatapointSource downlink = new(file);
            DownlinkOrigins origins = new(downlink, writers, path);
            await foreach (Block block in downlink.ReadAsync(cancellation).ConfigureAwait(false))
            {
                await origins.AppendAsync(block, cancellation).ConfigureAwait(false);
                yield return Step(path, block, downlink);
            }

            _bytes += downlink.Bytes;
            notes.AddRange(origins.Notes);
        }

        if (hasSchema || wanted.Ephemeral is true)
        {
            StreamDefinition last = new() { Schema = hasSchema ? wanted.Schema : null, Ephemeral = wanted.Ephemeral is true ? true : null };
            await client.UpdateStreamAsync(path, last, cancellation).ConfigureAwait(false);
        }
    }

    private ExchangeStep Step(CdbPath path, Block block, DatapointSource source)
    {
        _points += block.Count;
        return new ExchangeStep(path, _points, Math.Min(1, (double)(_bytes + source.Bytes) / Math.Max(1, totalBytes)));
    }
}
