using System.Collections.Concurrent;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    /// <summary>The scripts that came with the place they run in, which no file can keep.</summary>
    private readonly ConcurrentDictionary<string, ScriptSinkSettings> _scripts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings of all destinations, with their names.</summary>
    /// <exception cref="AuthenticationException">A secret was sealed by another account or on another machine.</exception>
    public IReadOnlyList<SinkSettings> Sinks
        => [.. _outbox.Read(state => state.Destinations(), CancellationToken.None).Select(row => _sinkSettings.Read(row.Kind, row.Settings) with { Name = row.Name })];

    /// <summary>Adds a destination, which gets all that lies in the file; or gives the one of this name other settings.</summary>
    /// <returns>The name it is known by.</returns>
    public string AddSink(SinkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string name = string.IsNullOrWhiteSpace(settings.Name) ? settings.Kind : settings.Name;
        if (settings is ScriptSinkSettings script)
        {
            _scripts[name] = script;
        }

        string text = _sinkSettings.Write(settings);
        _outbox.Write(state => state.PutDestination(name, settings.Kind, text, settings.Location), CancellationToken.None);
        return name;
    }

    /// <summary>Removes a destination, with what was set aside for it.</summary>
    /// <exception cref="NotFoundException">There is none of this name.</exception>
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

    /// <summary>What destinations have refused, oldest first.</summary>
    /// <param name="destination">Its name; null for all.</param>
    public IReadOnlyList<DeadLetter> ListDeadLetters(string? destination = null)
        => _outbox.Read(state => state.ListDeadLetters(destination), CancellationToken.None);

    /// <summary>Has items that were set aside sent again in the next round, to the destination that refused them.</summary>
    /// <param name="restamp">Those older than the newest datapoint there get its time; else they would be set aside again.</param>
    /// <returns>How many of them there were.</returns>
    public long Resend(IReadOnlyList<DeadLetter> items, bool restamp)
        => _outbox.Write(state => state.Resend(items, restamp, Now), CancellationToken.None);

    /// <summary>Drops items that were set aside; the answer is how many of them there were.</summary>
    public long DeleteDeadLetters(IReadOnlyList<DeadLetter> items)
        => _outbox.Write(state => items.Count(item => state.DeleteDeadLetter(item.Number)), CancellationToken.None);
}
