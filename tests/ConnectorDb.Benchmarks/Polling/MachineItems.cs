using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Polling;

namespace ConnectorDb.Benchmarks.Polling;

/// <summary>Things that any Linux machine can be asked for, in turns, once a second each. The key of each is its sampler's and its name.</summary>
internal static class MachineItems
{
    private const char BeforeName = '#';

    /// <param name="count">How many.</param>
    /// <param name="port">One of this machine that takes connections.</param>
    public static IEnumerable<PollItem> Of(int count, int port)
    {
        (string Key, string? Argument)[] kinds =
        [
            ("system.cpu", null),
            ("system.memory", null),
            ("system.loadavg1", null),
            ("system.disk", null),
            ("system.diskio", null),
            ("system.network", null),
            ("system.uptime", null),
            ("file.value", "/proc/sys/kernel/pid_max"),
            ("net.tcp", $"127.0.0.1:{port}"),
        ];
        return from n in Enumerable.Range(0, count)
               let kind = kinds[n % kinds.Length]
               let name = $"item_{n}"
               select new PollItem { Name = name, Key = kind.Key + BeforeName + name, Argument = kind.Argument, Interval = TimeSpan.FromSeconds(1) };
    }

    /// <summary>The key of its sampler.</summary>
    public static string SamplerOf(PollItem item) => item.Key.Split(BeforeName)[0];

    /// <summary>The sampler of such an item.</summary>
    public static (string Name, ISampler Sampler) Open(SamplerContext context)
        => context.Key.Split(BeforeName) is [var key, var name] ? (name, SamplerCatalog.Open(context with { Key = key })) : throw new ArgumentException(context.Key);
}
