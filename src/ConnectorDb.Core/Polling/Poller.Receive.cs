using ConnectorDb.Contracts;
using ConnectorDb.Polling;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling;

/// <content>Takes the values of sources that send them by themselves.</content>
public sealed partial class Poller
{
    private const string SourceTag = "source";

    /// <summary>The maximum number of sources of an item. Each has a stream.</summary>
    private const int MostSources = 10_000;

    /// <summary>The items of the sources of items, by the name of their streams.</summary>
    private readonly Dictionary<string, (PollItem Item, PollTask Task)> _sources = new(StringComparer.Ordinal);

    /// <summary>Writes values to the disk before it returns.</summary>
    /// <exception cref="StoreException">The logger cannot write now.</exception>
    private void Receive(PollTask task, IReadOnlyList<PushedValue> values)
    {
        List<PolledValue> polled = new(values.Count);
        lock (_gate)
        {
            foreach (PushedValue value in values)
            {
                if (ItemOf(task, value) is { } item)
                {
                    polled.Add(new PolledValue(item, value.T, value.Value));
                }
                else
                {
                    Fail(task, $"It has more than {MostSources} sources, each of which is a stream. '{value.Source}' and others are left out. Give a narrower argument.", _time.GetUtcNow());
                }
            }
        }

        if (polled.Count == 0)
        {
            return;
        }

        _results.Write(polled);
        lock (_gate)
        {
            _values += polled.Count;
            task.Receive(polled);
        }
    }

    /// <summary>The item of a source: that of the task, or one with its own name, stream and tag; null beyond the maximum.</summary>
    private PollItem? ItemOf(PollTask task, PushedValue value)
    {
        if (value.Suffix is not { } suffix)
        {
            return task.Item;
        }

        string name = $"{task.Item.Name}_{suffix}";
        if (!_sources.TryGetValue(name, out (PollItem Item, PollTask Task) known) || known.Task != task)
        {
            if (task.Sources == MostSources)
            {
                return null;
            }

            task.Sources++;
            known = (Named(task.Item, name, suffix, value.Source!), task);
            _sources[name] = known;
        }

        return known.Item;
    }

    // The names of items may have any characters and length; those of streams may not.
    private static PollItem Named(PollItem item, string name, string suffix, string source)
    {
        string stream = item.Stream is { } given ? $"{given}_{suffix}" : name;
        int folder = stream.LastIndexOf('/') + 1;
        return item with
        {
            Name = name,
            Stream = stream[..folder] + StreamNames.NameOf(stream[folder..]),
            Tags = new Dictionary<string, string>(item.Tags, StringComparer.Ordinal) { [SourceTag] = source },
        };
    }

    /// <summary>The task of an item or of one of its sources.</summary>
    private PollTask? TaskOf(string name)
        => _tasks.TryGetValue(name, out PollTask? task) ? task : _sources.TryGetValue(name, out (PollItem Item, PollTask Task) source) && !source.Task.IsOver ? source.Task : null;

    /// <summary>Ends the connections of all sources, after the values that are being written.</summary>
    private async Task CloseSourcesAsync()
    {
        List<IPushSampler> open = [];
        lock (_gate)
        {
            foreach (PollTask task in _tasks.Values.Where(task => task.State == PollState.Idle && task.Sampler is IPushSampler))
            {
                open.Add((IPushSampler)task.Sampler!);
                task.Sampler = null;
            }
        }

        await Task.WhenAll(open.Select(sampler => sampler.DisposeAsync().AsTask())).ConfigureAwait(false);
    }
}
