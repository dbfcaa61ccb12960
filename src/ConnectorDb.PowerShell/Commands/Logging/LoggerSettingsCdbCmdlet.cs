using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>A cmdlet that changes the settings of a logger. Settings without a parameter stay unchanged.</summary>
public abstract class LoggerSettingsCdbCmdlet : CdbCmdlet
{
    private const long SmallestLimit = 1000;
    private static readonly TimeSpan s_shortestPeriod = TimeSpan.FromSeconds(1);

    [Parameter]
    [NonNull]
    public string? Name { get; set; }

    [Parameter]
    [NonNull]
    [ArgumentCompleter(typeof(ObjectCompleter<SinkSettings>))]
    public SinkSettings[]? Sink { get; set; }

    [Parameter]
    [DurationArgument]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan SyncPeriod { get; set; } = LoggerSettings.DefaultSyncPeriod;

    [Parameter]
    [AllowNull]
    public object? Data { get; set; }

    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MaxBytes { get; set; }

    [Parameter]
    [DurationArgument]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan MaxAge { get; set; }

    [Parameter]
    public BoundPolicy WhenFull { get; set; }

    [Parameter]
    public SwitchParameter ContinuousWrite { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int BufferSize { get; set; }

    [Parameter]
    public SwitchParameter AutoDeclare { get; set; }

    [Parameter]
    public SwitchParameter ThrowOnFailure { get; set; }

    private protected void Configure(IDataLogger logger)
    {
        DemandPossible();
        if (Sink is { Length: > 0 })
        {
            AddSinks(logger, Sink);
        }

        string[] settings = [nameof(Name), nameof(SyncPeriod), nameof(Data), nameof(MaxBytes), nameof(MaxAge), nameof(WhenFull), nameof(ContinuousWrite), nameof(BufferSize), nameof(AutoDeclare), nameof(ThrowOnFailure)];
        if (settings.Where(Given).ToArray() is { Length: > 0 } given)
        {
            logger.Change(Changed);
            WriteVerbose($"Changed {string.Join(", ", given)} of the logger '{logger.Path}'.");
        }
    }

    private protected void AddSinks(IDataLogger logger, SinkSettings[] sinks)
    {
        HashSet<string> before = [.. Leaving(logger).Select(each => each.Name)];
        foreach (string name in logger.AddSinks(sinks))
        {
            WriteVerbose($"Added the destination '{name}': {logger.GetStatus().Find(name).Location}.");
        }

        foreach (DestinationStatus old in Leaving(logger).Where(each => !before.Contains(each.Name)))
        {
            WriteWarning($"{CountText.Of(old.Pending, "entry still waits", "entries still wait")} for the replaced destination {old.Location}, which stays as '{old.Name}' until {(old.Pending == 1 ? "it is" : "they are")} sent. To drop {(old.Pending == 1 ? "it" : "them")}: Set-CdbLogger -RemoveSink '{old.Name}'.");
        }
    }

    /// <exception cref="InvalidValueException">A limit is so small that the logger could not work.</exception>
    private void DemandPossible()
    {
        if (SyncPeriod < s_shortestPeriod)
        {
            throw new InvalidValueException("-SyncPeriod must be 1 second or longer. To send after every write, use -ContinuousWrite.", SyncPeriod);
        }

        if (MaxBytes is > 0 and < SmallestLimit)
        {
            throw new InvalidValueException($"-MaxBytes {MaxBytes} is too small for entries. Give {SmallestLimit} or more, or 0 for no limit.", MaxBytes);
        }

        if (MaxAge < TimeSpan.Zero)
        {
            throw new InvalidValueException("-MaxAge must not be negative. 0 removes the limit.", MaxAge);
        }
    }

    private static IEnumerable<DestinationStatus> Leaving(IDataLogger logger) => logger.GetStatus().Destinations.Where(each => each.IsLeaving);

    private LoggerSettings Changed(LoggerSettings old) => old with
    {
        Name = Name ?? old.Name,
        SyncPeriod = Given(nameof(SyncPeriod)) ? SyncPeriod : old.SyncPeriod,
        Data = Given(nameof(Data)) ? PowerShellValue.Read(Data).ToJson() : old.Data,
        MaxBytes = Given(nameof(MaxBytes)) ? LimitOf(MaxBytes) : old.MaxBytes,
        MaxAge = Given(nameof(MaxAge)) ? LimitOf(MaxAge) : old.MaxAge,
        WhenFull = Given(nameof(WhenFull)) ? WhenFull : old.WhenFull,
        IsContinuous = Given(nameof(ContinuousWrite)) ? ContinuousWrite : old.IsContinuous,
        BufferSize = Given(nameof(BufferSize)) ? LimitOf(BufferSize) : old.BufferSize,
        DeclaresStreams = Given(nameof(AutoDeclare)) ? AutoDeclare : old.DeclaresStreams,
        ThrowOnFailure = Given(nameof(ThrowOnFailure)) ? ThrowOnFailure : old.ThrowOnFailure,
    };

    /// <summary>Zero removes the limit.</summary>
    private static T? LimitOf<T>(T given)
        where T : struct, IEquatable<T>
        => given.Equals(default) ? null : given;
}
