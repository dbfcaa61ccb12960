using System.Collections.Concurrent;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging.Settings;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    // The file stores only the text of a script; the delegate that runs it in its original session lives in memory.
    private readonly ConcurrentDictionary<string, ScriptSinkSettings> _scripts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings of all destinations, including their names.</summary>
    /// <exception cref="AuthenticationException">A secret was sealed by another account or on another machine.</exception>
    public IReadOnlyList<SinkSettings> Sinks
        => [.. _outbox.Read(state => state.Destinations(), CancellationToken.None).Select(row => _sinkSettings.Read(row.Kind, row.Settings) with { Name = row.Name })];

    /// <summary>Adds a destination.</summary>
    /// <inheritdoc cref="AddSinks"/>
    public string AddSink(SinkSettings settings) => AddSinks([settings])[0];

    /// <inheritdoc/>
    public IReadOnlyList<string> AddSinks(IReadOnlyList<SinkSettings> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (string Name, SinkSettings Settings)[] sinks = [.. settings.Select(each => (string.IsNullOrWhiteSpace(each.Name) ? each.Kind : each.Name, each))];
        foreach ((string name, SinkSettings sink) in sinks)
        {
            if (sink is ScriptSinkSettings script)
            {
                _scripts[name] = script;
            }
        }

        if (settings.OfType<ConnectorDbSettings>().Any() && !_outbox.Read(state => state.Destinations(), CancellationToken.None).Any(row => row.Kind == s_connectorDb))
        {
            DemandOwnNames(Channels);
        }

        double now = Now;
        _outbox.Write(
            state =>
            {
                bool isFirst = !state.HasDestination;
                foreach ((string name, SinkSettings given) in sinks)
                {
                    SinkSettings sink = state.FindDestination(name) is { } old && old.Kind == given.Kind
                        ? given.Continue(SinkSettingsSerializer.ReadWithoutSecrets(old.Kind, old.Settings))
                        : given;
                    state.PutDestination(name, sink.Kind, _sinkSettings.Write(sink), sink.Location, isFirst, now);
                }
            },
            CancellationToken.None);
        _loops?.Wake();
        return [.. sinks.Select(sink => sink.Name)];
    }

    /// <inheritdoc/>
    public IEnumerable<WaitingEntry> ListWaiting()
    {
        (long Channel, long Start) at = (-1, -1);
        while (_outbox.Read(state => state.NextWaiting(ref at), CancellationToken.None) is { } entries)
        {
            foreach (WaitingEntry entry in entries)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Removes a destination and its dead letters.</summary>
    /// <exception cref="NotFoundException">There is no destination of this name.</exception>
    public void RemoveSink(string name)
    {
        if (!_outbox.Write(state => state.RemoveDestination(name), CancellationToken.None))
        {
            throw new NotFoundException($"The logger has no destination '{name}'; it has: {string.Join(", ", GetStatus().Destinations.Select(each => each.Name))}.", name);
        }
    }

    private ISink OpenSink(DestinationRow row)
    {
        SinkSettings settings = _sinkSettings.Read(row.Kind, row.Settings) with { Name = row.Name };
        bool isHere = settings is ScriptSinkSettings kept && _scripts.TryGetValue(row.Name, out ScriptSinkSettings? here) && here.Script == kept.Script;
        return _options.OpenSink(isHere ? _scripts[row.Name] : settings);
    }

    /// <summary>The dead letters, oldest first.</summary>
    /// <param name="destination">The name of a destination; null for all.</param>
    public IReadOnlyList<DeadLetter> ListDeadLetters(string? destination = null)
        => _outbox.Read(state => state.ListDeadLetters(destination), CancellationToken.None);

    /// <summary>Queues dead letters to be sent again to the destination that rejected them.</summary>
    /// <param name="restamp">Dead letters older than the newest datapoint of the stream get its time instead of being rejected again.</param>
    /// <returns>The number of queued entries.</returns>
    public long Resend(IReadOnlyList<DeadLetter> letters, bool restamp)
        => _outbox.Write(state => state.Resend(letters, restamp, Now), CancellationToken.None);

    /// <summary>Deletes dead letters and returns their number.</summary>
    public long DeleteDeadLetters(IReadOnlyList<DeadLetter> letters)
        => _outbox.Write(state => letters.Count(letter => state.DeleteDeadLetter(letter.Number)), CancellationToken.None);
}
