using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>
/// Finds how each stream reads texts, which its schema says. The first streams of a device are asked for one by one; where there are
/// more, all streams of the device are asked for at once.
/// </summary>
internal sealed class StreamTexts(ICdbClient client, CancellationToken cancellation)
{
    private const int MaxSingle = 8;
    private readonly Dictionary<CdbPath, string> _schemas = [];
    private readonly Dictionary<CdbPath, int> _asked = [];
    private readonly Dictionary<string, TextNumbers> _texts = new(StringComparer.Ordinal);

    /// <exception cref="NotFoundException">There is no such stream.</exception>
    public TextNumbers Of(CdbPath stream)
    {
        CdbPath path = stream.ToStream();
        if (!_schemas.TryGetValue(path, out string? schema) && !TryList(path, out schema))
        {
            schema = _schemas[path] = Await.Result(client.GetStreamAsync(path, cancellation)).Schema;
        }

        if (!_texts.TryGetValue(schema!, out TextNumbers? texts))
        {
            _texts[schema!] = texts = TextNumbers.Of(schema!);
        }

        return texts;
    }

    private bool TryList(CdbPath path, out string? schema)
    {
        CdbPath device = path.Parent!;
        int asked = _asked[device] = _asked.GetValueOrDefault(device) + 1;
        if (asked == MaxSingle)
        {
            foreach (CdbStream stream in Await.Each(client.ListStreamsAsync(device, cancellation)))
            {
                _schemas[stream.GetPath()] = stream.Schema;
            }
        }

        return _schemas.TryGetValue(path, out schema);
    }
}
