using System.Collections.Concurrent;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging.Delivery;
using ConnectorDb.Core.Logging.Settings;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    private static readonly string s_script = SinkSettings.KindOf(typeof(ScriptSinkSettings));

    // The file stores only the text of a script; the delegate that runs it in its original session lives in memory.
    private readonly ConcurrentDictionary<string, ScriptSinkSettings> _scripts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings of all destinations, including their names.</summary>
    /// <exception cref="AuthenticationException">A secret was sealed by another account or on another machine.</exception>
    public IReadOnlyList<SinkSettings> Sinks
        => [.. _outbox.Read(state => state.Destinations(), CancellationToken.None).Select(row => _sinkSettings.Read(row.Kind, row.Settings) with { Name = row.Name })];

    /// <inheritdoc/>
    public IReadOnlyList<string> Scripts
        => [.. _outbox.Read(state => state.Destinations(), CancellationToken.None)
            .Where(row => row.Kind == s_script)
            .Select(row => ((ScriptSinkSettings)SinkSettingsSerializer.ReadWithoutSecrets(row.Kind, row.Settings)).Script)];

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

        double now = Now;
        _outbox.Write(
            state =>
            {
                IReadOnlySet<long> served = state.ServedChannels();
                foreach ((string name, SinkSettings given) in sinks)
                {
                    SinkSettings sink = state.FindDestination(name) is { } old && old.Kind == given.Kind
                        ? given.Continue(SinkSettingsSerializer.ReadWithoutSecrets(old.Kind, old.Settings))
                        : given;
                    state.PutDestination(name, sink.Kind, _sinkSettings.Write(sink), sink.Location, served, now);
                }

                DemandOwnNames(state);
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
        GetStatus().Find(name);
        _outbox.Write(state => state.RemoveDestination(name), CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DestinationTest>> TestAsync(CancellationToken cancellation)
    {
        IReadOnlyList<DestinationRow> rows = _outbox.Read(state => state.Destinations(), CancellationToken.None);
        return await Task.WhenAll(rows.Select(row => TestAsync(row, cancellation))).ConfigureAwait(false);
    }

    private async Task<DestinationTest> TestAsync(DestinationRow row, CancellationToken cancellation)
    {
        try
        {
            (string? creation, SinkLogin? login) = await SinkTest.RunAsync(row.Location, () => OpenSink(row), cancellation).ConfigureAwait(false);
            if (login is not null)
            {
                _outbox.Write(state => state.RecordLogin(row.Id, login.Device), CancellationToken.None);
            }

            return new DestinationTest(row.Name, creation, null);
        }
        catch (CdbException error)
        {
            return new DestinationTest(row.Name, null, error);
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
