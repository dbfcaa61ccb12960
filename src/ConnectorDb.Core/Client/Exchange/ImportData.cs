using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Creates streams and imports their datapoints.</summary>
/// <remarks>
/// Stored datapoints may violate a schema that was set later, so the schema is set after the import. A stream becomes ephemeral after it,
/// too, because an ephemeral stream stores nothing. Until then its description says that it is not complete, also after the process was killed.
/// </remarks>
internal sealed class ImportData(ICdbClient client, Writers writers, long totalBytes, List<string> notes)
{
    private const string Unfinished = "The import of this stream did not finish. Import-CdbItem -Merge with the same folder completes it.";
    private const string AllowsAll = "{}";
    private long _points;
    private long _bytes;

    /// <summary>True for a stream of an import that was killed.</summary>
    public static async ValueTask<bool> IsUnfinishedAsync(ICdbClient client, CdbPath path, CancellationToken cancellation)
        => (await client.GetStreamAsync(path, cancellation).ConfigureAwait(false)).Description == Unfinished;

    /// <param name="made">Called when the stream has been created.</param>
    public async IAsyncEnumerable<ExchangeStep> FillAsync(ImportStream stream, CdbPath path, Action made, [EnumeratorCancellation] CancellationToken cancellation)
    {
        StreamDefinition wanted = stream.Definition;
        await client.CreateStreamAsync(path, wanted with { Ephemeral = null, Description = Unfinished }, cancellation).ConfigureAwait(false);
        made();
        await foreach (ExchangeStep step in FillAsync(stream, path, isNew: true, cancellation).ConfigureAwait(false))
        {
            yield return step;
        }
    }

    /// <summary>Appends the datapoints that an unfinished stream does not have yet.</summary>
    /// <exception cref="InvalidExportException">The stream has other datapoints than the file.</exception>
    public IAsyncEnumerable<ExchangeStep> CompleteAsync(ImportStream stream, CdbPath path, CancellationToken cancellation)
        => FillAsync(stream, path, isNew: false, cancellation);

    private async IAsyncEnumerable<ExchangeStep> FillAsync(ImportStream stream, CdbPath path, bool isNew, [EnumeratorCancellation] CancellationToken cancellation)
    {
        StreamDefinition wanted = stream.Definition;
        bool hasSchema = wanted.Schema is { } schema && schema != AllowsAll;
        if (hasSchema)
        {
            await client.UpdateStreamAsync(path, new StreamDefinition { Schema = AllowsAll }, cancellation).ConfigureAwait(false);
        }

        DatapointSource data = new(stream.Data);
        await foreach (Block block in (isNew ? data.ReadAsync(cancellation) : RestAsync(data, stream.Data, path, cancellation)).ConfigureAwait(false))
        {
            await data.StoreAsync(0, () => writers.AppendAsync(path, block, cancellation)).ConfigureAwait(false);
            yield return Step(path, block, data);
        }

        _bytes += data.Bytes;
        if (stream.Downlink is { } file)
        {
            DatapointSource downlink = new(file);
            DownlinkOrigins origins = new(downlink, writers, path);
            await foreach (Block block in (isNew ? downlink.ReadAsync(cancellation) : RestAsync(downlink, file, path.ToDownlink(), cancellation)).ConfigureAwait(false))
            {
                await origins.AppendAsync(block, cancellation).ConfigureAwait(false);
                yield return Step(path, block, downlink);
            }

            _bytes += downlink.Bytes;
            notes.AddRange(origins.Notes);
        }

        StreamDefinition last = new()
        {
            Description = wanted.Description ?? "",
            Schema = hasSchema ? wanted.Schema : null,
            Ephemeral = wanted.Ephemeral is true ? true : null,
        };
        await client.UpdateStreamAsync(path, last, cancellation).ConfigureAwait(false);
    }

    /// <summary>The datapoints of a file that their place does not have yet.</summary>
    private async IAsyncEnumerable<Block> RestAsync(DatapointSource source, string file, CdbPath place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        StoredStart stored = new(client, place, cancellation);
        await using (stored.ConfigureAwait(false))
        {
            await foreach (Block block in source.ReadAsync(cancellation).ConfigureAwait(false))
            {
                if (await stored.RestAsync(block, file).ConfigureAwait(false) is { Count: > 0 } rest)
                {
                    yield return rest;
                }
            }
        }
    }

    private ExchangeStep Step(CdbPath path, Block block, DatapointSource source)
    {
        _points += block.Count;
        return new ExchangeStep(path, _points, Math.Min(1, (double)(_bytes + source.Bytes) / Math.Max(1, totalBytes)));
    }
}
