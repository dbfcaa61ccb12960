using System.Globalization;
using ConnectorDb.Core.Client.Buffering;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>The streams of a pipeline by their names; each is opened once.</summary>
/// <param name="resolve">The full path of a name.</param>
/// <param name="open">Opens a stream; null where the user does not want it.</param>
/// <param name="refuse">Reports that a stream cannot be opened, which happens once for each name; it can throw.</param>
internal sealed class StreamTargets(Func<string, CdbPath> resolve, Func<CdbPath, StreamTarget?> open, Action<CdbException> refuse)
{
    private readonly Dictionary<string, StreamTarget?> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<CdbPath, StreamTarget> _byPath = [];
    private StreamTarget? _last;
    private string? _lastName;

    /// <summary>The open streams.</summary>
    public IReadOnlyCollection<StreamTarget> All => _byPath.Values;

    /// <summary>Datapoints of all streams on disk.</summary>
    public long Written => _byPath.Values.Sum(stream => stream.Buffer.Written);

    /// <summary>Opens the stream of a name.</summary>
    /// <returns>Null when the stream cannot be opened, or is not wanted.</returns>
    public StreamTarget? Of(string name)
    {
        // Most datapoints belong to the stream of the one before.
        if (!ReferenceEquals(name, _lastName))
        {
            if (!_byName.TryGetValue(name, out StreamTarget? stream))
            {
                stream = Open(name);
                _byName.Add(name, stream);
            }

            (_lastName, _last) = (name, stream);
        }

        return _last;
    }

    /// <summary>Takes no more datapoints for this name.</summary>
    public void Close(string name) => _byName[name] = _last = null;

    /// <summary>Decides about the rows that wait for the order of others.</summary>
    public void CompleteRows()
    {
        foreach (StreamTarget stream in _byPath.Values)
        {
            stream.Rows.Complete();
        }
    }

    /// <summary>Gives the counts of stored datapoints after Ctrl+C, so that the rest can be added later.</summary>
    public void WarnOfStop(Action<string> warn)
    {
        foreach (StreamTarget stream in _byPath.Values)
        {
            warn(string.Create(CultureInfo.InvariantCulture, $"The pipeline was stopped: {CountText.Of(stream.Buffer.Written, "datapoint")} for '{stream.Buffer.Path}' {(stream.Buffer.Written == 1 ? "is" : "are")} stored. Get-CdbDatapoint {stream.Buffer.Path} -Last 1 shows the last of them."));
        }
    }

    /// <summary>Gives the counts of stored datapoints where some were refused.</summary>
    public void WarnOfRefused(Action<string> warn)
    {
        StreamBuffer[] incomplete = [.. _byPath.Values.Select(stream => stream.Buffer).Where(buffer => buffer.Refused > 0 && !buffer.HasOnlyOne)];
        if (incomplete.Length > 0)
        {
            string streams = incomplete.Length == 1 ? $"'{incomplete[0].Path}'" : CountText.Of(incomplete.Length, "stream");
            warn(StoredText.Of(incomplete.Sum(buffer => buffer.Written), incomplete.Sum(buffer => buffer.Given), streams));
        }
    }

    private StreamTarget? Open(string name)
    {
        try
        {
            CdbPath path = resolve(name);
            if (!_byPath.TryGetValue(path, out StreamTarget? stream) && open(path) is { } opened)
            {
                _byPath[path] = stream = opened;
            }

            return stream;
        }
        catch (CdbException error)
        {
            refuse(error);
            return null;
        }
    }
}
